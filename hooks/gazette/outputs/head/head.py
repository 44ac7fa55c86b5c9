"""What the head of a page tells machines: the facts that its meta tags and its structured data share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gazette.content.model import Content
from gazette.content.photographs import PUBLISHED
from gazette.records.dates import PartialDate
from gazette.records.front_matter import Article
from gazette.records.record import Record
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.records.values import Localised
from gazette.site.identity import Filings, Identity
from gazette.site.model import SiteModel
from gazette.site.pages import Page, absolute, listed

_TOPICS = 5
"""How many topics a list is said to have: those that most of its records name."""


@dataclass(frozen=True)
class Head:
    """A page in its site.

    `address` is the site's, with a slash at its end, or "" where none is set: then nothing has a whole address.
    `trail` is the path that the page shows, from the home page down: titles and addresses below the site's root.
    `card` is the address, below the root, of the picture that a shared link shows.
    """

    site_model: SiteModel
    page: Page
    identity: Identity
    filings: Filings
    address: str
    trail: tuple[tuple[str, str], ...] = ()
    card: str = ""

    @property
    def content(self) -> Content:
        return self.site_model.content

    def whole(self, url: str) -> str | None:
        """The whole address of what stands at `url` below the site's root."""
        return absolute(self.address, url) if self.address else None

    def say(self, words: Localised) -> str:
        return words.to(self.page.locale)

    @property
    def date(self) -> PartialDate | None:
        """The date that the page's record bears."""
        return getattr(self.page.record, "date", None) or getattr(self.page.record, "published", None)

    @property
    def published(self) -> str | None:
        """The same in ISO 8601, and only where a source states it."""
        return self.date.stated if self.date else None

    @property
    def published_on(self) -> str | None:
        """The same where it is a day."""
        return self.published if self.published and len(self.published) == len("2021-06-01") else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the page's record rests on, in the order in which the page cites it; a source rests on itself."""
        record = self.page.record
        if record is None or isinstance(record, Source):
            return (record,) if record else ()
        found = (self.content.records[ref] for ref in record.cited)
        return tuple(source for source in found if isinstance(source, Source))

    def outlet(self, source: Source) -> str:
        """The name of the paper that a source appeared in."""
        return self.say(self.content.records[source.outlet].title)

    @property
    def topics(self) -> tuple[str, ...]:
        """What the page's record is about; of a list, what most of its records are about."""
        if self.page.record:
            return self._topics(self.page.record)
        records = listed(self.page)
        found = Counter(topic for record in records for topic in self._topics(record))
        return tuple(topic for topic, _ in found.most_common(_TOPICS))

    def _topics(self, record: Record) -> tuple[str, ...]:
        """An article's topics; of a record its own name, and the names of the glossary that it refers to."""
        if isinstance(record, Article):
            about = [self.content.records[ref] for ref in record.tags]
        else:
            named = (ref for ref in record.refs if ref.collection == Term.collection)
            about = [record, *(self.content.records[ref] for ref in named)]
        return tuple(dict.fromkeys(self.say(subject.title) for subject in about))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses below the root of the page's photographs, each at its largest; else of its card."""
        photos = self.page.record.photos if self.page.record else ()
        largest = (self.content.originals[photo.file].renditions[-1].name for photo in photos)
        return tuple(f"{PUBLISHED}/{name}" for name in largest) or ((self.card,) if self.card else ())
