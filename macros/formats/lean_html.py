"""HTML without the white space and the end tags that a browser does without: the same elements, the same words.

Which end tags may be left out is the standard's to say: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
Each rule looks at nothing but tags that follow one another, so that a stretch of a page comes out as in the page.
"""

from __future__ import annotations

import re

KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
"""What is shown with its white space, or is no HTML."""
SPACE = re.compile(
    r">\s+(?=</?(?:article|aside|blockquote|d[dlt]|details|div|footer|h[1-6]|head|header|li|link|main|meta|nav|ol|section|"
    r"t(?:able|body|foot|head|itle|[dhr])|ul)\b)"
)
"""White space before the edge of an element that no style sheet of the guide puts into a line. A paragraph may be."""
END_TAGS = re.compile(
    r"</li>(?=<li[ >]|</[uo]l>)"
    r"|</p>(?=\s*<(?:p|[uod]l|div|table|h[1-6]|blockquote|hr)[ >]"
    r"|</(?:li|div|section|t[dh]|aside|article|blockquote|dd|header|footer|nav|details)>)"
    r"|</t[dh]>(?=<t[dh][ >]|</tr>)|</tr>(?=<tr[ >]|</t(?:body|head|able)>)|</t(?:body|head)>(?=<tbody|</table>)"
    r"|</d[dt]>(?=<d[dt][ >]|</d(?:l|iv)>)"
)
"""End tags that what follows them says as well. Before elements that lxml does not know, that of a paragraph stays."""


def lean(html: str) -> str:
    """The same HTML in fewer characters."""
    parts = KEPT.split(html)
    for place in range(0, len(parts), 3):
        parts[place] = END_TAGS.sub("", SPACE.sub(">", parts[place]))
    del parts[2::3]  # the name of what was kept
    return "".join(parts)


def lean_around(html: str, content: str) -> str:
    """A page in fewer characters, of which a stretch is lean already and stays as it is."""
    before, stretch, after = html.partition(content) if content else (html, "", "")
    return lean(before) + stretch + lean(after)
