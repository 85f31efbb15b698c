"""A mail server of the tests' own: it takes messages, refuses what it is told to, and keeps what it took."""

import socketserver
import threading
from contextlib import contextmanager


class Mailbox:
    """What the server took, and how it is to behave."""

    def __init__(self):
        self.messages: list[tuple[str, str]] = []
        """The recipient and the whole message of each."""
        self.refused: set[str] = set()
        self.breaks_off = False
        """Whether it ends the connection once it has a message, without a word."""


class Handler(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        box, recipient = self.server.box, ""
        self.say("220 mail.test")
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line[:4].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self.say("550 no such mailbox" if recipient in box.refused else "250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                while (row := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(row)
                box.messages.append((recipient, b"".join(lines).decode()))
                if box.breaks_off:
                    return
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@contextmanager
def mail_server():
    """The mailbox of a server on this machine, and its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.box = Mailbox()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.box, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
