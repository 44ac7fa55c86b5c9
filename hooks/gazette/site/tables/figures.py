"""The table of figures: a row for each that is published, whatever record it stands in."""

from __future__ import annotations

from typing import Any

from gazette.content.model import Content
from gazette.content.observations import entry_ref
from gazette.language import wording
from gazette.records.values import LOCALES, FieldRef, Figure
from gazette.site.pages import Locate, figure_id, figure_url, record_path, url_of
from gazette.site.tables.columns import amount_cells, amount_fields, date_cells, date_fields, figure_key
from gazette.site.tables.table import Cell, Field, Rows, Table, said, sentence


def figures_table(content: Content, locate: Locate) -> Table:
    """Every figure in list order; `locate` gives the addresses of its entry and its record."""
    amount = amount_fields(Figure)
    names = {
        "unit": [_text(f"unit_{key}", f"单位{zh} | the unit in {en}") for key, zh, en in _LANGUAGES],
        "source": [
            _text(f"source_{key}", f"来源标题{zh} | title of the source in {en}")
            for key, zh, en in _LANGUAGES
        ],
    }
    fields = (
        _text("id", "数据编号：类别/记录.字段 | id of the figure: collection/record.field", required=True),
        _text("record", "所在记录的编号 | id of the record it stands in", required=True),
        *(_text(f"counts_{key}", f"统计内容{zh} | what it counts, in {en}", required=True) for key, zh, en in _LANGUAGES),
        *(field for name in amount for field in (amount[name], *names.get(name, ()))),
        *date_fields("as_of", said("截至 | as of"), required=False),
        Field("corrections", "integer", said("更正过几次 | how many times it was corrected"), required=True),
        *(_text(f"url_{key}", f"网址{zh} | address in {en}", required=True) for key, zh, en in _LANGUAGES),
    )  # fmt: skip
    rows = Rows(tuple(content.values.items()), lambda item: _row(content, *item, locate))
    about = sentence("每个已发布的数据一行，注明出处 | Every published figure, a row each, with its source.")
    title = said(" | ".join(wording.label("figures", locale) for locale in LOCALES))
    return Table("figures", title, about, fields, rows)


def figures_made_from(content: Content) -> list[Any]:
    """What the table of figures is made from, its addresses aside: to tell it takes a tenth of the time of making the rows."""
    figures = [
        (ref, vars(figure), *(wording.counted(content.records[ref.record], ref.field, locale) for locale in LOCALES),
         content.as_of(ref), len(content.history(ref)))
        for ref, figure in content.values.items()
    ]  # fmt: skip
    sources = [(source.ref, source.title) for source in content.collection("sources")]
    units = [content.hash_of(unit) for unit in content.units.values()]
    return [figures, sources, units, "figures" in content.prose]


_LANGUAGES = (("zh", "（中文）", "Chinese"), ("en", "（英文）", "English"))


def _text(name: str, about: str, *, required: bool = False) -> Field:
    return Field(name, "string", said(about), required)


def _row(content: Content, ref: FieldRef, figure: Figure, locate: Locate) -> tuple[Cell, ...]:
    record, source = content.records[ref.record], content.records[figure.source]
    unit = content.units.get(figure.unit) if figure.unit else None
    named = entry_ref(content, ref)
    beside: dict[str, tuple[Cell, ...]] = {
        "unit": (unit.zh, unit.en.before or unit.en.other) if unit else (None, None),
        "source": tuple(source.title.to(locale) for locale in LOCALES),
    }
    return (
        figure_key(named),
        str(ref.record),
        *(wording.counted(record, ref.field, locale) for locale in LOCALES),
        *(cell for name, value in amount_cells(figure, content.units).items() for cell in (value, *beside.get(name, ()))),
        *date_cells(content.as_of(ref)),
        len(content.history(ref)),
        *(
            locate(_entry_url(content, named, locale))
            for locale in LOCALES
        ),
    )  # fmt: skip


def _entry_url(content: Content, ref: FieldRef, locale: str) -> str:
    """The address of a figure's entry; what it was before stands on its record's page."""
    if not ref.as_of and "figures" in content.prose:
        return figure_url(ref, locale)
    place = f"#{figure_id(ref)}" if ref.as_of else ""
    return url_of(record_path(ref.record), locale) + place
