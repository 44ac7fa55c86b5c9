"""What the text of a page may be once it is HTML, said a second time and read by a parser of another make: libxml2's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

_TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "body",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
}
_ATTRIBUTES = {
    "alt",
    "class",
    "colspan",
    "datetime",
    "height",
    "href",
    "id",
    "lang",
    "open",
    "reversed",
    "rowspan",
    "scope",
    "src",
    "start",
    "style",
    "title",
    "value",
    "width",
}
_STYLE = re.compile(r"text-align: (?:left|center|right);")
_LINK = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_OWN = re.compile(r"(?![a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_CLASS = re.compile(r"footnote(-ref|-backref)?|language-\S+")
_PLACE = re.compile(r"__.*|search|content|(source|note)-\d+")


def violations(body: str) -> Iterator[str]:
    """Each tag, attribute, address and comment of some HTML that no text of a page may have."""
    if not body.strip():
        return
    for element in html.document_fromstring(f"<body>{body}</body>").iter():
        if not isinstance(element.tag, str):
            yield f"{etree.tostring(element)!r}"
            continue
        if element.tag not in _TAGS:
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            # Browsers leave such characters out of an address before they read its scheme.
            address = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", value)
            right = {
                "class": all(map(_CLASS.fullmatch, value.split())),
                "href": _LINK.match(address),
                "id": not _PLACE.fullmatch(value),
                "src": _OWN.match(address),
                "style": _STYLE.fullmatch(value),
            }
            if name not in _ATTRIBUTES or not right.get(name, True):
                yield f"<{element.tag} {name}={value!r}>"
