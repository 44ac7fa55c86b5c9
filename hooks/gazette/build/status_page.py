"""The page of a preview that lists all that waits, with links to the pages; the site that is published has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import say
from gazette.checks.waiting import waiting
from gazette.content.examples import in_own_names
from gazette.outputs.publication import File
from gazette.site.model import SiteModel
from gazette.site.pages import Page

ADDRESS = "status/"
_STYLE = (
    "body{margin:0 auto;max-width:48em;padding:1em;font:16px/1.6 sans-serif;color:#222;background:#fff}"
    "li{margin:1em 0;overflow-wrap:anywhere}pre{padding:.5em;background:#f4f4f4;white-space:pre-wrap}p{margin:.2em 0}"
)


def status_page(site_model: SiteModel, today: date) -> tuple[File, int] | None:
    """The page and how many things it lists; None where the site has a page of its own at this address."""
    if f"zh/{ADDRESS.strip('/')}.md" in site_model.pages:
        return None
    content = site_model.content
    found = in_own_names(waiting(content, today), content)
    pages = grouped((page.source, page) for page in site_model.pages.values() if page.part is None)
    title = say("all-that-waits", count=len(found), files=len({each.at.path for each in found})).on_one_line
    html = Markup(
        '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        "<title>{title}</title>\n<style>{style}</style>\n<h1>{title}</h1>\n<p>{note}</p>\n<ol>\n{items}</ol>\n</html>\n"
    ).format(
        title=title,
        style=Markup(_STYLE),
        note=say("only-in-preview").on_one_line,
        items=Markup("").join(_item(each, pages) for each in found),
    )
    return (f"{ADDRESS}index.html", html.encode()), len(found)


def _item(found: Diagnostic, pages: Mapping[str, tuple[Page, ...]]) -> Markup:
    zh, en, right = found.message
    places = Markup("<br>").join(_place(place, pages) for place in (found.at, *found.also))
    form = Markup("<pre>{}</pre>").format(right) if right else ""
    item = '<li>{}<p>{}</p><p lang="en">{}</p>{}</li>\n'
    return Markup(item).format(places, zh, en, form)


def _place(at: Position, pages: Mapping[str, tuple[Page, ...]]) -> Markup:
    """A place in a file, and the pages that it makes."""
    links = (
        Markup(' <a href="../{}">{}</a>').format(page.url, page.title) for page in pages.get(at.path, ())
    )
    return Markup("<code>{}</code>").format(at) + Markup("").join(links)
