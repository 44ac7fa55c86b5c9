"""The published tables as a page shows them: what is in each, its fields, its first rows, its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gazette.records.values import LOCALES
from gazette.site.pages import section_of
from gazette.site.tables import Table
from gazette.site.tables.dataset import FOLDER
from gazette.templates.view.records import Records

_PREVIEWED = 3
"""How many rows and how many columns a preview has: what a phone can show."""


class Downloads(Records):
    """The data that the site offers to download."""

    def dataset(self) -> Mapping[str, Any]:
        """The version and the licence of all tables."""
        return {"version": self._dataset.version, "licence": self._dataset.licence}

    def tables(self) -> tuple[Mapping[str, Any], ...]:
        """Every table with its words, its number of rows, its fields, its first rows and its files."""
        return tuple(
            {
                "id": f"table-{section_of(table.name)}",
                "title": table.title,
                "about": table.about,
                "count": len(table.rows),
                "fields": table.fields,
                "preview": self._preview(table),
                "files": [self._file(f"{table.name}.{ending}") for ending in ("csv", "json", "schema.json")],
            }
            for table in self._dataset.tables
        )

    def _preview(self, table: Table) -> Mapping[str, Any]:
        """The first rows: their ids, their words in this language, else what else is not empty in all of them."""
        other = next(locale for locale in LOCALES if locale != self.locale)
        rows = table.rows[:_PREVIEWED]
        fit = [
            place
            for place, field in enumerate(table.fields)
            if field.kind != "array"
            and not field.name.startswith("url_")
            and other not in field.name.split("_")
            and any(row[place] is not None for row in rows)
        ]
        fit.sort(key=lambda place: place > 0 and not table.fields[place].name.endswith(f"_{self.locale}"))
        shown = fit[:_PREVIEWED]
        return {
            "fields": [table.fields[place].name for place in shown],
            "rows": [["" if row[place] is None else str(row[place]) for place in shown] for row in rows],
        }

    def _file(self, name: str) -> Mapping[str, str]:
        size, _ = self._dataset.files[name]
        return {"name": name, "href": self.asset(FOLDER + name), "size": said_size(size)}


def said_size(size: int) -> str:
    """How many bytes a file has, in kilobytes once it has one: `217 B`, `17.3 kB`."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.1f} kB"
