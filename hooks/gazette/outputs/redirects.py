"""Pages at the addresses that were given up: each leads on to what took its place, or says why nothing did."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.content.model import Content
from gazette.language import wording
from gazette.outputs import colours
from gazette.outputs.head.content_policy import with_policy
from gazette.outputs.publication import File, Publication
from gazette.records import page_path
from gazette.records.values import LOCALES
from gazette.site.pages import Page, url_of
from gazette.templates.renderer import jinja_environment
from gazette.templates.view import View, view_of


def files(publication: Publication) -> Iterator[File]:
    """A page in each language for each retirement; one of a chain leads straight to its end."""
    content = publication.site_model.content
    template = jinja_environment(content.root / "overrides").get_template("retired.html")
    palette = publication.palette
    light, dark = colours.values(palette.light), colours.values(palette.dark)
    for retirement in content.retirements:
        last = content.succession(retirement.was)[-1]
        for locale in LOCALES:
            title = wording.label("moved" if last.now else "gone", locale)
            page = Page(locale, page_path(retirement.was), title, "", "page", retirement.path)
            view = view_of(publication.site_model, page)
            why = retirement.why if last.now else last.why
            folder = page.path.rpartition("/")[0]
            text = template.render(
                page=page,
                view=view,
                light=light,
                dark=dark,
                label=view.label,
                site_name=publication.identities[locale].site_name,
                target=_target(publication, view, last.now) if last.now else None,
                why=why.to(locale) if why else None,
                date=wording.date(last.date, locale),
                section=view.section(f"{folder}/index") or view.section("index"),
            )
            yield f"{page.url}index.html", with_policy(text).encode("utf-8")


def retired_addresses(content: Content) -> list[str]:
    """The addresses of these pages as files of the site."""
    names = [page_path(retirement.was) for retirement in content.retirements]
    return [f"{url_of(name, locale)}index.html" for name in names for locale in LOCALES]


def _target(publication: Publication, view: View, name: str) -> dict[str, str]:
    """Where a page leads: the title and address of its successor, and its one address for search engines."""
    path = page_path(name)
    href = view.href(path)
    return {
        "title": publication.site_model.pages[f"{view.locale}/{path}.md"].title,
        "href": href,
        "canonical": publication.address + url_of(path, view.locale) if publication.address else href,
    }
