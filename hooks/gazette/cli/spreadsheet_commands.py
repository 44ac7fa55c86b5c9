"""The subcommands of `gazette` that take content out and in: a template, an export, an import."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gazette.base.messages import Refused, say
from gazette.build import markdown_export
from gazette.build.progress import Progress
from gazette.cli.commands import PATH, command, output_option
from gazette.cli.word_commands import import_article
from gazette.editing import undo
from gazette.editing.spreadsheets import export as sheets
from gazette.editing.spreadsheets import report
from gazette.editing.spreadsheets.changes import changes
from gazette.editing.spreadsheets.notes import write_notes
from gazette.editing.spreadsheets.reading import read_sheet
from gazette.editing.spreadsheets.validation import faults_with
from gazette.site.model import load_readable


@contextmanager
def progress() -> Iterator[Progress]:
    """How far a long command is, on a terminal."""
    log = logging.getLogger("gazette")
    level = log.level
    log.setLevel(logging.INFO)
    made = Progress()
    try:
        yield made
    finally:
        made.close()
        log.setLevel(level)


@command("template", "写一张空的 Excel 表格 / write an empty Excel sheet for a collection")
@click.argument("collection", metavar="COLLECTION")
@output_option("文件，默认以类别为名 / the file, by default named for the collection")
def template(root: Path, collection: str, output: Path | None) -> None:
    body, said = sheets.template(load_readable(root), collection)
    output = output or Path(f"{collection}.xlsx")
    output.write_bytes(body)
    print(*said, say("sheet-written", file=output).on_one_line, sep="\n")


@command(
    "export",
    "把一类记录写成 Excel 表格或 CSV，或把整个网站写成 Markdown / write the records of a collection as Excel or CSV, "
    "or the whole site as Markdown",
)
@click.argument("collection", required=False, metavar="[COLLECTION]")
@output_option(
    "文件（.xlsx 或 .csv），默认以类别为名 / the file (.xlsx or .csv), by default named for the collection"
)
@click.option(
    "--markdown",
    type=PATH,
    metavar="DIR",
    help="把整个网站写成 Markdown，放进新文件夹 / write the whole site as Markdown into a new folder",
)
def export(root: Path, collection: str | None, output: Path | None, markdown: Path | None) -> int:
    if (collection is None) is (markdown is None) or (markdown and output):
        raise Refused("export-what")
    if markdown:
        status = markdown_export.export(root, markdown)
        if not status:
            print(say("markdown-written", folder=markdown).on_one_line)
        return status
    assert collection
    output = output or Path(f"{collection}.xlsx")
    content = load_readable(root)
    with progress() as shown:
        body, said = sheets.export(content, collection, shown, as_csv=output.suffix.lower() == ".csv")
    output.write_bytes(body)
    print(*said, say("sheet-written", file=output).on_one_line, sep="\n")
    return 0


@command(
    "import",
    "读入 Excel 表格、CSV 或 Word 文章，先列出改动 / read records from Excel or CSV, or an article from Word, "
    "showing what would change",
)
@click.argument("file", type=PATH, metavar="FILE")
@click.argument("collection", required=False, metavar="[COLLECTION]")
@click.option(
    "--write", is_flag=True, help="写入文件；不加只列出改动 / write the files; without it nothing is"
)
@click.option(
    "--id",
    "id_",
    metavar="ID",
    help="Word 文章的编号，默认由标题拟定 / the id of an article from Word, by default made of its title",
)
@click.option(
    "--figures",
    is_flag=True,
    help="Word 文章里确定的数据改为引用 / in an article from Word, call the figures that are certain",
)
def import_file(
    root: Path, file: Path, collection: str | None, write: bool, id_: str | None, figures: bool
) -> int:
    if file.suffix.lower() in (".docx", ".docm", ".doc", ".wps"):
        return import_article(root, file, id_, figures=figures, write=write)
    content = load_readable(root)
    with progress() as shown:
        shown.stage("reading-sheet")
        sheet = read_sheet(file, collection)
        found = changes(sheet, content, shown)
        faults = faults_with(sheet, found, content, shown)
    print(*sheet.told, *report.lines_of_changes(found), sep="\n")
    if faults:
        print(*report.lines_of_faults(faults, root), sep="\n", file=sys.stderr)
        if noted := write_notes(file, sheet, faults):
            print(say("notes-written", file=noted).on_one_line, file=sys.stderr)
        return 1
    if write and found.made:
        files = {change.path: change.text.encode("utf-8") for change in found.made}
        with undo.undoable(root, files):
            pass  # All that a check would say was asked before.
    if found.made:
        said = say("rows-written", count=len(found.made)) if write else say("write-to-import")
        print(said.on_one_line)
    return 0
