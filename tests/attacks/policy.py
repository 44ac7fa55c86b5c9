"""What the text of a page may be once it is HTML, said a second time and read by a parser of another make: libxml2's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

_TAGS = re.compile(
    "a|abbr|b|blockquote|body|br|caption|cite|code|dd|del|details|div|dl|dt|em|h[2-6]|hr|html|i|img|ins|kbd|li|mark|ol|p|pre|q|rp|rt|ruby"
    "|s|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul|var|wbr"
)
_ATTRIBUTES = re.compile(
    "alt|class|colspan|datetime|height|href|id|lang|open|reversed|rowspan|scope|src|start|style|title|value|width"
)
_STYLE = re.compile(r"text-align: (?:left|center|right);")
_LINK = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_OWN = re.compile(r"(?![a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_CLASS = re.compile(r"footnote(-ref|-backref)?|language-\S+")
_NOWHERE = re.compile("applet|base|embed|frame|frameset|iframe|marquee|object")
_FRAME_ONLY = re.compile(
    "button|dialog|form|input|link|meta|noscript|script|select|style|svg|template|textarea"
)
_FETCHES = (None, "stylesheet", "icon", "preload", "modulepreload", "prefetch")
"""The `rel` of what a browser fetches by itself."""
_PLACE = re.compile(r"__.*|search|content|(source|note)-\d+")


def violations(body: str) -> Iterator[str]:
    """Each tag, attribute, address and comment of some HTML that no text of a page may have."""
    if not body.strip():
        return
    for element in html.document_fromstring(f"<body>{body}</body>").iter():
        if not isinstance(element.tag, str):
            yield f"{etree.tostring(element)!r}"
            continue
        if not _TAGS.fullmatch(element.tag):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            address = _as_browsers_read(value)
            right = {
                "class": all(map(_CLASS.fullmatch, value.split())),
                "href": _LINK.match(address),
                "id": not _PLACE.fullmatch(value),
                "src": _OWN.match(address),
                "style": _STYLE.fullmatch(value),
            }
            if not _ATTRIBUTES.fullmatch(name) or not right.get(name, True):
                yield f"<{element.tag} {name}={value!r}>"


def unsafe(page: str, *, frame: bool) -> Iterator[str]:
    """What no page or feed may have, whoever made it: handlers, addresses that run, what is fetched from elsewhere, frames.

    Scripts, styles and forms only the `frame` of a page may have, and not from elsewhere.
    """
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if _NOWHERE.fullmatch(element.tag) or (_FRAME_ONLY.fullmatch(element.tag) and not frame):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            address = _as_browsers_read(value)
            is_fetched = name in ("src", "srcset", "poster", "data", "background") or element.tag == "link"
            if (
                name.startswith("on")
                or (
                    name in ("href", "src", "action", "formaction", "xlink:href") and not _LINK.match(address)
                )
                or (
                    is_fetched
                    and name != "rel"
                    and element.get("rel") in _FETCHES
                    and not _OWN.match(address)
                )
            ):
                yield f"<{element.tag} {name}={value!r}>"


def _as_browsers_read(address: str) -> str:
    """An address without what browsers leave out before they read its scheme."""
    return re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", address)
