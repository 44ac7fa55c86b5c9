"""What the rows of a sheet would change: records that are new, that differ, that are as they were, and rows that are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic
from gazette.base.file_names import SLUG
from gazette.base.messages import Message
from gazette.build.progress import Progress
from gazette.content.file_reader import RESERVED
from gazette.content.model import Content
from gazette.editing.adding import ids_from, order_of
from gazette.editing.spreadsheets.cells import cells_of, edits, with_cells
from gazette.editing.spreadsheets.columns import ID, VERSION, columns
from gazette.editing.spreadsheets.damage import cleaned, lost
from gazette.editing.spreadsheets.export import entries_of
from gazette.editing.spreadsheets.reading import Row, Sheet
from gazette.editing.yaml_edit import changed, new_file
from gazette.records import DATA_FOLDERS
from gazette.records.record import Entry
from gazette.records.values import Ref


@dataclass(frozen=True)
class Change:
    """A row whose record is to be written: the text of its file, and each cell that differs with what it said `before` and says `now`.

    Of a record that is new, nothing was before; `proposed` tells that its id was made from its title.
    """

    row: int
    ref: Ref
    text: str
    cells: Mapping[str, tuple[str, str]]
    new: bool = False
    proposed: bool = False

    @property
    def path(self) -> str:
        return f"data/{self.ref.collection}/{self.ref.id}.yml"


@dataclass
class Changes:
    """All that a sheet would change; `unchanged` rows say what their records say."""

    made: list[Change] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Diagnostic] = field(default_factory=list)


def changes(sheet: Sheet, content: Content, progress: Progress) -> Changes:
    """What the rows of a sheet would change of the content. Rows in which a cell cannot be read are not looked at."""
    found = Changes(faults=list(sheet.faults))
    unread = {fault.at.line for fault in sheet.faults}
    if 1 in unread:
        return found
    comparison = _Comparison(sheet, content)
    progress.stage("comparing-rows", len(sheet.rows))
    for row in sheet.rows:
        if row.number not in unread:
            made = comparison.of(row)
            if isinstance(made, Change):
                found.made.append(made)
            elif made:
                found.faults += made
            else:
                found.unchanged += 1
        progress.step()
    return found


class _Comparison:
    """Rows against the records that there are."""

    def __init__(self, sheet: Sheet, content: Content) -> None:
        self.sheet, self.content = sheet, content
        self.columns = columns(sheet.collection)
        self.order = order_of(DATA_FOLDERS[sheet.collection])
        self.entries = {entry.id: entry for entry in entries_of(content, sheet.collection)}
        self.titles = {entry.title.zh: entry.id for entry in self.entries.values() if hasattr(entry, "title")}
        self.taken = {
            *self.entries,
            *(row.texts.get(ID, "") for row in sheet.rows),
            *(name.partition("/")[2] for name in content.locked_names if name.startswith(f"{sheet.collection}/")),
            *(one.was.partition("/")[2] for one in content.retirements if one.was.startswith(f"{sheet.collection}/")),
        }  # fmt: skip

    def of(self, row: Row) -> Change | list[Diagnostic]:
        """What a row would change; nothing where it says what its record says."""
        entry = self.entries.get(row.texts.get(ID, ""))
        return self._changed(row, entry) if entry else self._new(row)

    def _new(self, row: Row) -> Change | list[Diagnostic]:
        id_, title = row.texts.get(ID, ""), row.texts.get("title.zh", "")
        at = self.sheet.place(row.number, ID)
        if row.texts.get(VERSION):
            return [Diagnostic(at, "row-gone", {"id": id_ or "—"})]
        proposed = not id_
        if proposed:
            if there := self.titles.get(title):
                return [Diagnostic(at, "row-title-there", {"title": title, "id": there})]
            if not title:
                return [Diagnostic(at, "row-without-id")]
            id_ = next(one for one in ids_from(self.sheet.collection, title) if one not in self.taken)
        elif not SLUG.fullmatch(id_) or id_ in RESERVED:
            return [Diagnostic(at, "new-id-not-an-id", {"id": id_})]
        ref = Ref(self.sheet.collection, id_)
        if any(one.was == str(ref) for one in self.content.retirements):
            return [Diagnostic(at, "new-id-taken", {"record": ref})]
        self.taken.add(id_)
        self.titles[title] = id_
        nothing = {column.name: "" for column in self.columns}
        data = with_cells({}, nothing, row.texts, self.columns)
        ordered = {name: data[name] for name in self.order if name in data}
        return Change(row.number, ref, new_file(ordered), {}, new=True, proposed=proposed)

    def _changed(self, row: Row, entry: Entry) -> Change | list[Diagnostic]:
        raw = (self.content.root / entry.path).read_bytes()
        document, _ = strict_yaml.read(raw, entry.path)
        cells = cells_of(document.data, self.columns)
        before = {name: cleaned(text) for name, text in cells.texts.items()}
        differing = {
            name: (before[name], row.texts[name])
            for name in before
            if row.texts.get(name, before[name]) != before[name]
        }
        if not differing:
            return []
        if faults := [*self._refused(row, entry, cells.version, differing)]:
            return faults
        faults = [
            Diagnostic(self.sheet.place(row.number, name), code, {"before": was, "now": now})
            for name, (was, now) in differing.items()
            for code in (
                ["cell-not-carried"] if name in cells.left else ["cell-lost"] if lost(was, now) else []
            )
        ]
        if faults:
            return faults
        data = with_cells(document.data, before, row.texts, self.columns)
        text = changed(raw.decode("utf-8"), document, dict(edits(document.data, data)), self.order)
        return Change(row.number, entry.ref, text, differing)

    def _refused(
        self, row: Row, entry: Entry, version: str, differing: Mapping[str, tuple[str, str]]
    ) -> Iterator[Diagnostic]:
        """That a row without a version is of a record that is there, or that its record has changed since; both are shown."""
        typed = row.texts.get(VERSION, "")
        if typed != version:
            at = self.sheet.place(row.number, VERSION if typed else ID)
            values = {"id": entry.id, "differences": _both(differing)}
            yield Diagnostic(at, "row-changed-meanwhile" if typed else "row-there-already", values)


def _both(differing: Mapping[str, tuple[str, str]]) -> Message:
    """What a record and a row say, where they differ."""
    zh = "".join(f"\n    {name}：表中“{now}”，现在“{was}”" for name, (was, now) in differing.items())
    en = "".join(f"\n    {name}: `{now}` in the sheet, `{was}` now" for name, (was, now) in differing.items())
    return Message(zh, en)
