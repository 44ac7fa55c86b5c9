"""A figure that was wrong: its new value with its evidence, and the correction that says so where it was published."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic_core import PydanticCustomError

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.files import held
from gazette.base.messages import Refused, listed
from gazette.base.strict_yaml import Document, Plain
from gazette.content.locks import value_now
from gazette.content.model import Content
from gazette.content.observations import value_place
from gazette.editing.yaml_edit import at, changed, new_file
from gazette.records.integrity import Correction
from gazette.records.validation import M, validate
from gazette.records.values import Amount, FieldRef, Figure, Localised, Qualifier, field_ref, typed

Files = dict[str, bytes | None]


def correct(
    content: Content, figures: Mapping[FieldRef, Mapping[str, str]], why: Localised | None, today: date
) -> Files:
    """The files to write, by path, that give figures other values, units, qualifiers, sources or anchors; "" removes one.

    What was published is corrected; `why` may be left out where nothing was. Several figures are given at once where
    a sum holds them together. Raises Refused.
    """
    published = {value_now(content, ref, said) for ref, said in content.locked.items()}
    files: Files = {}
    for ref, words in figures.items():
        one = value_of(content, ref)
        path, place = content.records[one.record].path, value_place(content, one)
        text, document = opened(content.root, path, files)
        before = at(document.data, place)
        assert isinstance(before, dict)
        after = typed_as(Figure, {key: value for key, value in {**before, **words}.items() if value})
        was, now = content.values[one], Amount(value=after.value, unit=after.unit, qualifier=after.qualifier)
        if str(was) != str(now) and one in published:
            if why is None:
                raise Refused("correction-unexplained", figure=one, value=content.in_words(was))
            files |= correction(content, one, was, now, (why, today), files)
        edits = {(*place, key): value or None for key, value in words.items()}
        files[path] = changed(text, document, edits).encode("utf-8")
    return files


def correction(
    content: Content,
    ref: FieldRef,
    was: Amount,
    now: Amount | None,
    said: tuple[Localised, date],
    files: Collection[str] = (),
) -> Files:
    """The file of a correction that says why and on which day a figure was corrected, or withdrawn; `files` are to be written too."""
    why, today = said
    data: dict[str, Plain] = {"figure": str(ref), "was": _amount(was)}
    data |= {"now": _amount(now)} if now else {}
    data |= {"why": {"zh": why.zh, "en": why.en}, "date": {"date": f"{today}", "basis": "stated"}}
    field = "" if ref.field == "figure" else f"-{ref.field.replace('_', '-')}"
    name = f"data/{Correction.collection}/{ref.record.id}{field}-{today}"
    paths = (f"{name}{number}.yml" for number in ("", *(f"-{n}" for n in range(2, len(files) + 1000))))
    path = next(path for path in paths if path not in files and not (content.root / path).exists())
    return {path: new_file(data).encode("utf-8")}


def _amount(amount: Amount) -> dict[str, Plain]:
    """An amount as an editor would type it."""
    words = {"value": typed(amount.value), "unit": amount.unit.id if amount.unit else ""}
    words["qualifier"] = "" if amount.qualifier is Qualifier.EXACT else str(amount.qualifier)
    return {key: value for key, value in words.items() if value}


def figure_named(name: str) -> FieldRef:
    """The figure that is named as an editor names it: `indicators/alliances`, `services/line.reach`. Raises Refused."""
    try:
        return field_ref(name)
    except PydanticCustomError:
        raise Refused("not-a-figure", word=name) from None


def value_of(content: Content, ref: FieldRef) -> FieldRef:
    """The value that is meant by a figure, or by one of its dates. Raises Refused."""
    one, several = content.value_ref(ref), content.observations(ref)
    if one in content.values:
        return one
    if several:
        raise Refused("which-value", figure=ref, names=listed(map(str, several)))
    raise Refused("no-such-value", figure=ref, hint=content.meant(str(ref), map(str, content.figures)))


def opened(root: Path, path: str, files: Files) -> tuple[str, Document]:
    """The text of a YAML file, as it is to be written if it is among `files`, and what it says."""
    raw = files.get(path) or held(root / path) or b""
    return raw.decode("utf-8"), strict_yaml.read(raw, path)[0]


def typed_as(model: type[M], data: Plain | None) -> M:
    """Plain values as a model has them. Raises Refused with all that the model refuses."""
    found, problems = validate(model, data if isinstance(data, dict) else {}, "", lambda *_: Position(""))
    if found is None or problems:
        raise Refused("values-refused", *(_alone(problem).told().partition("\n")[2] for problem in problems))
    return found


def _alone(problem: Diagnostic) -> Diagnostic:
    """A message whose right form is a value by itself, as a command takes it."""
    _, colon, value = problem.example.partition(": ")
    return replace(problem, right_form=value) if colon and "\n" not in value else problem
