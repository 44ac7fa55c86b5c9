"""An article as text and pictures for an official account of WeChat: files to open and copy from, never published."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from lxml.html import fragment_fromstring
from markupsafe import Markup
from PIL import Image

from gazette.base.diagnostics import ContentError
from gazette.base.messages import Refused, say
from gazette.base.source_files import SourceFiles
from gazette.build.markdown_parser import body_without_links, parser_of
from gazette.build.settings import Settings, load_settings, read_settings
from gazette.content.examples import in_own_names
from gazette.content.photographs import made_bytes
from gazette.outputs.share_images import Card, draw
from gazette.outputs.wechat import wechat_html
from gazette.records.front_matter import Article
from gazette.site.model import load_site
from gazette.site.pages import DEFAULT_LOCALE, Page
from gazette.templates.renderer import Renderer

FOLDER = "share"
"""The folder of a project in which they are written."""


def share(root: Path, path: str) -> Mapping[str, bytes]:
    """The files, by their paths in the project, of the article whose text is the file `path`. Raises ContentError and Refused."""
    config = load_settings(root)
    settings, problems = read_settings(config)
    address = config.site_url or ""
    site_model = load_site(SourceFiles(root), drafts=True, problems=problems, address=address)
    page = site_model.pages.get(path.removeprefix("docs/"))
    if page is None or not isinstance(page.record, Article):
        raise Refused("no-such-article", path=path)
    rendered = Renderer(site_model).render(page)
    if rendered.faults:
        raise ContentError(in_own_names(rendered.faults, site_model.content), root)
    _, written, ending = rendered.text
    body = body_without_links(parser_of(config), ("", written))
    name = f"{page.record.id}-{page.locale}"
    photographs = _photographs(body + ending, site_model.photos)
    names = {src: f"{name}-{number}.jpg" for number, src in enumerate(photographs, 1)}
    fields = {"share-title": page.title, "share-summary": page.summary, "share-cover": f"{name}.png"}
    if address:
        fields["share-original"] = address + page.url
    if names:
        fields["share-photographs"] = " ".join(names.values())
    document = Markup(
        '<!doctype html>\n<html lang="{}">\n<meta charset="utf-8">\n<title>{}</title>\n{}<hr>\n{}\n</html>\n'
    ).format(
        page.locale,
        page.title,
        Markup("").join(
            Markup("<p><b>{}</b><br>{}</p>\n").format(say(code).on_one_line, said)
            for code, said in fields.items()
        ),
        Markup(wechat_html(body, ending, names)),
    )
    files = {
        f"{name}.html": document.encode(),
        f"{name}.png": draw(_card(page, settings), settings.font),
        **{names[src]: picture for src, picture in photographs.items()},
    }
    return {f"{FOLDER}/{page.record.id}/{file}": content for file, content in files.items()}


def _card(page: Page, settings: Settings) -> Card:
    """The share image with the title of the article itself."""
    own = settings.identities[page.locale]
    seal = settings.identities[DEFAULT_LOCALE].site_name[0]
    return Card(page.locale, page.path, page.title, own.site_name, own.tagline, seal, settings.palette.light)


def _photographs(html: str, photos: Mapping[str, Path]) -> Mapping[str, bytes]:
    """Each photograph that a page shows as JPEG, which WeChat takes, by its address in the site."""
    found = {}
    for src in fragment_fromstring(html, create_parent="div").xpath("//img/@src"):
        address = next((address for address in photos if str(src).endswith(f"/{address}")), None)
        if address:
            made = io.BytesIO()
            with Image.open(io.BytesIO(made_bytes(photos[address]))) as picture:
                picture.convert("RGB").save(made, "JPEG", quality=90)
            found[address] = made.getvalue()
    return found
