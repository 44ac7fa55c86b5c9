"""All tables of the content with their files, their version and their licence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, compress
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter
from pydantic import Field as Described

from gazette.base import cache_folder
from gazette.base.addresses import WHOLE
from gazette.content.model import Content
from gazette.language import wording
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.record import Entry, Record
from gazette.records.sources import Source
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Model, Text
from gazette.site.pages import Locate, record_path, url_of
from gazette.site.tables.columns import columns
from gazette.site.tables.figures import figures_made_from, figures_table
from gazette.site.tables.formats import csv_text, json_text, schema
from gazette.site.tables.spreadsheet import xlsx
from gazette.site.tables.table import Cell, Field, Rows, Table, said, sentence

FOLDER = "data/"
"""Where the files are published."""
KEPT = f"{cache_folder.FOLDER}/tables.json"
"""The file of a project that keeps what is known of them."""

FORMS: Mapping[str, Callable[[Table], bytes]] = {
    "xlsx": xlsx,
    "csv": csv_text,
    "json": json_text,
    "schema.json": schema,
}
"""What a table is published as, by the ending of the file's name."""
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
"""Those that hold its rows."""


class Licence(Model):
    """数据的许可 | The terms on which the data may be used."""

    model_config = ConfigDict(regex_engine="python-re")

    name: Text = Described(description="名称 | name", examples=["CC-BY-4.0"])
    url: Text = Described(
        description="全文网址 | address of its text",
        pattern=WHOLE,
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )


class _Made(NamedTuple):
    """What is known of the files of a table made from `key`: size and hash of each, and a hash of its rows without addresses."""

    key: str
    files: Mapping[str, tuple[int, str]]
    rows: str


_KEPT = TypeAdapter(dict[str, _Made])
"""What the file that is kept holds."""


@dataclass(frozen=True)
class Dataset:
    """The published data of one site model.

    `changed` gives each file's last change (YYYY-MM-DD) by its path where that is known; `address` is the site's,
    with a slash at its end, or "": addresses of pages are then relative to the data's folder. What is known of the files
    is kept in the file `kept`.
    """

    content: Content
    changed: Mapping[str, str]
    address: str = ""
    licence: Licence | None = None
    kept: Path | None = None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The figures, then every collection."""
        models: dict[str, type[Entry]] = {**PAGED, **DATA_FOLDERS}
        tables = (self._table(models[name], found) for name, found in self._entries.items())
        return (figures_table(self.content, self._locate), *tables)

    @cached_property
    def _entries(self) -> Mapping[str, Sequence[Entry]]:
        content = self.content
        return {
            **{name: content.collection(name) for name in PAGED},
            Correction.collection: content.corrections,
            Retirement.collection: content.retirements,
            Sum.collection: content.sums,
            Unit.collection: tuple(content.units.values()),
        }

    def file(self, name: str) -> bytes:
        """What is in a file of a table: `alliances.xlsx`, `alliances.csv`, `alliances.json`, `alliances.schema.json`."""
        if name in self._bodies:
            return self._bodies[name]
        of, _, ending = name.partition(".")
        return FORMS[ending](next(table for table in self.tables if table.name == of))

    @property
    def files(self) -> Mapping[str, tuple[int, str]]:
        """The size and the hash of every file, by name."""
        return {name: told for made in self._made.values() for name, told in made.files.items()}

    @cached_property
    def version(self) -> str:
        """The day of the newest change, where the project's history tells it, and a hash of all rows: `2026-11-23-3f9a1c0b`.

        Where the site is published makes no difference.
        """
        rows = hashlib.sha256("".join(made.rows for made in self._made.values()).encode()).hexdigest()
        content = self.content
        entries = chain(content.records.values(), content.corrections, content.sums, content.units.values())
        days = [self.changed[entry.path] for entry in entries if entry.path in self.changed]
        return "-".join([*([max(days)] if days else []), rows[:8]])

    @cached_property
    def _made(self) -> Mapping[str, _Made]:
        """What is known of the files of each table, which are made only where what they are made from is another."""
        before: dict[str, _Made] = {}
        kept = cache_folder.read_checked(self.kept) if self.kept else None
        with suppress(ValueError):  # Another version of this wrote it.
            before = _KEPT.validate_json(kept or "{}")
        found = {}
        for table in self.tables:
            key = self._key(table)
            known = before.get(table.name)
            found[table.name] = known if known and known.key == key else self._make(table, key)
        if self.kept and found != before:
            cache_folder.write_checked(self.kept.parent, self.kept.name, json.dumps(found).encode())
        return found

    def _make(self, table: Table, key: str) -> _Made:
        rows = tuple(table.rows)
        table = replace(table, rows=rows)
        bodies = {f"{table.name}.{ending}": form(table) for ending, form in FORMS.items()}
        for name in [name for name in self._bodies if not name.endswith(".xlsx")]:
            del self._bodies[name]
        self._bodies.update(bodies)
        files = {name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in bodies.items()}
        kept = [not field.name.startswith("url_") for field in table.fields]
        told = repr([[field.name for field in table.fields], *(tuple(compress(row, kept)) for row in rows)])
        return _Made(key, files, hashlib.sha256(told.encode()).hexdigest())

    @cached_property
    def _bodies(self) -> dict[str, bytes]:
        """The files of the table made last, after an edit often the only one; and all spreadsheets, small and slow to make."""
        return {}

    def _key(self, table: Table) -> str:
        """The hash of what a table is made from."""
        content = self.content
        made_from: list[Any] = [cache_folder.code_hash(), self.address, table.name]
        if entries := self._entries.get(table.name):
            made_from += [content.hash_of(entry) for entry in (*entries, *content.units.values())]
            sources = [entry for entry in entries if isinstance(entry, Source)]
            made_from += [self._citation(source, locale) for locale in LOCALES for source in sources]
        else:
            made_from += figures_made_from(content)
        return hashlib.sha256(repr(made_from).encode()).hexdigest()

    @property
    def _locate(self) -> Locate:
        return lambda url: (self.address or "../") + url

    def _table(self, model: type[Entry], entries: Sequence[Entry]) -> Table:
        found = columns(model, self.content.units)
        beside = [texts for kind, texts in _BESIDE.items() if issubclass(model, kind)]
        fields = [
            Field(name, "string", said(about), True) for texts in beside for name, about in texts.items()
        ]
        fields += [column.field for column in found]
        rows = Rows(entries, lambda entry: (*self._beside(entry), *(column.of(entry) for column in found)))
        about = sentence((model.__doc__ or "").strip().split("\n")[0])
        title = said(" | ".join(wording.label(model.collection, locale) for locale in LOCALES))
        return Table(model.collection, title, about, tuple(fields), rows)

    def _beside(self, entry: Entry) -> Iterable[Cell]:
        """What a row has that is no field of the record: its id, its addresses, a source's citation."""
        yield str(entry.ref)
        if isinstance(entry, Record):
            yield from (self._locate(url_of(record_path(entry.ref), locale)) for locale in LOCALES)
        if isinstance(entry, Source):
            yield from (self._citation(entry, locale) for locale in LOCALES)

    def _citation(self, source: Source, locale: str) -> str:
        outlet = self.content.records[source.outlet].title.to(locale)
        published = source.published
        date = wording.date(published, locale) if published else wording.label("date_not_stated", locale)
        title, byline = source.title.to(locale), source.byline.to(locale)
        return wording.label("citation", locale, byline=byline, title=title, outlet=outlet, date=date)


_BESIDE: Mapping[type[Entry], Mapping[str, str]] = {
    Entry: {"id": "类别/编号 | collection/id"},
    Record: {
        "url_zh": "中文页网址 | address of the Chinese page",
        "url_en": "英文页网址 | address of the English page",
    },
    Source: {
        "citation_zh": "中文引文 | citation in Chinese",
        "citation_en": "英文引文 | citation in English",
    },
}
"""The fields of a row that are none of its record's, by what has them."""
