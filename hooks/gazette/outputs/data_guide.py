"""data/README.md: every collection and field, written from the models, and what the sources' facts leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gazette.content.model import Content
from gazette.language import wording
from gazette.records import DATA_FOLDERS
from gazette.records.dates import DailyTime, PartialDate
from gazette.records.front_matter import Article, PlainPage
from gazette.records.model_fields import choices, is_list, model_in, right_form
from gazette.records.party import Links, Structure, Tier
from gazette.records.photos import Comparison, Photo
from gazette.records.record import Record
from gazette.records.sources import Archive, LeftOut, Observation, Source
from gazette.records.terms import EnglishUnit, OtherNames
from gazette.records.values import Amount, Evidence, Figure, Localised, Point

_VALUES = (
    Localised, Evidence, Amount, Figure, Observation, Point, PartialDate, DailyTime, Photo, Comparison, Structure, Tier, Links, LeftOut,
    Archive, OtherNames, EnglishUnit,
)  # fmt: skip


def write(content: Content) -> None:
    (content.root / "data/README.md").write_text(render(content), encoding="utf-8", newline="\n")


def render(content: Content) -> str:
    head = resources.files("gazette.outputs").joinpath("data_guide.md").read_text(encoding="utf-8")
    parts = [head, "## 每条记录都有的 / What every record has\n", _table(Record.model_fields)]
    parts += ["## 类别 / Collections\n"]
    for name, model in DATA_FOLDERS.items():
        parts += [f"### `{name}` · {label(name)}\n", _section(model)]
    parts += ["## Markdown 题头 / Front matter\n"]
    parts += ["### `docs/zh/news/*.md`\n", _section(Article), "### `docs/zh/**/*.md`\n", _section(PlainPage)]
    parts += ["英文文件只写 `title` 和 `summary`。 / An English file has only `title` and `summary`.\n"]
    parts += ["## 值 / Values\n"]
    for value in _VALUES:
        parts += [f"### {value.__name__}\n", _section(value)]
    parts += ["## 没有收录的内容 / What is left out\n", *_left_out(content)]
    return "\n".join(parts)


def _section(model: type[BaseModel]) -> str:
    head = (model.__doc__ or "").strip().split("\n")[0].replace(" | ", "。\n") + "\n\n"
    shared = Record.model_fields if issubclass(model, Record) else {}
    own = {name: field for name, field in model.model_fields.items() if name not in shared}
    return head + (_table(own) if own else "")


def _table(fields: Mapping[str, FieldInfo]) -> str:
    rows = [
        f"| `{name}` | {'✓' if field.is_required() else ''} | {_form(field)} | {_meaning(field)} |"
        for name, field in fields.items()
        if name != "id"
    ]
    return "\n".join(["| | ✓ 必填 required | 写法 form | 说明 meaning |", "|---|---|---|---|", *rows]) + "\n"


def _meaning(field: FieldInfo) -> str:
    return _cell((field.description or "").replace(" | ", " / "))


def _form(field: FieldInfo) -> str:
    allowed = choices(field.annotation)
    if allowed:
        return _cell(" ".join(f"`{choice}`" for choice in allowed))
    inner, several = model_in(field.annotation), is_list(field.annotation)
    if inner in _VALUES:
        return f"{'list of ' if several else ''}[{inner.__name__}](#{inner.__name__.lower()})"
    example = right_form(field.annotation, field).strip().removeprefix("- ")
    return _cell(f"`{'- ' if several else ''}{example}`")


def _left_out(content: Content) -> Iterable[str]:
    for source in content.collection(Source.collection):
        assert isinstance(source, Source)
        yield f"### `{source.id}`\n"
        yield "| 原文 anchor | 原因 why | 来源的说法 what it says |\n|---|---|---|"
        for item in source.left_out:
            why = label(f"reason_{item.reason}")
            yield f"| {_cell(item.at)} | {why} | {_cell(item.text.zh)}<br>{_cell(item.text.en)} |"
        yield ""


def label(key: str) -> str:
    return f"{wording.label(key, 'zh')} / {wording.label(key, 'en')}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
