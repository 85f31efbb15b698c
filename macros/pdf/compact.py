"""Writes a PDF of Typst's again with fewer bytes: the same pages, tags and text.

Three things weigh in it: objects that stand as plain text (most of all the tags), text written glyph by glyph with two
bytes each, and the frame that each piece of text stands in. So objects go into one compressed stream; a typeface of up
to 256 glyphs is addressed with one byte; pieces of text that follow one another stand in one frame.

It reads what Typst writes (https://github.com/typst/pdf-writer), not any PDF, and leaves alone what it does not know.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

Objects = dict[int, bytes]
"""What stands between “obj” and “endobj”, by the object's number."""

SECTION = re.compile(rb"xref\n0 (\d+)\s*\n")
ENTRY = 20
"""Bytes of an entry of the table of objects."""
TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)

NUMBER = rb"-?\d*\.?\d+"
PLACED = re.compile(rb"q 1 0 0 -1 (%b) (%b) cm/(c\d+ cs [\d. ]+ scn)" % (NUMBER, NUMBER))
SHOWN = re.compile(rb"BT 0 Tr/((f\d+) %b Tf) 1 0 0 -1 0 0 Tm" % NUMBER)
"""The first two of the four lines that Typst writes for a piece of text: where and in which colour; in which typeface
and size, and then its glyphs. No line break stands within glyphs."""
ALONE = re.compile(rb"(BT 0 Tr/(f\d+) %b Tf [-\d. ]+ Tm)([\[(].*?(?:\]TJ|\)Tj))\nET\n" % NUMBER, re.DOTALL)
"""A piece of text wherever it stands, and however it lies."""
MARK = re.compile(rb"/Span<</MCID (\d+)>>BDC")
LINE = re.compile(
    rb"\n?/Artifact<</Type/Layout>>BDC\nq 1 0 0 -1 (%b) (%b) cm/(c\d+ CS [\d. ]+ SCN [\d.]+ w \d+ M) "
    rb"0 0 m (%b) 0 l\nS\nQ\n" % (NUMBER, NUMBER, NUMBER)
)
"""A line under a link, without the end of its mark."""
WIDE_OCTAL = re.compile(rb"\\000\\([0-7]{3})")
"""A glyph of two bytes of which the first is nought and the second is written in octal figures too."""
WIDE_GLYPHS = re.compile(rb"<((?:00[0-9A-Fa-f]{2})+)>")
"""Such glyphs in hexadecimal figures."""
KERN = re.compile(rb"\)(-?\d+\.\d+)\(")
ESCAPED = {40: rb"\(", 41: rb"\)", 92: rb"\\", 10: rb"\n", 13: rb"\r"}
CONTROLS = ((rb"\000\b", b"\b"), (rb"\000\t", b"\t"), (rb"\000\f", b"\f"))
"""Glyphs of two bytes that need no escape as one."""
LITERAL = [ESCAPED.get(code, bytes([code])) for code in range(256)]
"""How each byte stands in a literal string."""


def compact(document: bytes) -> bytes:
    """The same PDF, lighter; alike to the byte for the same document."""
    objects, trailer = read(document)
    try:
        return written(light(objects, narrow_fonts(objects)), trailer)
    except UnknownText:
        return written(light(objects, frozenset()), trailer)


class UnknownText(Exception):
    """A page shows text in another way than Typst is known to, so that its typefaces must stay as they are."""


def light(objects: Mapping[int, bytes], narrow: Collection[int]) -> Objects:
    """The objects with less in them; narrow are the typefaces whose glyphs shall take one byte each."""
    objects = dict(objects)
    joined: dict[int, set[int]] = {}
    take_underlines_off(objects)
    elements = {number: body for number, body in objects.items() if body.startswith(ELEMENT)}
    follows = sequences(elements.values())
    for page in pages(objects):
        head, data = stream(objects[page.content])
        text = Text(
            narrow=frozenset(name for name, font in page.fonts.items() if font in narrow),
            follows=follows.get(page.number, frozenset()),
        )
        content = zlib.decompress(data)
        objects[page.content] = compressed(text.rewritten(content), head)
        if text.narrow and text.pieces != content.count(b" Tf "):
            raise UnknownText
        joined[page.number] = text.joined
    for number, body in elements.items():
        objects[number] = light_element(body, joined)
    objects |= narrowed(narrow, objects)
    for number, body in objects.items():
        if not is_stream(body):
            if b"/Rect[" in body or b"/XYZ " in body or b"/BBox[" in body:
                objects[number] = PLACE.sub(lambda place: FRACTION.sub(in_hundredths, place[0]), body)
        elif b"/Type/Metadata" in body[:200] and b"/Filter" not in body[:200]:
            objects[number] = compressed(stream(body)[1], stream(body)[0])
    return objects


PLACE = re.compile(rb"/(?:Rect|QuadPoints|BBox)\[[-\d. ]*\]|/XYZ [-\d. ]*\]")
FRACTION = re.compile(rb"-?\d*\.\d{3,}")


def in_hundredths(fraction: re.Match[bytes]) -> bytes:
    """A length to the nearest hundredth of a point."""
    return figure(float(fraction[0]))


# Tags


ELEMENT = b"<</Type/StructElem"
CHILD = re.compile(rb"<<.*?>>|\d+ 0 R|\d+", re.DOTALL)
UNDERLINE = re.compile(
    rb"<</Type/StructElem/S/Span/P (\d+) 0 R/A\[<</O/Layout/TextDecoration[^>]*/Underline>>\]"
    rb"/K\[([\d ]+)\]/Pg (\d+) 0 R>>"
)
PAGE_OF = re.compile(rb"\]/Pg (\d+) 0 R>>\Z")
REFERENCE = re.compile(rb"(\d+) 0 R")
TITLE = re.compile(rb"/T\((?:[^()\\]|\\.)*\)", re.DOTALL)


def take_underlines_off(objects: Objects) -> None:
    """Take away the tags that say only that a link is underlined; what they hold goes to the link."""
    links: dict[bytes, bytes] = {}
    for number, body in list(objects.items()):
        if tag := UNDERLINE.fullmatch(body):
            link = objects[int(tag[1])]
            page = PAGE_OF.search(link)
            if b"/S/Link/" in link and (page is None or page[1] == tag[3]):
                head, kids, rest = link.partition(b"/K[")
                rest = re.sub(rb"\b%d 0 R" % number, b" %b " % tag[2], rest)
                rest = rest if page else b"%b/Pg %b 0 R>>" % (rest.removesuffix(b">>"), tag[3])
                objects[int(tag[1])] = head + kids + rest
                links[b"%d" % number] = tag[1]
                del objects[number]
    for number, body in objects.items() if links else ():
        if body.startswith(b"[") and not is_stream(body):  # whose each marked content is, page by page
            objects[number] = REFERENCE.sub(lambda to: b"%b 0 R" % links.get(to[1], to[1]), body)


def children(body: bytes) -> tuple[bytes, list[bytes], int] | None:
    """What an element holds of its page: what stands before it, numbers of marked content and elements, the page."""
    rest, own, page = body.rpartition(b"]/Pg ")
    head, _, held = rest.rpartition(b"/K[")
    if not own or not (held[:1].isdigit() or held.startswith(b"<<")):
        return None
    kids = CHILD.findall(held) if b"R" in held or b"<" in held else held.split()
    return head, kids, int(page[: page.index(b" ")])


def sequences(elements: Iterable[bytes]) -> dict[int, frozenset[int]]:
    """By page, the marked contents that follow the one before them in the same element: lines of a paragraph."""
    follows: dict[int, set[int]] = {}
    for body in elements:
        if holds := children(body):
            marks = [int(child) if child.isdigit() else -1 for child in holds[1]]
            after = {mark for before, mark in pairwise(marks) if before >= 0 and mark == before + 1}
            if after:
                follows.setdefault(holds[2], set()).update(after)
    return {page: frozenset(marks) for page, marks in follows.items()}


def light_element(body: bytes, joined: Mapping[int, Collection[int]]) -> bytes:
    """An element without the marked contents that were joined to others, and without a title beside its text."""
    if holds := children(body):
        head, kids, page = holds
        gone = joined.get(page, ())
        left = [child for child in kids if not (child.isdigit() and int(child) in gone)]
        if len(left) < len(kids):
            body = b"%b/K[%b]/Pg %d 0 R>>" % (head, b" ".join(left), page)
    return TITLE.sub(b"", body, count=1) if b"/T(" in body else body


# Text


@dataclass(kw_only=True, slots=True)
class Text:
    """Writes a page's content again: text that follows text in one frame, lines under links last and in one piece."""

    narrow: frozenset[bytes]
    """The typefaces whose glyphs take one byte each."""
    follows: frozenset[int]
    """The marked contents that may be joined to the one before."""
    joined: set[int] = field(default_factory=set)
    pieces: int = 0
    """How many pieces of text it has read."""
    parts: list[bytes] = field(default_factory=list)
    mark: int = -1
    """The marked content that was added last to the frame, if it is one of the text."""
    x: float = 0
    y: float = 0
    colour: bytes = b""
    font: bytes = b""

    def rewritten(self, content: bytes) -> bytes:
        out: list[bytes] = []
        lines: dict[bytes, list[bytes]] = {}
        for piece in content.split(b"EMC"):
            if runs := self.runs(piece):
                self.add(*runs)
            elif line := LINE.fullmatch(piece):
                x, y, length = (float(line[group]) for group in (1, 2, 4))
                path = b"%b %b m %b %b l" % (figure(x), figure(y), figure(x + length), figure(y))
                lines.setdefault(line[3], []).append(path)
            else:
                out += [self.frame(), ALONE.sub(self.alone, piece), b"EMC"]
        drawn = (
            b"/Artifact<</Type/Layout>>BDC q/%b %b S Q EMC" % (style, b" ".join(of)) for style, of in lines.items()
        )
        return b"\n".join((b"".join(out).removesuffix(b"EMC"), *drawn))

    def runs(self, piece: bytes) -> tuple[bytes, list[tuple[re.Match[bytes], re.Match[bytes], bytes]]] | None:
        """The mark of a piece of content, and its pieces of text, if it holds nothing else."""
        mark, *rows = piece.lstrip(b"\n").split(b"\n")
        if not mark.endswith((b"BDC", b"BMC")) or len(rows) % 4 != 1:
            return None
        runs = []
        for row in range(0, len(rows) - 1, 4):
            placed, shows = PLACED.fullmatch(rows[row]), SHOWN.match(rows[row + 1])
            if not placed or not shows or rows[row + 2 : row + 4] != [b"ET", b"Q"]:
                return None
            runs.append((placed, shows, rows[row + 1][shows.end() :]))
        return (mark, runs) if runs and not rows[-1] else None

    def add(self, mark: bytes, runs: Iterable[tuple[re.Match[bytes], re.Match[bytes], bytes]]) -> None:
        """Add marked pieces of text to the frame; each says only what differs from the one before."""
        match = MARK.fullmatch(mark)
        after = int(match[1]) if match else -1
        if self.mark >= 0 and after == self.mark + 1 and after in self.follows:
            self.joined.add(after)
        else:
            self.parts += [b" EMC", mark] if self.parts else [mark]
        self.mark = after
        for placed, shows, glyphs in runs:
            self.pieces += 1
            x, y, colour = placed.groups()
            font, name = shows.groups()
            if colour != self.colour:
                self.parts.append(b"/" + colour)
            if font != self.font:
                self.parts.append(b"/" + font)
            self.colour, self.font = colour, font
            to_x, to_y = round(float(x), 2), round(float(y), 2)
            self.parts.append(b" %b %b Td" % (figure(to_x - self.x), figure(to_y - self.y)))
            self.x, self.y = to_x, to_y
            self.parts.append(shown(glyphs) if name in self.narrow else glyphs)

    def frame(self) -> bytes:
        """The text added so far, which is then forgotten."""
        text = b"q BT%b EMC ET Q\n" % b"".join(self.parts) if self.parts else b""
        self.parts, self.mark, self.x, self.y, self.colour, self.font = [], -1, 0, 0, b"", b""
        return text

    def alone(self, run: re.Match[bytes]) -> bytes:
        """A piece of text that stands among other things, as it was."""
        self.pieces += 1
        return run[1] + (shown(run[3]) if run[2] in self.narrow else run[3]) + b"\nET\n"


def shown(glyphs: bytes) -> bytes:
    """What shows glyphs, with one byte for each in place of two of which the first is nought."""
    if b"." in glyphs:
        glyphs = KERN.sub(lambda kern: b")%d(" % round(float(kern[1])), glyphs)
    if b"<" in glyphs:
        glyphs = WIDE_GLYPHS.sub(lambda codes: literal(bytes.fromhex(codes[1].decode())[1::2]), glyphs)
    if rb"\000\0" in glyphs or rb"\000\1" in glyphs:
        glyphs = WIDE_OCTAL.sub(lambda code: LITERAL[int(code[1], 8)], glyphs)
    for escape, control in CONTROLS:
        glyphs = glyphs.replace(escape, control)
    return glyphs.replace(rb"\000", b"")


def literal(codes: bytes) -> bytes:
    return b"(%b)" % b"".join(LITERAL[code] for code in codes)


def figure(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "-0" if value <= -0.005 else "0").encode()


# Objects


def read(document: bytes) -> tuple[Objects, bytes]:
    """All objects of a PDF with a plain table of objects, and what its trailer says."""
    trailer = TRAILER.search(document)
    assert trailer
    start = int(trailer[2])
    section = SECTION.match(document, start)
    assert section
    first = section.end()
    table = [document[place : place + ENTRY] for place in range(first, first + ENTRY * int(section[1]), ENTRY)]
    places = sorted((int(entry[:10]), number) for number, entry in enumerate(table) if entry[17:18] == b"n")
    ends = [place for place, _ in places[1:]] + [start]
    objects = {}
    for (place, number), end in zip(places, ends, strict=True):
        body = document[place:end]
        objects[number] = body[body.index(b"obj\n") + 4 : body.rindex(b"endobj")].strip(b"\n")
    return objects, trailer[1]


def is_stream(body: bytes) -> bool:
    return body.endswith(b"endstream")


def stream(body: bytes) -> tuple[bytes, bytes]:
    """The dictionary of a stream, and its data."""
    head, _, rest = body.partition(b"\nstream\n")
    return head, rest.removesuffix(b"endstream").removesuffix(b"\n")


def compressed(data: bytes, head: bytes = b"<<>>") -> bytes:
    """A stream of the data, with what else its dictionary says."""
    packed = zlib.compress(data, 9)
    others = re.sub(rb"/Length \d+|/Filter\s*/FlateDecode", b"", head.strip())
    return b"%b/Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (
        others.removesuffix(b">>"),
        len(packed),
        packed,
    )


def reference(body: bytes, key: bytes) -> int | None:
    """The number of the object that a dictionary refers to under a key."""
    match = re.search(rb"/%b (\d+) 0 R" % key, body)
    return int(match[1]) if match else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    number: int
    content: int
    """The stream of what is drawn on it."""
    fonts: Mapping[bytes, int]
    """Its typefaces by the names that the content has for them."""


def pages(objects: Objects) -> list[Page]:
    drawn = []
    for number, body in objects.items():
        if b"/Type/Page/" in body and (content := reference(body, b"Contents")):
            resources = reference(body, b"Resources")
            fonts = fonts_of(objects[resources]) if resources else {}
            drawn.append(Page(number=number, content=content, fonts=fonts))
    return drawn


def fonts_of(resources: bytes) -> dict[bytes, int]:
    fonts = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)
    return {name: int(number) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", fonts[1])} if fonts else {}


def written(objects: Objects, trailer: bytes) -> bytes:
    """A PDF of the objects: streams as they are, all others in one compressed stream."""
    plain = {number: body for number, body in sorted(objects.items()) if not is_stream(body)}
    holder, table = max(objects) + 1, max(objects) + 2
    index, place = [], 0
    for number, body in plain.items():
        index.append(b"%d %d" % (number, place))
        place += len(body) + 1
    first = b" ".join(index) + b"\n"
    packed = compressed(
        first + b"\n".join(plain.values()), b"<</Type/ObjStm/N %d/First %d>>" % (len(plain), len(first))
    )
    out = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
    entries = {0: (0, 0, 0xFFFF)} | {number: (2, holder, order) for order, number in enumerate(plain)}
    for number, body in (*((n, b) for n, b in sorted(objects.items()) if is_stream(b)), (holder, packed)):
        entries[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    entries[table] = (1, start, 0)
    rows, order = [], 0
    for number in range(table + 1):
        # A number that is free takes the order of the one before, so that the rows differ by little.
        kind, where, order = entries.get(number, (0, 0, order))
        rows.append(b"%c%b%b" % (kind, where.to_bytes(4, "big"), order.to_bytes(2, "big")))
    name = sha256(out).hexdigest()[:32].encode()
    rest = re.sub(rb"/Size \d+|/ID\s*\[.*?\]", b"", trailer, flags=re.DOTALL)
    head = b"<</Type/XRef/Size %d/W[1 4 2]/ID[<%b><%b>]%b/DecodeParms<</Predictor 12/Columns 7>>>>" % (
        table + 1, name, name, rest,
    )  # fmt: skip
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, compressed(differences(rows), head), start)
    return bytes(out)


def differences(rows: Iterable[bytes]) -> bytes:
    """Rows, each as what it adds to the one before (the predictor “up”)."""
    before = bytes(7)
    out = bytearray()
    for row in rows:
        out.append(2)
        out += bytes((new - old) & 0xFF for new, old in zip(row, before, strict=True))
        before = row
    return bytes(out)


# Typefaces


def narrowed(fonts: Collection[int], objects: Mapping[int, bytes]) -> Objects:
    """Typefaces with codes of one byte, and the map from these to glyphs, which is one and the same."""
    codes = max(objects) + 1
    new = {codes: compressed(ONE_BYTE, ONE_BYTE_HEAD)} if fonts else {}
    for number in fonts:
        body = objects[number]
        new[number] = body.replace(b"/Encoding/Identity-H", b"/Encoding %d 0 R" % codes)
        meaning = reference(body, b"ToUnicode")
        assert meaning
        head, data = stream(objects[meaning])
        text = zlib.decompress(data) if b"/FlateDecode" in head else data
        text = re.sub(rb"(?m)^%.*\n|^/CMapVersion .*\n|^ +", b"", text)
        text = text.replace(b"<0000> <FFFF>", b"<00> <FF>")
        new[meaning] = compressed(re.sub(rb"(?m)^<00([0-9A-F]{2})>", rb"<\1>", text), head)
    return new


ONE_BYTE_HEAD = (
    b"<</Type/CMap/CMapName/OneByteIdentityH/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
ONE_BYTE = b"""%!PS-Adobe-3.0 Resource-CMap
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
/Registry (Adobe) def
/Ordering (Identity) def
/Supplement 0 def
end def
/CMapName /OneByteIdentityH def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<00> <FF>
endcodespacerange
1 begincidrange
<00> <FF> 0
endcidrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def narrow_fonts(objects: Objects) -> frozenset[int]:
    """The typefaces that may be addressed with one byte, by number: of few glyphs, and used by pages alone."""
    of_pages = {font for page in pages(objects) for font in page.fonts.values()}
    forms = (stream(body)[0] for body in objects.values() if is_stream(body))
    resources = (objects[number] if (number := reference(form, b"Resources")) else form for form in forms)
    of_others = {font for each in resources for font in fonts_of(each).values()}
    return frozenset(font for font in of_pages - of_others if glyphs_of(objects[font], objects) <= 256)


def glyphs_of(font: bytes, objects: Objects) -> int:
    """How many glyphs a typeface may have, by its table of widths; as many as there can be where that is not known."""
    descendants = re.search(rb"/DescendantFonts\[(\d+) 0 R\]", font)
    if b"/Encoding/Identity-H" not in font or not descendants or not reference(font, b"ToUnicode"):
        return 0x10000
    widths = re.search(rb"/W\[([\d. ]*)\]", objects[int(descendants[1])])
    codes = re.findall(rb"\d+ (\d+) [\d.]+", widths[1]) if widths else []
    return max(map(int, codes), default=0xFFFF) + 1
