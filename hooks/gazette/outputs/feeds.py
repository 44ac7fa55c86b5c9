"""The feeds of each language: everything, the news, the records, the corrections.

An entry's date is its record's, never the clock's. Atom wants a moment where a source gives a day, a month or a
year: it is given the first of that time in China. The summary says in words what is known, and the JSON Feed
also as a date of its own precision.

Where the site has no address, every address is relative to the feed's own, which Atom allows and JSON Feed does not.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import islice
from typing import Any, NamedTuple

from markupsafe import escape

from gazette.base.cache_folder import code_hash
from gazette.content.events import eventful, events_of, latest
from gazette.content.model import Content
from gazette.language import wording
from gazette.outputs.feed_formats import Entry, Feed, atom, json_feed
from gazette.outputs.feed_html import reader_html
from gazette.outputs.publication import HashedFile, Publication
from gazette.records import PAGED
from gazette.records.dates import PartialDate
from gazette.records.front_matter import Article
from gazette.records.integrity import Correction
from gazette.records.record import Record
from gazette.records.values import LOCALES
from gazette.site.pages import Locate, Page, record_path, url_of
from gazette.templates.view import view_of
from gazette.templates.view.words import relative

LIMIT = 50
"""How many entries a feed has, those that changed last."""

_SECTIONS = {"": "index", "news/": "news/index", "records/": "timeline", "corrections/": "corrections"}
"""The folder of each feed below its language's, and the page that it is of."""
_FORMS: Mapping[str, Callable[[Feed, str], bytes]] = {"feed.xml": atom, "feed.json": json_feed}
_EVENTFUL = {name for name, model in PAGED.items() if eventful(model)} - {Article.collection}
_MIDNIGHT = "T00:00:00+08:00"
_LONG_AGO = f"1970-01-01{_MIDNIGHT}"
"""When a feed was last updated, where nothing is dated."""


_Change = Mapping[str, Any]
"""What a correction says, in words."""


class _Subject(NamedTuple):
    """What an entry tells of, and when."""

    updated: str
    published: str
    section: str
    told: Page | Correction


def files(publication: Publication) -> Iterator[HashedFile]:
    """Every feed, as Atom and as JSON Feed."""
    for locale in LOCALES:
        subjects = sorted(_subjects(publication, locale), key=lambda subject: subject[:2], reverse=True)
        shared: dict[str, Entry] = {}
        changes = _changes(publication, locale)
        for section in _SECTIONS:
            folder = url_of("index", locale) + section
            locate = _locator(publication.address, folder)
            told = (subject for subject in subjects if subject.section.startswith(section))
            # A whole address is the same in every feed, a relative one is not.
            made = shared if publication.address else {}
            entries = tuple(
                _entry(publication, locale, subject, locate, made, changes) for subject in islice(told, LIMIT)
            )
            feed = _feed(publication, locale, section, entries, locate, subjects)
            key = hashlib.sha256(f"{code_hash()}{feed!r}".encode()).hexdigest()
            for name, form in _FORMS.items():
                yield HashedFile(folder + name, key, partial(form, feed, locate(folder + name)))


def _subjects(publication: Publication, locale: str) -> Iterator[_Subject]:
    """All that the feeds of a language tell of; a record that nothing dates is not told of."""
    content = publication.site_model.content
    for page in publication.site_model.pages.values():
        record = page.record
        if page.locale != locale or record is None:
            continue
        is_news = isinstance(record, Article)
        date = latest(content, record) if is_news or record.collection in _EVENTFUL else None
        if date:
            published = _moment(date)
            updated = max(published, page.changed + _MIDNIGHT if page.changed else "")
            yield _Subject(updated, published, "news/" if is_news else "records/", page)
    for correction in content.corrections:
        moment = _moment(correction.date)
        yield _Subject(moment, moment, "corrections/", correction)


def _feed(
    publication: Publication,
    locale: str,
    section: str,
    entries: tuple[Entry, ...],
    locate: Locate,
    subjects: Iterable[_Subject],
) -> Feed:
    """The feed of a section, which has entries of some of all the `subjects` of its language."""
    identity = publication.identities[locale]
    names = {
        "news/": wording.label("news", locale),
        "records/": wording.label("feed_records", locale),
        "corrections/": wording.label("corrections", locale),
    }
    title = identity.site_name
    if section:
        title = wording.label("feed_of", locale, site=title, what=names[section])
    page = publication.site_model.pages.get(f"{locale}/{_SECTIONS[section]}.md")
    return Feed(
        _id(publication, locale, f"{section}feed"),
        locale,
        title,
        identity.site_description,
        identity.site_name,
        identity.copyright,
        locate(url_of("index", locale)),
        locate(page.url if page else url_of("index", locale)),
        entries[0].updated if entries else _last_change(publication, locale, subjects),
        entries,
    )


def _entry(
    publication: Publication,
    locale: str,
    subject: _Subject,
    locate: Locate,
    made: dict[str, Entry],
    changes: Mapping[str, _Change],
) -> Entry:
    """The entry of a subject, from those `made` already where it is among them; `changes` are what corrections say, by id."""
    told = subject.told
    if isinstance(told, Correction):
        return _of_correction(publication, locale, subject, told, locate, changes[told.id])
    if told.src_uri not in made:
        made[told.src_uri] = _of_page(publication, locale, subject, told, locate)
    return made[told.src_uri]


def _of_page(publication: Publication, locale: str, subject: _Subject, page: Page, locate: Locate) -> Entry:
    content = publication.site_model.content
    record = page.record
    assert record is not None
    date = latest(content, record)
    assert date is not None
    said, of = wording.date(date, locale), "event"
    if not events_of(record):
        said, of = wording.label("reported", locale, date=said), "report"
    summary = wording.label("feed_said", locale, date=said, summary=page.summary)
    return Entry(
        _id(publication, locale, str(content.original(record.ref))),
        locate(page.url),
        page.title,
        summary,
        publication.versions[page.src_uri],
        cache(
            lambda: (
                f"<p>{escape(summary)}</p>\n{reader_html(publication.html(page.src_uri), page.url, locate)}"
            )
        ),
        subject.published,
        subject.updated,
        {"date": date.iso, "basis": date.basis, "of": of},
        _topics(content, record, locale),
    )


def _changes(publication: Publication, locale: str) -> Mapping[str, _Change]:
    """What the corrections say, by id."""
    page = Page(locale, "corrections", "", "", "page", "")
    return {change["id"]: change for change in view_of(publication.site_model, page).corrections()}


def _of_correction(
    publication: Publication,
    locale: str,
    subject: _Subject,
    correction: Correction,
    locate: Locate,
    change: _Change,
) -> Entry:
    content = publication.site_model.content
    record = correction.figure.record
    title = wording.label("feed_withdrawal", locale, counts=change["counts"], was=change["was"])
    if change["now"]:
        title = wording.label(
            "feed_correction", locale, counts=change["counts"], was=change["was"], now=change["now"]
        )
    if "corrections" in content.prose:
        url = f"{url_of('corrections', locale)}#{correction.id}"
    else:
        url = url_of(record_path(record) if record in content.records else "index", locale)
    said = wording.date(correction.date, locale)
    summary = wording.label("feed_said", locale, date=said, summary=correction.why.to(locale))
    return Entry(
        _id(publication, locale, str(correction.ref)),
        locate(url),
        title,
        summary,
        "",
        lambda: f"<p>{escape(title)}</p>\n<p>{escape(summary)}</p>",
        subject.published,
        subject.updated,
        {"date": correction.date.iso, "basis": correction.date.basis, "of": "correction"},
        {correction.collection: wording.label("corrections", locale)},
    )


def _topics(content: Content, record: Record, locale: str) -> Mapping[str, str]:
    """An article's topics; of a record, its collection."""
    if not isinstance(record, Article):
        return {record.collection: wording.label(record.collection, locale)}
    return {tag.id: content.records[tag].title.to(locale) for tag in record.tags}


def _moment(date: PartialDate) -> str:
    """The first moment of a day, month or year in China."""
    year, month, day = date.date
    return f"{year:04}-{month or 1:02}-{day or 1:02}{_MIDNIGHT}"


def _last_change(publication: Publication, locale: str, subjects: Iterable[_Subject]) -> str:
    """When anything in a language last changed, for a feed that has no entries."""
    changed = (page.changed for page in publication.site_model.pages.values() if page.locale == locale)
    moments = [day + _MIDNIGHT for day in changed if day]
    return max(moments + [subject.updated for subject in subjects], default=_LONG_AGO)


def _id(publication: Publication, locale: str, name: str) -> str:
    """The id of an entry or a feed: it holds when the site moves, and is no other site's of another name."""
    site = uuid.uuid5(uuid.NAMESPACE_URL, f"gazette:{publication.identities['zh'].site_name}")
    return uuid.uuid5(site, f"{locale}/{name}").urn


def _locator(address: str, folder: str) -> Locate:
    """Whole addresses where the site's is known; else relative to a feed in `folder`."""

    def locate(url: str) -> str:
        if address:
            return address + url
        path, slash, rest = url.rpartition("/")
        return relative(path + slash, folder) + rest

    return locate
