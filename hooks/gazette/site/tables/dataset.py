"""All tables of the content with their files, their version and their licence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress

from pydantic import Field as Described

from gazette.content.model import Content
from gazette.language import wording
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.record import Entry, Record
from gazette.records.sources import Source
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Localised, Model, Text
from gazette.site.pages import Locate, record_path, url_of
from gazette.site.tables.columns import columns
from gazette.site.tables.figures import figures_table
from gazette.site.tables.formats import csv_lines, csv_rows, json_text, schema
from gazette.site.tables.table import Cell, Field, Table, said, sentence

FOLDER = "data/"
"""Where the files are published."""


class Licence(Model):
    """数据的许可 | The terms on which the data may be used."""

    name: Text = Described(description="名称 | name", examples=["CC-BY-4.0"])
    url: Text = Described(
        description="全文网址 | address of its text",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )


@dataclass(frozen=True)
class Dataset:
    """The published data of one site model.

    `changed` gives each file's last change (YYYY-MM-DD) by its path where that is known; `address` is the site's,
    with a slash at its end, or "": addresses of pages are then relative to the data's folder.
    """

    content: Content
    changed: Mapping[str, str]
    address: str = ""
    licence: Licence | None = None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The figures, then every collection."""
        content = self.content
        entries: dict[str, Sequence[Entry]] = {name: content.collection(name) for name in PAGED}
        entries |= {
            Correction.collection: content.corrections,
            Retirement.collection: content.retirements,
            Sum.collection: content.sums,
            Unit.collection: tuple(content.units.values()),
        }
        models: dict[str, type[Entry]] = {**PAGED, **DATA_FOLDERS}
        tables = (self._table(models[name], found) for name, found in entries.items())
        return (figures_table(content, self._locate), *tables)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """What is in each file of a table, by name: `alliances.csv`, `alliances.json`, `alliances.schema.json`."""
        found: dict[str, bytes] = {}
        for table, rows in zip(self.tables, self._rows, strict=True):
            found[f"{table.name}.csv"] = csv_lines([field.name for field in table.fields], rows)
            found[f"{table.name}.json"] = json_text(table)
            found[f"{table.name}.schema.json"] = schema(table)
        return found

    @cached_property
    def version(self) -> str:
        """The day of the newest change, where the project's history tells it, and a hash of all rows: `2026-11-23-3f9a1c0b`.

        Where the site is published makes no difference.
        """
        digest = hashlib.sha256()
        for table, rows in zip(self.tables, self._rows, strict=True):
            kept = [not field.name.startswith("url_") for field in table.fields]
            names = [field.name for field in table.fields]
            digest.update(csv_lines(compress(names, kept), (compress(row, kept) for row in rows)))
        content = self.content
        entries = chain(content.records.values(), content.corrections, content.sums, content.units.values())
        days = [self.changed[entry.path] for entry in entries if entry.path in self.changed]
        return "-".join([*([max(days)] if days else []), digest.hexdigest()[:8]])

    @cached_property
    def _rows(self) -> list[list[list[str]]]:
        """The rows of each table as its CSV has them."""
        return [csv_rows(table) for table in self.tables]

    @property
    def _locate(self) -> Locate:
        return lambda url: (self.address or "../") + url

    def _table(self, model: type[Entry], entries: Iterable[Entry]) -> Table:
        found = columns(model, self.content.units)
        own = "类别/编号 | collection/id"
        fields = [Field("id", "string", said(own), required=True)]
        if issubclass(model, Record):
            fields += [Field(f"url_{key}", "string", about, required=True) for key, about in _ADDRESS.items()]
        if model is Source:
            fields += [
                Field(f"citation_{key}", "string", about, required=True) for key, about in _CITATION.items()
            ]
        fields += [column.field for column in found]
        rows = tuple(
            (str(entry.ref), *self._beside(entry), *(column.of(entry) for column in found))
            for entry in entries
        )
        about = sentence((model.__doc__ or "").strip().split("\n")[0])
        return Table(model.collection, _title(model.collection), about, tuple(fields), rows)

    def _beside(self, entry: Entry) -> Iterable[Cell]:
        """What a row has that is no field of the record: its addresses, a source's citation."""
        if isinstance(entry, Record):
            yield from (self._locate(url_of(record_path(entry.ref), locale)) for locale in LOCALES)
        if isinstance(entry, Source):
            yield from (self._citation(entry, locale) for locale in LOCALES)

    def _citation(self, source: Source, locale: str) -> str:
        outlet = self.content.records[source.outlet].title.to(locale)
        date = (
            wording.date(source.published, locale)
            if source.published
            else wording.label("date_not_stated", locale)
        )
        title, byline = source.title.to(locale), source.byline.to(locale)
        return wording.label("citation", locale, byline=byline, title=title, outlet=outlet, date=date)


_ADDRESS = {
    "zh": said("中文页网址 | address of the Chinese page"),
    "en": said("英文页网址 | address of the English page"),
}
_CITATION = {"zh": said("中文引文 | citation in Chinese"), "en": said("英文引文 | citation in English")}


def _title(collection: str) -> Localised:
    zh, en = (wording.label(collection, locale) for locale in LOCALES)
    return Localised(zh=zh, en=en)
