"""The body of an article as the editor of a WeChat official account keeps it: styles on each element, no class, no script, no link."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring, tostring

from gazette.outputs.feed_html import reader_html

_STYLES = {
    "p": "margin:0 0 1em",
    "h2": "margin:1.5em 0 .6em;font-size:18px;font-weight:bold",
    "h3": "margin:1.2em 0 .5em;font-size:16px;font-weight:bold",
    "blockquote": "margin:0 0 1em;padding-left:1em;border-left:3px solid",
    "ul": "margin:0 0 1em;padding-left:1.5em",
    "ol": "margin:0 0 1em;padding-left:1.5em",
    "li": "margin:0 0 .4em",
    "table": "margin:0 0 1em;width:100%;border-collapse:collapse;font-size:14px",
    "th": "padding:4px 6px;border:1px solid;text-align:left",
    "td": "padding:4px 6px;border:1px solid",
    "img": "display:block;width:100%;height:auto",
    "figcaption": "margin:.4em 0 1em;font-size:13px",
    "sup": "font-size:11px",
}
"""How each kind of element looks; what has no style is one of _BARE or is shown by its words."""
_BARE = {"strong", "em", "b", "i", "br", "hr", "thead", "tbody", "tr", "caption", "sub", "section", "figure"}
_BODY = "font-size:16px;line-height:1.75"
_BLOCKS = {"div": "section", "details": "section", "summary": "p", "h4": "h3", "h5": "h3", "h6": "h3"}
_ENDING = etree.XPath(
    "//figure[contains(@class, 'photo')] | //h2[following-sibling::*[1][self::ol[@class='sources']]] | //ol[@class='sources']"
)
"""What stands after the text of an article and goes with it: its photographs and its sources."""
_TOOLS = etree.XPath("//*[@class='chart__csv'] | //figure//details[not(.//table)]")
"""What of a chart works on the site alone: its table to download, how to cite it."""
_NOTES = etree.XPath(".//*[@class='notes' or @class='sources__anchors']")


def wechat_html(body: str, ending: str, pictures: Mapping[str, str]) -> str:
    """The HTML of an article's text for WeChat; `ending` is what its page has after it, `pictures` the files of photographs by their addresses in the site.

    Figures are plain numbers with the number of their source; the sources are a list at the end, their addresses written out.
    """
    after: HtmlElement = fragment_fromstring(ending, create_parent="div")
    for sources in after.xpath("//ol[@class='sources']"):
        _plain_sources(sources)
    kept = "".join(tostring(found, encoding="unicode", with_tail=False) for found in _ENDING(after))
    page: HtmlElement = fragment_fromstring(body + kept, create_parent="div")
    for tool in _TOOLS(page):
        tool.drop_tree()
    inner = "".join(tostring(child, encoding="unicode") for child in page)
    made: HtmlElement = fragment_fromstring(
        reader_html(inner, "", lambda address: address), create_parent="section"
    )
    for element in [*made.iterdescendants()]:
        _plain(element, pictures)
    made.set("style", _BODY)
    return tostring(made, encoding="unicode")


def _plain_sources(sources: HtmlElement) -> None:
    """Each source as a line of words, its address written out, without the notes on its figures."""
    for found in _NOTES(sources):
        found.drop_tree()
    for link in sources.xpath(".//a[starts-with(@href, 'http')]"):
        link.text = link.get("href")
    for item in sources.iterchildren("li"):
        words = " ".join(str(item.text_content()).split())
        item.clear()
        item.text = words


def _plain(element: HtmlElement, pictures: Mapping[str, str]) -> None:
    tag = _BLOCKS.get(str(element.tag), str(element.tag))
    address, words = str(element.get("src", "")), str(element.get("alt", ""))
    kept = {name: element.attrib[name] for name in ("colspan", "rowspan", "start") if name in element.attrib}
    element.attrib.clear()
    if tag == "q":
        element.text = f"“{element.text or ''}"
        if len(element):
            element[-1].tail = f"{element[-1].tail or ''}”"
        else:
            element.text += "”"
    if tag == "img" and address in pictures:
        kept = {"src": pictures[address], "alt": words}
    elif tag == "img":
        element.text, tag = words, "span"
    element.tag = tag
    if tag not in _STYLES and tag not in _BARE:
        element.drop_tag()
        return
    element.attrib.update(kept)
    if tag in _STYLES:
        element.set("style", _STYLES[tag])
