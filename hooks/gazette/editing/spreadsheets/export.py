"""The sheets of a collection: an empty one to fill in, and one of its records to edit, which imports as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gazette.base import strict_yaml
from gazette.base.messages import Message, listed, say
from gazette.build.progress import Progress
from gazette.content.model import Content
from gazette.editing.spreadsheets.cells import Cells, Data, cells_of
from gazette.editing.spreadsheets.columns import ID, VERSION, columns, unfit
from gazette.editing.spreadsheets.reading import no_such_collection
from gazette.editing.spreadsheets.workbook import workbook
from gazette.records import DATA_FOLDERS
from gazette.records.record import Entry


def template(content: Content, collection: str) -> tuple[bytes, tuple[Message, ...]]:
    """The workbook to fill in, and what of a record it has no column for. Raises Refused."""
    _known(collection)
    entries = entries_of(content, collection)
    example = {column.name: column.example for column in columns(collection) if column.required}
    if entries:
        example = dict(cells_of(data_of(content.root, entries[0]), columns(collection)).texts)
    return workbook(collection, content, (), example), tuple(_not_in_sheets(collection))


def export(
    content: Content, collection: str, progress: Progress, *, as_csv: bool
) -> tuple[bytes, tuple[Message, ...]]:
    """The records of a collection as a workbook or as CSV, and what of them it leaves out. Raises Refused."""
    _known(collection)
    made = columns(collection)
    entries = entries_of(content, collection)
    progress.stage("writing-sheet", len(entries))
    left: dict[str, list[str]] = {}
    rows: list[Mapping[str, str]] = []
    for entry in entries:
        data = data_of(content.root, entry)
        cells = cells_of(data, made)
        rows.append(row_of(entry.id, cells))
        for name in cells.left:
            left.setdefault(name, []).append(entry.id)
        for one in unfit(collection):
            if one.parts and one.name in data:
                left.setdefault(one.name, []).append(entry.id)
        progress.step()
    said = [*_not_in_sheets(collection)]
    said += [say("left-as-it-is", name=name, ids=listed(ids)) for name, ids in left.items()]
    names = [ID, *(column.name for column in made), VERSION]
    body = _csv(names, rows) if as_csv else workbook(collection, content, rows)
    return body, tuple(said)


def row_of(id_: str, cells: Cells) -> dict[str, str]:
    """The row of a record."""
    return {ID: id_, **cells.texts, VERSION: cells.version}


def entries_of(content: Content, collection: str) -> tuple[Entry, ...]:
    """The records of a collection in the order of its list; of what is on no page, by id."""
    listed_ones = content.collection(collection)
    others = (*content.units.values(), *content.sums, *content.corrections, *content.retirements)
    return listed_ones or tuple(
        sorted((one for one in others if one.collection == collection), key=lambda one: one.id)
    )


def data_of(root: Path, entry: Entry) -> Data:
    """What stands in a record's file."""
    return strict_yaml.read((root / entry.path).read_bytes(), entry.path)[0].data


def _known(collection: str) -> None:
    if collection not in DATA_FOLDERS:
        raise no_such_collection(collection)


def _not_in_sheets(collection: str) -> Iterator[Message]:
    for one in unfit(collection):
        if one.parts:
            label = Message(one.label.zh, one.label.en)
            yield say("not-in-sheets", name=one.name, label=label, parts=one.parts)


def _csv(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as CSV with a byte-order mark, by which Excel knows UTF-8."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return made.getvalue().encode("utf-8-sig")
