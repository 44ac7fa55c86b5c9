"""Records and pages as a page sees them: looked up, listed, linked to by addresses relative to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic_core import PydanticCustomError

from gazette.base.messages import NOTHING, listed, say
from gazette.records import PAGED
from gazette.records.record import Record, evidence
from gazette.records.sources import Source
from gazette.records.values import LOCALES, FieldRef, Ref, field_ref
from gazette.site.pages import record_path, section_of, section_path, url_of
from gazette.templates.view.words import PageProblem, Words, safe

R = TypeVar("R", bound=Record)


class Records(Words):
    """Every record by its reference, and every page by its address."""

    def get(self, reference: str | Ref | Record) -> Record:
        if isinstance(reference, Record):
            return reference
        ref = reference if isinstance(reference, Ref) else typed_ref(reference).record
        record = self._content.records.get(ref)
        if record is None:
            near = self._content.meant(str(ref), [str(known) for known in self._content.records])
            raise PageProblem("no-such-record", record=ref, hint=near if near.zh else say("a-draft-perhaps"))
        return record

    def records(self, collection: str) -> tuple[Record, ...]:
        """A collection in list order."""
        return self._content.collection(collection)

    def some(self, reference: str, model: type[R]) -> tuple[R, ...]:
        """The records of a collection, or the one that `collection/id` names; PageProblem where they are no `model`."""
        found = self.records(reference) if reference in PAGED else (self.get(reference),)
        records = tuple(record for record in found if isinstance(record, model))
        if len(records) < len(found):
            raise PageProblem("wrong-collection", collection=model.collection, reference=reference)
        return records

    def field(self, reference: FieldRef, kind: type[Any]) -> Any:
        """What stands in a field of a record; PageProblem where it is no `kind`."""
        record = self.get(reference.record)
        value = getattr(record, reference.field, None)
        if not isinstance(value, kind):
            fields = [name for name in type(record).model_fields if isinstance(getattr(record, name), kind)]
            hint = say("there-is", names=listed(fields)) if fields else NOTHING
            raise PageProblem("no-such-field", record=reference.record, field=reference.field, hint=hint)
        return value

    def link(self, reference: str | Ref | Record, words: str | None = None) -> Markup:
        """A link to a record, `collection/id`, with its title or with `words`."""
        record = self.get(reference)
        said = words or record.title.to(self.locale)
        return Markup(f'<a href="{self.href(record.ref)}">{safe(said)}</a>')

    def links(self, records: Iterable[Record | Ref]) -> Markup:
        """Links to records, one a line."""
        return Markup("<br>").join(self.link(record) for record in records)

    def href(self, target: str | Ref | Record) -> str:
        """The address of a page's path, or of a record's page, relative to this page."""
        if isinstance(target, Record):
            target = target.ref
        path = record_path(target) if isinstance(target, Ref) else target
        return self._relative(url_of(path, self.locale))

    def asset(self, path: str) -> str:
        """The address of a file of the site that is no page."""
        folder, _, name = path.rpartition("/")
        return self._relative(f"{folder}/") + name

    def translation(self, path: str | None = None) -> str:
        """The address of this page, or of `path`, in the other language."""
        other = next(locale for locale in LOCALES if locale != self.locale)
        return self._relative(url_of(path or self.page.path, other))

    def section(self, path: str) -> Mapping[str, str] | None:
        """The title, summary and address of a prose page; None where the site has no such page."""
        prose = self._content.prose.get(path)
        if prose is None:
            return None
        matter = prose.matter
        title, summary = matter.title.to(self.locale), matter.summary.to(self.locale)
        return {"title": title, "summary": summary, "href": self.href(path)}

    def sections(self) -> tuple[str, ...]:
        """The folder of each collection's pages."""
        return tuple(map(section_of, PAGED))

    def home_section(self, record: Record) -> Mapping[str, str] | None:
        return self.section(section_path(record.collection))

    def parts_of(self, record: Record) -> tuple[Record, ...]:
        named = (self._content.records[ref] for ref in self._content.backlinks.get(record.ref, ()))
        return tuple(other for other in named if getattr(other, "part_of", None) == record.ref)

    def cited(self, record: Record) -> Mapping[Source, tuple[str, ...]]:
        """The sources of a record, each with the anchors that hold its facts."""
        anchors: dict[Ref, dict[str, None]] = {}
        for _, item in evidence(record):
            anchors.setdefault(item.source, {})[item.at] = None
        sources = ((self._content.records[ref], tuple(found)) for ref, found in anchors.items())
        return {source: found for source, found in sources if isinstance(source, Source)}

    def options(self, values: Iterable[Ref | int | str], prefix: str = "") -> Mapping[str, str]:
        """What a filter offers: each value once, with its words: a record's title, a year, the label `prefix` + value."""
        found = {}
        for value in values:
            if isinstance(value, Ref):
                found[value.id] = self.text(self.get(value).title)
            elif isinstance(value, int):
                found[str(value)] = self.label("year", year=value)
            else:
                found[value] = self.label(prefix + value)
        return found


def typed_ref(reference: str | FieldRef) -> FieldRef:
    """Read `collection/id.field` as a template has it; PageProblem where it is no reference."""
    if isinstance(reference, FieldRef):
        return reference
    try:
        found: FieldRef = field_ref(reference)
    except PydanticCustomError as error:
        values = {**(error.context or {}), "example": "indicators/enterprises-covered"}
        raise PageProblem(error.type, **values) from error
    return found
