"""Published records stay whole: sums add up, a published figure changes only with a correction, an id only with a retirement."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import listed, say
from gazette.content.locks import (
    IDS_LOCK,
    LOCK,
    line_place,
    not_yet_locked,
    unlocked,
    unlocked_names,
    value_now,
)
from gazette.content.model import Content
from gazette.content.observations import sides, value_position
from gazette.records import PAGED
from gazette.records.integrity import Retirement, Sum
from gazette.records.party import Mechanism
from gazette.records.sources import Indicator
from gazette.records.values import FieldRef, Qualifier, typed


def broken_sums(content: Content) -> Iterator[Diagnostic]:
    """A sum whose sides differ, or that adds what cannot be added."""
    for total in content.sums:
        if not all(ref in content.figures for ref in (total.total, *total.parts)):
            continue  # The references check has said so.
        found = sides(content, total)
        if not found:
            yield Diagnostic(content.position(total, ("parts",)), "sum-dates")
        for refs in found:
            yield from _broken(content, total, refs)


def _broken(content: Content, total: Sum, refs: tuple[FieldRef, ...]) -> Iterator[Diagnostic]:
    """What is wrong with a sum at one date, `refs` being its total and its parts."""
    whole, *parts = (content.values[ref] for ref in refs)
    exact = all(figure.qualifier is Qualifier.EXACT for figure in (whole, *parts))
    numbers = [figure.value for figure in parts if isinstance(figure.value, Decimal)]
    counted = total.records_of or ""
    if counted and counted not in PAGED:
        yield _unknown_collection(content.position(total, ("records_of",)), "records_of", counted)
    elif len(parts) > 1 and len({str(figure.unit) for figure in (whole, *parts)}) > 1:
        yield Diagnostic(content.position(total, ("parts",)), "sum-units")
    elif not exact or not isinstance(whole.value, Decimal) or len(numbers) < len(parts):
        yield Diagnostic(content.position(total, ("total",)), "sum-values")
    elif whole.value != (made := sum(numbers) if parts else len(content.collection(counted))):
        said = " + ".join(map(typed, numbers)) if parts else f"{counted}: {made}"
        values = {"sum": said, "total": typed(whole.value), "figure": refs[0]}
        also = tuple(value_position(content, ref) for ref in refs)
        yield Diagnostic(content.position(total, ("total",)), "broken-sum", values, also)


def miscounted_links(content: Content) -> Iterator[Diagnostic]:
    """A structure whose links are of no collection, or not as many as the figure that counts them."""
    for mechanism in content.collection(Mechanism.collection):
        assert isinstance(mechanism, Mechanism)
        if mechanism.structure is None:
            continue
        collection, count = mechanism.structure.links.each_of, mechanism.structure.links.count
        figure, number = content.figures.get(count), len(content.collection(collection))
        if collection not in PAGED:
            at = content.position(mechanism, ("structure", "links", "each_of"))
            yield _unknown_collection(at, "each_of", collection)
        elif any(ref.collection == collection for ref in content.unread):
            continue  # What is wrong with a record has been said.
        elif figure is not None and figure.value != number:
            at, value = content.position(mechanism, ("structure", "links", "count")), typed(figure.value)
            values = {"collection": collection, "number": number, "figure": count, "value": value}
            yield Diagnostic(
                at,
                "miscounted-links",
                values,
                also=(value_position(content, content.observations(count)[0]),),
            )


def _unknown_collection(at: Position, key: str, name: str) -> Diagnostic:
    return Diagnostic(at, "unknown-collection", {"name": name, "names": listed(PAGED), "key": key})


def silent_changes(content: Content) -> Iterator[Diagnostic]:
    """A figure that differs from its lock and whose corrections do not lead from the one to the other."""
    for ref, published in {**content.locked, **(content.base.figures if content.base else {})}.items():
        if ref.record in content.unread or value_now(content, ref, published):
            continue
        now = str(content.values.get(content.value_ref(ref)) or content.figures.get(ref) or "")
        record = content.records.get(ref.record)
        at = value_position(content, ref) if record else Position(LOCK)
        values = {
            "figure": f"{ref.record}.{ref.key}",
            "published": published,
            "now": now or say("removed"),
            "was_typed": _as_typed(published),
            "became": f"now: {{{_as_typed(now)}}}\n" if now else "",
        }
        yield Diagnostic(at, "changed-figure" if isinstance(record, Indicator) else "silent-change", values)


def changed_locks(content: Content) -> Iterator[Diagnostic]:
    """A line of a lock file that was changed or dropped since the base, where no correction or retirement says why."""
    if content.base is None:
        return
    lost: list[tuple[str, str, str]] = []
    for ref, published in content.base.figures.items():
        now = value_now(content, ref, published)
        if now is None or ref.record in content.unread:
            continue  # It is told as a silent change, or cannot be read.
        lines = {one: content.locked[one] for one in (ref, now) if one in content.locked}
        if not any(value_now(content, one, line) for one, line in lines.items()) and (
            lines or now in content.values
        ):
            said = "".join(f"{one.record}.{one.key}: {line}" for one, line in [*lines.items()][:1])
            lost.append((LOCK, f"{ref.record}.{ref.key}: {published}", said))
    retired = {retirement.was for retirement in content.retirements}
    gone = content.base.names - content.locked_names.keys() - retired
    lost += [(IDS_LOCK, name, "") for name in sorted(gone & content.published_names)]
    for file, published, line in lost:
        values = {"published": published, "now": line or say("removed"), "commit": content.base.commit}
        yield Diagnostic(line_place(content.root, file, published), "changed-lock", values)


def contradicted_corrections(content: Content) -> Iterator[Diagnostic]:
    """A figure whose newest correction says something else, or does not say which of several values it corrects."""
    for ref in {content.value_ref(correction.figure): None for correction in content.corrections}:
        history = content.history(ref)
        if ref.as_of and ref not in content.values and history[0].now:
            continue  # The references check has said so.
        if len(several := content.observations(ref)) > 1 and not ref.as_of:
            said = (one for one in several if str(content.values[one]) == str(history[0].now))
            names, right = listed(map(str, several)), next(said, several[-1])
            told = {"figure": ref, "names": names, "right": right}
            yield Diagnostic(content.position(history[0], ("figure",)), "correction-of-which", told)
            continue
        # Several corrections of one day have no order; the last of them is the one that says what holds now.
        newest = [str(each.now or "") for each in history if each.date == history[0].date]
        now = str(content.values.get(ref) or "")
        if ref.record not in content.unread and now not in newest:
            values = {"corrected": newest[0] or say("withdrawn"), "now": now or say("nothing")}
            yield Diagnostic(content.position(history[0], ("now",)), "contradicted-correction", values)


def unlocked_figures(content: Content) -> Iterator[Diagnostic]:
    """Figures not yet in the lock file; they are locked before they are published from main."""
    if new := [f"{ref.record}.{ref.key}" for ref in unlocked(content)]:
        yield not_yet_locked(LOCK, "unlocked-figure", new)


def _as_typed(amount: str) -> str:
    """`147 enterprise exact` as the mapping an editor types."""
    words = amount.split()
    if words == ["full_coverage"]:
        return "qualifier: full_coverage"
    value, *unit, qualifier = words
    typed = [f"value: {value}", *(f"unit: {name}" for name in unit)]
    return ", ".join([*typed, *([f"qualifier: {qualifier}"] if qualifier != "exact" else [])])


def wrong_retirements(content: Content) -> Iterator[Diagnostic]:
    """A retirement of what is still there, of what is retired already, or that leads to nothing."""
    first: dict[str, Retirement] = {}
    for retirement in content.retirements:
        earlier = first.setdefault(retirement.was, retirement)
        at = content.position(retirement, ("was",))
        if retirement.was in content.names:
            yield Diagnostic(at, "reused-id", {"name": retirement.was})
        elif earlier is not retirement:
            yield Diagnostic(at, "retired-twice", {"name": retirement.was, "file": earlier.path})
        elif retirement.now:
            yield from _astray(content, retirement)


def _astray(content: Content, retirement: Retirement) -> Iterator[Diagnostic]:
    """A retirement whose `now` is nothing, a draft, or leads back to itself."""
    now = retirement.now or ""
    chain = content.succession(retirement.was)
    at = content.position(retirement, ("now",))
    if chain[-1].now in {step.was for step in chain}:
        circle = " → ".join((*(step.was for step in chain), str(chain[-1].now)))
        yield Diagnostic(at, "retirement-circle", {"circle": circle})
    elif len(chain) > 1:
        return  # What it leads to was retired too, and is told of there.
    elif now not in content.names:
        yield Diagnostic(at, "no-successor", {"name": now, "hint": content.meant(now, content.names)})
    elif now not in content.published_names:
        yield Diagnostic(at, "draft-successor", {"name": now})


def lost_names(content: Content) -> Iterator[Diagnostic]:
    """An id or page that was published, is not there any more and is not retired."""
    retired = {retirement.was for retirement in content.retirements}
    new = [name for name in unlocked_names(content) if name not in retired]
    gone = content.base.names - content.locked_names.keys() if content.base else ()
    places = {name: line_place(content.root, IDS_LOCK, name) for name in sorted(gone)}
    for name, place in {**content.locked_names, **places}.items():
        if name in content.published_names or name in retired:
            continue
        if name in content.names:
            yield Diagnostic(place, "published-id-now-draft", {"name": name})
            continue
        folder = name.rpartition("/")[0]
        beside = [other for other in new if other.rpartition("/")[0] == folder]
        close = difflib.get_close_matches(name, beside, 1, 0) or ["…"]
        yield Diagnostic(place, "lost-id", {"name": name, "file": retirement_file(name), "now": close[0]})


def unlocked_ids(content: Content) -> Iterator[Diagnostic]:
    """Ids and pages not yet in the lock file; they are locked before they are published from main."""
    if new := unlocked_names(content):
        yield not_yet_locked(IDS_LOCK, "unlocked-id", new)


def retirement_file(name: str) -> str:
    """The file for the retirement of a name: `startup_records/kiln` has data/retired/startup-records-kiln.yml."""
    return f"data/retired/{name.replace('/', '-').replace('_', '-').lower()}.yml"
