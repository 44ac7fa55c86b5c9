"""Whatever is mistyped in the real content, a check says where, or the page says what was written: nothing is lost, nothing crashes."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from lxml.html import HtmlElement, fragment_fromstring

from gazette.base.diagnostics import Diagnostic
from gazette.base.strict_yaml import AS_TYPED
from gazette.build.files import site_files
from gazette.build.markdown_parser import MarkdownParser
from gazette.build.settings import load_settings, read_settings
from gazette.checks import CHECKS, TEXT_CHECKS
from gazette.content.calls import with_made
from gazette.content.file_reader import Reader
from gazette.content.loader import load
from gazette.content.model import Content, Owner, Prose
from gazette.records import page_path
from gazette.records.record import Record
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Ref
from gazette.site.model import build_model
from gazette.templates.renderer import Renderer

SEED, MUTATIONS, SAMPLE = 20261130, 3000, 120
MARK = "⟦⟧"
"""Stands in for what a call makes, in the page and in what was written."""

SIGNS = (
    *"*_`#|<>[](){}\\&:\"'-+~!^=%$@?.,;/ \t\n甲a1", "　", "“", "”", "‘", "（", "）", "＃", "｜", "【", "：", "，", "·", "{{", "}}", "{%", "%}",
    "{#", "#}", "{: .a }", "**", "__", "``", "```", "~~~", "---", "===", "<b>", "</b>", "<div>", "</div>", "<ABC公司>", "<br>", "<!--",
    "&nbsp;", "&lt;", "](", "](a.md)", "[^1]", "[1]: ", "[TOC]", "https://example.org", "  \n", "\n\n", "\n\n\n", "\n    ", " #", "\u200b", "\ufeff",
)  # fmt: skip
STARTS = ("- ", "* ", "+ ", "1. ", "2. ", "1) ", "2021. ", "# ", "## ", "##", "> ", ": ", "| ", "    ", "  ", "   ", " ", "\t", "　　", "• ", "1、", "=== ", "---", "```\n", "{# ", "zh: ")  # fmt: skip


class Mutated(NamedTuple):
    """A file as it was mistyped, and how."""

    path: str
    text: str
    how: str


def mistyped(text: str, chance: random.Random) -> tuple[str, str]:
    """A text with one mistake in it, and what that is."""
    at = chance.randrange(len(text))
    lines = text.split("\n")
    line = chance.randrange(len(lines))
    match chance.choice(
        ("sign", "sign", "sign", "cut", "twice", "swap", "start", "start", "indent", "join", "split", "quote")
    ):
        case "sign":
            sign = chance.choice(SIGNS)
            return text[:at] + sign + text[at:], f"{sign!r} at {at}"
        case "cut":
            return text[:at] + text[at + 1 :], f"{text[at]!r} cut at {at}"
        case "twice":
            return text[:at] + text[at] + text[at:], f"{text[at]!r} twice at {at}"
        case "swap":
            return text[:at] + text[at : at + 2][::-1] + text[
                at + 2 :
            ], f"{text[at : at + 2]!r} swapped at {at}"
        case "start":
            start = chance.choice(STARTS)
            lines[line] = start + lines[line]
            return "\n".join(lines), f"{start!r} before line {line + 1}"
        case "indent":
            lines[line] = (
                lines[line].lstrip() if lines[line][:1] == " " else " " * chance.randint(1, 5) + lines[line]
            )
            return "\n".join(lines), f"indent of line {line + 1}"
        case "join":
            lines[line : line + 2] = ["".join(lines[line : line + 2])]
            return "\n".join(lines), f"line {line + 1} joined to the next"
        case "split":
            return text[:at] + "\n" + text[at:], f"split at {at}"
    quotes = [place for place, sign in enumerate(text) if sign in "\"'“”‘’"] or [at]
    at, other = chance.choice(quotes), chance.choice("\"'“”‘’")
    return text[:at] + other + text[at + 1 :], f"{other} for {text[at]!r} at {at}"


class Project:
    """The real content in a folder of its own, of which one file at a time is another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content, problems = load(root)
        assert problems == []
        self.paths = sorted(path for path in self.content.hashes if "lock" not in path)
        config = load_settings(root)
        files = site_files(config, build_model(self.content)[0], read_settings(config)[0].palette)
        self.parser = MarkdownParser(config, files, lambda _: None)

    def read(self, path: str, problems: list[Diagnostic]) -> Owner | None:
        """The record or page of a file as it is now."""
        top, folder, name = path.split("/", 2)
        reader = Reader(self.root)
        stem = name.rpartition(".")[0]
        found = (
            reader.entry(path, Ref(folder, stem), problems) if top == "data" else reader.prose(stem, problems)
        )
        self.hashes = reader.hashes
        return found

    def told(self, owner: Owner) -> tuple[Content, list[Diagnostic]]:
        """The content with this record or page, and all that is said of it, less what only waits."""
        records, prose, units = dict(self.content.records), dict(self.content.prose), dict(self.content.units)
        if isinstance(owner, Prose):
            prose[owner.path] = owner
        record = owner.matter if isinstance(owner, Prose) else owner
        if isinstance(record, Record):
            records[record.ref] = record
        if isinstance(record, Unit):
            units[record.ref] = record
        hashes = {**self.content.hashes, **self.hashes}
        content = replace(self.content, records=records, prose=prose, units=units, hashes=hashes)
        found = [said for rule in TEXT_CHECKS for said in rule(content, [owner])]
        found += [said for rule in CHECKS for said in rule(content)]
        return content, [said for said in found if not said.pending]

    def published(self, content: Content, owner: Owner, locale: str) -> str | list[Diagnostic]:
        """The HTML of the page of a record or of prose, MARK for each call; or what is wrong with it."""
        path = owner.path if isinstance(owner, Prose) else page_path(str(owner.ref))
        site_model, wrong = build_model(content)
        page = site_model.pages.get(f"{locale}/{path}.md")
        if wrong or page is None:
            return wrong
        rendered = Renderer(site_model).render(page)
        if rendered.faults:
            return [*rendered.faults]
        text = rendered.text
        if isinstance(owner, Prose):
            text = ("", with_made(owner.bodies[locale], lambda *_: MARK).text, "")
        return self.parser.body(page, text)


# ── The independent reader: of HTML by lxml, of Markdown by what is no letter in it ──────────────────────────────


def letters(text: str) -> str:
    """What a text says, without white space and the signs that Markdown has."""
    return re.sub(r"[\s*_`#|~\[\](){}<>\\+=:!.^\-/\"'&;]", "", text)


def read_html(fragment: str) -> str:
    """What the HTML of a page says, with the numbers of its lists."""
    said: list[str] = []

    def read(element: HtmlElement) -> None:
        if element.get("class") in ("footnote-backref", "footnote-ref"):
            said.append(element.tail or "")
            return
        parent = element.getparent()
        if (
            element.tag == "li"
            and parent is not None
            and parent.tag == "ol"
            and not parent.xpath("ancestor::div[@class='footnote']")
        ):
            items = [item for item in parent if item.tag == "li"]
            said.append(str(int(parent.get("start", "1")) + items.index(element)))
        if element.tag == "img":
            said.append(element.get("alt", ""))
        said.append(element.text or "")
        for inner in element:
            read(inner)
        said.append(element.tail or "")

    read(fragment_fromstring(fragment, create_parent="div"))
    return letters("".join(said))


CODE = re.compile(
    r"^(```+|~~~+)[^\n]*\n(.*?)^\1[ ]*$|(?<![`\\])(`+)(?!`)((?:(?!\n\s*\n).)+?)(?<!`)\3(?!`)",
    re.DOTALL | re.MULTILINE,
)


INDENTED = re.compile(
    r"(\A\n*|^(?![ \t]*(?:[-+*]|\d+\.)[ ])[^ \t\n][^\n]*\n(?:[ \t]*\n)+)((?:(?: {4}|\t)[^\n]*\n)+)",
    re.MULTILINE,
)
"""Code by its indent: after an empty line, and not in a list."""


def read_markdown(source: str) -> str:
    """What a Markdown text says, as far as it can be told without parsing it."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2] or found[4] or "")
        return f"\ue000{len(kept) - 1}\ue001"

    text = CODE.sub(keep, source)
    text = INDENTED.sub(lambda found: found[1] + keep(re.match("()(?s:(.*))", found[2])), text)  # type: ignore[arg-type]
    text = re.sub(r"\{#\s.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", MARK, text, flags=re.DOTALL)
    text = re.sub(r"\[([^\[\]]*)\]\(\s*[^()\s]*(?:\s+\"[^\"\n]*\")?\s*\)", r"\1", text)
    text = re.sub(r"\{:?[ ]*[#.\w][^{}\n]*\}", "", text)
    text = re.sub(r"^\[[^\]\n]+\]:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^[^\]\n]+\]:?", "", text)
    text = re.sub(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", "", text)
    text = html.unescape(text)
    while "\ue000" in text:  # A span may stand in code by its indent.
        text = re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], text)
    return letters(text)


def read_record(source: str, locale: str) -> Iterator[str]:
    """The words of a record that its page shows as they are."""
    record = yaml.load(source, Loader=AS_TYPED)
    values = [
        record.get("summary"),
        *(point.get("text") for point in record.get("points") or ()),
        *(record.get("not_stated") or ()),
    ]
    return (letters(value[locale]) for value in values if value)


def outcome(project: Project, mutated: Mutated) -> str | None:
    """What is wrong with what became of a mutation; None where nothing is."""
    problems: list[Diagnostic] = []
    owner = project.read(mutated.path, problems)
    content = None
    if owner is not None and not problems:
        content, problems = project.told(owner)
    if problems:
        return _unlocated(project.root, problems)
    if owner is None or content is None:
        return "nothing was said, and nothing read"
    if not isinstance(owner, Prose | Record) or isinstance(owner, Unit):
        return None
    for locale in LOCALES:
        made = project.published(content, owner, locale)
        if isinstance(made, list):
            return _unlocated(project.root, made) if made else None
        if isinstance(owner, Prose):
            _, _, source = (
                (project.root / f"docs/{locale}/{owner.path}.md")
                .read_text(encoding="utf-8-sig")
                .split("---\n", 2)
            )
            given, said = read_markdown(source), read_html(made)
            if given != said:
                return f"written: {given}\npublished: {said}"
        else:
            said = read_html(made)
            page = letters(owner.summary.to(locale))
            missing = [
                words for words in read_record(mutated.text, locale) if words not in said and words != page
            ]
            if missing:
                return f"not published: {missing}"
    return None


def _unlocated(root: Path, problems: list[Diagnostic]) -> str | None:
    """The messages that name no place of a file, or say nothing in one of the languages."""
    for said in problems:
        file = root / said.at.path
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else []
        if not 1 <= said.at.line <= max(len(lines), 1) or said.at.column < 1 or not said.zh or not said.en:
            return f"without a place: {said}"
    return None


def test_a_mutation_of_the_real_content_is_told_or_published_as_written(
    copy: Path, request: pytest.FixtureRequest
) -> None:
    project, chance = Project(copy), random.Random(SEED)
    count = MUTATIONS if request.config.getoption("sweep") == "all" else SAMPLE
    before = {path: (copy / path).read_text(encoding="utf-8") for path in project.paths}
    wrong = []
    for number in range(count):
        path = chance.choice(project.paths)
        text, how = mistyped(before[path], chance)
        (copy / path).write_text(text, encoding="utf-8", newline="\n")
        try:
            found = outcome(project, Mutated(path, text, how))
        except Exception as error:  # Whatever a check or a build should not end in.
            found = repr(error)
        (copy / path).write_text(before[path], encoding="utf-8", newline="\n")
        if found:
            wrong.append(f"{number} {path}: {how}\n{found}")
    assert not wrong, "\n\n".join([f"{len(wrong)} of {count}", *wrong[:20]])
