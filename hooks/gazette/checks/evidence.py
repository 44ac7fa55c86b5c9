"""Evidence: a figure and hours say what the characters say that they rest on, and what has an archive was proved against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from gazette.base.diagnostics import Diagnostic
from gazette.base.grouping import grouped
from gazette.base.strict_yaml import Location
from gazette.content.model import Content, Owner, Prose
from gazette.language import wording
from gazette.language.daily_hours import daily_spans
from gazette.language.numerals import quantities
from gazette.records.dates import DailyTime
from gazette.records.record import Record, evidence, figures, parts
from gazette.records.sources import Archive, Source
from gazette.records.values import Figure, Qualifier, Ref

_CHINESE = re.compile("[\u2e80-\u9fff]")
_BETWEEN = re.compile(r"[\s-]*[（(]?")
"""What may stand between a number and its unit."""
_UNITS_OF_ALL = frozenset(
    (
        "年",
        "月",
        "日",
        "号",
        "时",
        "点",
        "分",
        "秒",
        "个月",
        "小时",
        "分钟",
        "分之",
        "%",
        "％",
        "‰",
        "百分点",
        "个百分点",
        "倍",
    )
)
"""Words that are units whether the content has them or not."""
_MEASURES = ("大", "个", "家", "名", "户", "项", "次", "条", "位", "人", "处", "所")
"""What a numeral of one character counts with: without, it is no number in 统一 and 三农."""
_SHOWN = 5


def contradicted_figures(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A figure whose own anchor does not say it."""
    units = {
        ref: frozenset(word for word in (unit.zh, unit.en.one, unit.en.other) if word)
        for ref, unit in content.units.items()
    }
    words = _UNITS_OF_ALL.union(*units.values())
    for owner in owners:
        for location, figure in () if isinstance(owner, Prose) else figures(owner):
            # A unit that is not there is told of by itself, and its words are not known.
            own = units.get(figure.unit, words) if figure.unit else frozenset()
            if not _is_said(figure, own, words):
                at = content.position(owner, (*location, "at"))
                values = {"at": figure.at, "figure": content.in_words(figure)}
                yield Diagnostic(at, "anchor-says-otherwise", values)


def contradicted_hours(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A span of hours whose own anchor does not say both its start and its end."""
    for owner in owners:
        for location, hours in () if isinstance(owner, Prose) else parts(owner, DailyTime):
            if (hours.start, hours.end) not in daily_spans(hours.at):
                at = content.position(owner, (*location, "at"))
                said = wording.daily_time(hours, "zh")
                values = {"at": hours.at, "hours": f"{hours.start:%H:%M}–{hours.end:%H:%M}", "right": said}
                yield Diagnostic(at, "anchor-says-other-hours", values)


def _is_said(figure: Figure, own: frozenset[str], words: frozenset[str]) -> bool:
    """Whether the anchor holds a quantity with the figure's value and qualifier, and after it none of the `words` for units but its own."""
    at = figure.at
    if figure.qualifier is Qualifier.FULL_COVERAGE:
        return "全覆盖" in at or "full coverage" in at.lower()
    for found in quantities(at, "zh" if _CHINESE.search(at) else "en"):
        between = _BETWEEN.match(at, found.end)
        rest = at[between.end() :] if between else ""
        # Of words that begin alike the longest is meant: 家庭 rather than 家.
        unit = found.unit or max(filter(rest.startswith, words), key=len, default="")
        said = at[found.start : found.end]
        counts = len(said) > 1 or said.isdecimal() or unit or rest.startswith(_MEASURES)
        is_same = (found.value, found.qualifier) == (figure.value, figure.qualifier)
        if is_same and counts and unit in ("", *own):
            return True
    return False


def archives(content: Content) -> Mapping[Ref, Archive]:
    """The archive of each source that names one."""
    sources = content.collection(Source.collection)
    return {each.ref: each.archive for each in sources if isinstance(each, Source) and each.archive}


def anchors(content: Content, sources: Iterable[Ref]) -> Iterator[tuple[Record, Location, Ref, str]]:
    """Every anchor in some sources: the record, its place there, the source, the characters."""
    wanted = frozenset(sources)
    for record in content.records.values() if wanted else ():
        if not wanted.isdisjoint(record.cited):
            for location, item in evidence(record):
                if item.source in wanted:
                    yield record, (*location, "at"), item.source, item.at
        if isinstance(record, Source) and record.ref in wanted:
            for number, left_out in enumerate(record.left_out):
                yield record, ("left_out", number, "at"), record.ref, left_out.at


def unproved_anchors(content: Content) -> Iterator[Diagnostic]:
    """The anchors of each source with an archive that `gazette verify` has not found in it as it is registered."""
    kept = archives(content)
    proved = {
        (ref, at)
        for ref, archive in kept.items()
        if (proof := content.proofs.get(ref)) and proof.sha256 == archive.sha256
        for at in proof.places
    }
    found = anchors(content, kept)
    waiting = grouped(
        (ref, (record, place, at)) for record, place, ref, at in found if (ref, at) not in proved
    )
    for ref, items in waiting.items():
        first, *also = (content.position(record, place) for record, place, _ in items[:_SHOWN])
        names = ", ".join(at for _, _, at in items[:_SHOWN]) + (" …" if len(items) > _SHOWN else "")
        values = {"source": ref.id, "count": len(items), "names": names}
        yield Diagnostic(first, "unproved-anchor", values, tuple(also), pending=True)
