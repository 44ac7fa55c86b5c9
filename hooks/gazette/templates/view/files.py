"""Files as a page shows them: the photographs of its record, and the published tables with their first rows."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from gazette.base.messages import did_you_mean, say
from gazette.content.photographs import PUBLISHED
from gazette.records.dates import PartialDate
from gazette.records.photos import Photo
from gazette.records.record import Record
from gazette.records.values import LOCALES
from gazette.site.pages import absolute, section_of
from gazette.site.tables.dataset import FOLDER, FORMS
from gazette.site.tables.table import Table
from gazette.templates.view.records import Records
from gazette.templates.view.words import PageProblem

_PREVIEWED = 3
"""How many rows and how many columns a preview has: what a phone can show."""


class Files(Records):
    """The photographs of the page's record, and the data that the site offers to download."""

    def photo(self, photo: Photo) -> Mapping[str, Any]:
        """A photograph: the addresses of its files, the size of the largest, its words."""
        files = self._content.originals[photo.file].renditions
        addresses = [self.asset(f"{PUBLISHED}/{file.name}") for file in files]
        return {
            "src": addresses[-1],
            "srcset": ", ".join(f"{at} {file.width}w" for at, file in zip(addresses, files, strict=True)),
            "width": files[-1].width,
            "height": files[-1].height,
            "alt": photo.alt,
            "caption": photo.caption,
            "credit": photo.credit,
            "licence": photo.licence,
        }

    def placed_photo(self, file: str) -> Photo:
        """The photograph of the page's own record that its text places by file name."""
        if self.page.record is None:
            raise PageProblem("photo-outside-article")
        photos = {photo.file: photo for photo in self.page.record.photos}
        if file not in photos:
            close = difflib.get_close_matches(file, photos, 1) or list(photos)[:1]
            raise PageProblem(
                "photo-not-listed",
                file=file,
                hint=did_you_mean(close) if close else say("name-it-first"),
                right=f'{{{{ photo("{close[0]}") }}}}' if close else f"photos:\n  - file: {file}",
            )
        self._placed[file] = None
        return photos[file]

    def unplaced_photos(self, record: Record) -> tuple[Photo, ...]:
        """The photographs of a record that the page's text has not placed."""
        return tuple(photo for photo in record.photos if photo.file not in self._placed)

    def citation(self, title: str, as_of: PartialDate | None) -> str:
        """How something of this page is cited: its title, the site, the date of its data, the page's address."""
        identity = self._site_model.identities.get(self.locale)
        address = self._site_model.address
        said = (
            self.label("chart_cited", title=title),
            identity.site_name if identity else "",
            self.label("chart_date", date=self.text(as_of)) if as_of else "",
            absolute(address or "/", self.page.url),
        )
        return ("，" if self.locale == "zh" else ", ").join(filter(None, said))

    def dataset(self) -> Mapping[str, Any]:
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
                "files": [self._file(f"{table.name}.{ending}") for ending in FORMS],
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
        said = f"{size}\u00a0B" if size < 1000 else f"{size / 1000:.1f}\u00a0kB"
        return {"name": name, "href": self.asset(FOLDER + name), "size": said}
