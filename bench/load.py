"""`make bench-load`: two hundred readers at once, for twenty seconds, on nginx and on Apache with the shipped rules. No test depends on it.

    python -m bench.load [--site site] [--readers 200] [--seconds 20]

Each reader asks for the next file on one connection as soon as the last has come: sections, a whole policy, the index of search, data.
"""

import argparse
import asyncio
import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from support.servers import apache, nginx, served, served_by_apache

from macros.hosting import server_rules, site_scan

KINDS = {
    "page": "*/*/index.html",
    "whole policy": "policies/*/whole/index.html",
    "search": "search/**/*.js",
    "data": "data/*.json",
}


@dataclass
class Answers:
    """What the readers met: milliseconds by kind of file, and whatever was no answer of status 200."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    faults: Counter[str] = field(default_factory=Counter)


def addresses(site: Path) -> list[tuple[str, str]]:
    """Each kind of file by turns, with its address."""
    files = {kind: sorted(site.glob(pattern)) for kind, pattern in KINDS.items()}
    rows = itertools.zip_longest(*([(kind, path) for path in paths] for kind, paths in files.items()))
    return [
        (kind, "/" + path.relative_to(site).as_posix().removesuffix("index.html"))
        for row in rows
        for kind, path in filter(None, row)
    ]


async def reader(address: str, files: list[tuple[str, str]], first: int, end: float, answers: Answers) -> None:
    """Asks as browsers do: on one connection, and once more where the server ended that before it heard the question."""
    place = urlsplit(address)
    link = None
    for kind, path in itertools.islice(itertools.cycle(files), first, None):
        if time.monotonic() > end:
            break
        began = time.monotonic()
        question = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        for again in (True, False):
            used, link = link, link or await asyncio.open_connection(place.hostname, place.port)
            try:
                link[1].write(question)
                status, last = await answer(link[0])
            except (OSError, EOFError, ValueError) as error:
                status, last = type(error).__name__, True
                unheard = used and not getattr(error, "partial", b"")
            else:
                unheard = False
            if last:
                link[1].close()
                link = None
            if not (again and unheard):
                break
        if status != "200":
            answers.faults[f"{status} {path}"] += 1
        answers.milliseconds[kind].append(1000 * (time.monotonic() - began))
    if link:
        link[1].close()


async def answer(incoming: asyncio.StreamReader) -> tuple[str, bool]:
    """The status of the next answer, once the whole of it has come; and whether the server will now end the connection."""
    head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "transfer-encoding: chunked" in head:
        while size := int(await incoming.readline(), 16):
            await incoming.readexactly(size + 2)
        await incoming.readline()
    else:
        await incoming.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))
    return head.split()[1], "connection: close" in head


async def load(address: str, files: list[tuple[str, str]], readers: int, seconds: float) -> Answers:
    answers = Answers()
    end = time.monotonic() + seconds
    await asyncio.gather(*(reader(address, files, number, end, answers) for number in range(readers)))
    return answers


def report(server: str, answers: Answers, seconds: float) -> None:
    total = sum(map(len, answers.milliseconds.values()))
    print(f"{server}: {total} answers, {total / seconds:.0f} a second, {answers.faults.total()} faults")
    for kind, times in answers.milliseconds.items():
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100)
            print(f"    {kind:14} {len(times):7}   median {cuts[49]:6.0f} ms   99 in 100 within {cuts[98]:6.0f} ms")
    for fault, count in answers.faults.most_common(5):
        print(f"    {count} × {fault}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    if not (nginx() and apache()):
        sys.exit("This needs nginx and Apache. Debian: sudo apt install nginx-light apache2-bin")
    files = addresses(given.site)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        site = shutil.copytree(given.site, Path(folder) / "site")
        server_rules.write(site_scan.read(site), site, Path(folder) / "site-server")
        for server, running in {
            "nginx": served(Path(folder) / "site-server/nginx/open.conf", site),
            "Apache": served_by_apache(site),
        }.items():
            with running as address:
                answers = asyncio.run(load(address, files, given.readers, given.seconds))
            report(server, answers, given.seconds)
            faults += answers.faults.total()
    if faults:
        sys.exit("Some answers did not come as they should.")


if __name__ == "__main__":
    main()
