"""XML of unknown origin, parsed without trusting it: no document type, no entities, no network, no unbounded depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class InvalidXml(Exception):
    """The document is not well-formed; line is where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class UnknownEncoding(Exception):
    """The document declares an encoding that cannot be read."""


class UnsafeXml(Exception):
    """The document declares a document type, which could define entities that grow without end."""


class TooDeep(Exception):
    """The document is nested deeper than any honest one."""


def parse(data: bytes) -> Any:
    """The root element of a document; raises one of the above."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise problem(error) from None
    refuse_document_type(root)
    return root


def events(chunks: Iterable[bytes], *, max_depth: int) -> Iterator[tuple[str, int, Any]]:
    """Starts and ends of elements as the document arrives, each with its depth (the root's is 1).

    What precedes an element directly below the root is dropped once that has ended, so that a document of any length
    needs little memory.
    """
    parser: Any = etree.XMLPullParser(events=("start", "end"), **OPTIONS)
    depth = 0
    for error in fed(parser, chunks):
        for event, element in parser.read_events():
            depth += event == "start"
            if depth > max_depth:
                raise TooDeep
            if event == "start" and depth == 1:
                refuse_document_type(element)
            yield event, depth, element
            if event == "end" and depth == 2:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            depth -= event == "end"
        if error:
            raise problem(error)


def fed(parser: Any, chunks: Iterable[bytes]) -> Iterator[Exception | None]:
    """Feeds a parser chunk by chunk, with the error of each step: what came before the error can still be read."""
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield None
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        yield error
    else:
        yield None


def refuse_document_type(element: Any) -> None:
    if element.getroottree().docinfo.doctype:
        raise UnsafeXml


def problem(error: Exception) -> Exception:
    """What a parser's error says of the document."""
    code = getattr(error, "code", None)
    if code in (etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING, etree.ErrorTypes.ERR_UNKNOWN_ENCODING):
        return UnknownEncoding()
    return InvalidXml(getattr(error, "lineno", None) or 1)
