"""The feeds of each language: everything, the news, the records, the corrections.

An entry is dated by when this site published and changed it, which the project's history tells, never by the clock
nor by what it is about: news of 2021 that is published today is new. The date of the event is in the summary, in words,
and in the JSON Feed as far as it is known. Where there is no history an entry has no date of publication; the moment
that Atom wants is then the first of the event's date in China.

Where the site has no address, every address is relative to the feed's own, which Atom allows and JSON Feed does not.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from markupsafe import escape

from gazette.base.cache_folder import code_hash
from gazette.content.events import eventful, events_of, latest
from gazette.content.front_matter import markdown_file
from gazette.language import wording
from gazette.outputs.feed_formats import Entry, Feed, atom, json_feed
from gazette.outputs.feed_html import reader_html
from gazette.outputs.publication import HashedFile, Publication
from gazette.records import PAGED
from gazette.records.dates import PartialDate
from gazette.records.front_matter import Article
from gazette.records.integrity import Correction
from gazette.records.record import Record
from gazette.records.sources import Indicator
from gazette.records.values import LOCALES
from gazette.site.pages import Locate, Page, record_path, url_of
from gazette.templates.view import view_of
from gazette.templates.view.words import relative

LIMIT = 50
"""How many entries a feed has, those that changed last."""

_SECTIONS = {"": "index", "news/": "news/index", "records/": "timeline", "corrections/": "corrections"}
"""The folder of each feed below its language's, and the page that it is of."""
_NAMES = {"news/": "news", "records/": "feed_records", "corrections/": "corrections"}
"""The label of each but the first."""
_FORMS: Mapping[str, Callable[[Feed, str], bytes]] = {"feed.xml": atom, "feed.json": json_feed}
_EVENTFUL = {name for name, model in PAGED.items() if eventful(model)} - {Article.collection}
_MIDNIGHT = "T00:00:00+08:00"
_LONG_AGO = f"1970-01-01{_MIDNIGHT}"
"""When a feed was last updated, where nothing is dated."""


class _Subject(NamedTuple):
    """What an entry tells of, and when; `entry` makes it, with addresses that hold in its feed.

    They are sorted by the first three: of what changed and was published on one day, the event's date.
    """

    updated: str
    published: str
    date: str
    section: str
    entry: Callable[[Locate], Entry]


def files(publication: Publication) -> Iterator[HashedFile]:
    """Every feed, as Atom and as JSON Feed."""
    for locale in LOCALES:
        yield from _Feeds(publication, locale).files()


class _Feeds:
    """The feeds of one language."""

    def __init__(self, publication: Publication, locale: str) -> None:
        self._publication, self._content = publication, publication.site_model.content
        self._days = publication.site_model.published
        self._locale, self._home = locale, url_of("index", locale)
        page = Page(locale, "corrections", "", "", "page", "")
        self._view = view_of(publication.site_model, page)

    def files(self) -> Iterator[HashedFile]:
        """Each feed in every form."""
        subjects = sorted(self._subjects(), key=itemgetter(0, 1, 2), reverse=True)
        for section in _SECTIONS:
            folder = self._home + section
            locate = _locator(self._publication.address, folder)
            told = (subject for subject in subjects if subject.section.startswith(section))
            entries = tuple(subject.entry(locate) for subject in islice(told, LIMIT))
            feed = self._feed(section, entries, locate, subjects)
            key = hashlib.sha256(f"{code_hash()}{feed!r}".encode()).hexdigest()
            for name, form in _FORMS.items():
                yield HashedFile(folder + name, key, partial(form, feed, locate(folder + name)))

    def _subjects(self) -> Iterator[_Subject]:
        """All that the feeds tell of; a record that nothing dates is not told of."""
        for page in self._publication.site_model.pages.values():
            record = page.record
            if page.locale != self._locale or record is None:
                continue
            is_news = isinstance(record, Article)
            date = latest(self._content, record) if is_news or record.collection in _EVENTFUL else None
            if date:
                published = _midnight(self._published(record))
                updated = max(published, _midnight(page.changed)) or _moment(date)
                section = "news/" if is_news else "records/"
                # Made once where all feeds have the same way to give an address.
                of_page = cache(partial(self._of_page, page, record, published, updated))
                yield _Subject(updated, published, _moment(date), section, of_page)
            elif isinstance(record, Indicator) and record.observations:
                newest = _midnight(page.changed)  # When its file last changed; the others were there before.
                for value in self._view.observations(record):
                    said = _moment(value["as_of"])
                    updated, newest = newest or said, ""
                    of_value = partial(self._of_observation, value, updated)
                    yield _Subject(updated, "", said, "records/", of_value)
        # A page has as many corrections, the newest, as a feed.
        for correction, change in zip(self._content.corrections, self._view.corrections(), strict=False):
            published, said = _midnight(self._days.get(correction.path)), _moment(correction.date)
            of_correction = partial(self._of_correction, correction, change, published)
            yield _Subject(published or said, published, said, "corrections/", of_correction)

    def _published(self, record: Record) -> str:
        """The day on which a record was published, be it under another id; "" where that is not known."""
        names = {str(record.ref), str(self._content.original(record.ref))}
        files = ((f"data/{name}.yml", *(markdown_file(locale, name) for locale in LOCALES)) for name in names)
        days = (max(self._days.get(file, "") for file in of_name) for of_name in files)
        return min(filter(None, days), default="")

    def _feed(
        self, section: str, entries: tuple[Entry, ...], locate: Locate, subjects: Iterable[_Subject]
    ) -> Feed:
        """The feed of a section, which has entries of some of all the `subjects`."""
        identity = self._publication.identities[self._locale]
        title = identity.site_name
        if section:
            title = self._view.label("feed_of", site=title, what=self._view.label(_NAMES[section]))
        page = self._publication.site_model.pages.get(f"{self._locale}/{_SECTIONS[section]}.md")
        return Feed(
            self._id(f"{section}feed"),
            self._locale,
            title,
            identity.site_description,
            identity.site_name,
            identity.copyright,
            locate(self._home),
            locate(page.url if page else self._home),
            entries[0].updated if entries else self._last_change(subjects),
            entries,
        )

    def _of_page(self, page: Page, record: Record, published: str, updated: str, locate: Locate) -> Entry:
        date = latest(self._content, record)
        assert date
        said, of = self._view.text(date), "event"
        if not events_of(record):
            said, of = wording.reported(date, self._locale), "report"
        summary = self._view.label("feed_said", date=said, summary=page.summary)

        @cache
        def html() -> str:
            body = reader_html(self._publication.html(page.src_uri), page.url, locate)
            return f"<p>{escape(summary)}</p>\n{body}"

        return Entry(
            self._id(str(self._content.original(record.ref))),
            locate(page.url),
            page.title,
            summary,
            self._publication.versions[page.src_uri],
            html,
            published,
            updated,
            {"date": date.typed, "basis": date.basis, "of": of},
            self._topics(record),
        )

    def _of_observation(self, value: Mapping[str, Any], updated: str, locate: Locate) -> Entry:
        """The entry of one value of a figure that has several; `value` is what its own entry shows."""
        record, ref, date = value["record"], value["ref"], value["as_of"]
        said = self._view.text(value["figure"])
        title = self._view.label("chart_counted", counts=value["counts"], value=said)
        summary = f"{self._view.label('as_of')} {self._view.text(date)}"
        original = self._content.original(record.ref)
        return Entry(
            self._id(str(ref._replace(record=original))),
            locate(f"{url_of(record_path(record.ref), self._locale)}#{value['id']}"),
            title,
            summary,
            "",
            lambda: f"<p>{escape(title)}</p>\n<p>{escape(summary)}</p>",
            "",
            updated,
            {"date": date.typed, "basis": date.basis, "of": "observation"},
            self._topics(record),
        )

    def _of_correction(
        self, correction: Correction, change: Mapping[str, Any], published: str, locate: Locate
    ) -> Entry:
        """The entry of a correction; `change` is what it says, in words."""
        record, date = correction.figure.record, correction.date
        said = {name: change[name] for name in ("counts", "was", "now")}
        title = self._view.label("feed_correction" if change["now"] else "feed_withdrawal", **said)
        if "corrections" in self._content.prose:
            url = f"{url_of('corrections', self._locale)}#{correction.id}"
        else:
            url = url_of(record_path(record) if record in self._content.records else "index", self._locale)
        why = self._view.text(correction.why)
        summary = self._view.label("feed_said", date=self._view.text(date), summary=why)
        return Entry(
            self._id(str(correction.ref)),
            locate(url),
            title,
            summary,
            "",
            lambda: f"<p>{escape(title)}</p>\n<p>{escape(summary)}</p>",
            published,
            published or _moment(date),
            {"date": date.iso, "basis": date.basis, "of": "correction"},
            {correction.collection: self._view.label("corrections")},
        )

    def _topics(self, record: Record) -> Mapping[str, str]:
        """An article's topics; of a record, its collection."""
        if not isinstance(record, Article):
            return {record.collection: self._view.label(record.collection)}
        return {tag.id: self._view.text(self._content.records[tag].title) for tag in record.tags}

    def _last_change(self, subjects: Iterable[_Subject]) -> str:
        """When anything in the language last changed, for a feed that has no entries."""
        pages = self._publication.site_model.pages.values()
        moments = [_midnight(page.changed) for page in pages if page.locale == self._locale]
        return max(moments + [subject.updated for subject in subjects], default=_LONG_AGO)

    def _id(self, name: str) -> str:
        """The id of an entry or a feed: it holds when the site moves, and is no other site's of another name."""
        site = uuid.uuid5(uuid.NAMESPACE_URL, f"gazette:{self._publication.identities['zh'].site_name}")
        return uuid.uuid5(site, f"{self._locale}/{name}").urn


def _moment(date: PartialDate) -> str:
    """The first moment of a date in China."""
    return f"{date.first}{_MIDNIGHT}"


def _midnight(day: str | None) -> str:
    """The first moment of a day in China; "" where there is none."""
    return f"{day}{_MIDNIGHT}" if day else ""


def _locator(address: str, folder: str) -> Locate:
    """Whole addresses where the site's is known; else relative to a feed in `folder`."""
    if address:
        return address.__add__

    def locate(url: str) -> str:
        path, slash, rest = url.rpartition("/")
        return relative(path + slash, folder) + rest

    return locate
