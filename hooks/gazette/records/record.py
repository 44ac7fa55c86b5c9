"""What every record has, whatever its collection."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BeforeValidator, Field

from gazette.base.strict_yaml import Location
from gazette.records.dates import DailyTime, PartialDate
from gazette.records.photos import Photo
from gazette.records.values import (
    AnyRef,
    Evidence,
    FieldRef,
    Figure,
    Localised,
    Model,
    Point,
    Ref,
    ref_to,
    wrong,
)


def _as_written(said: object) -> object:
    """A whole number that editors and programs read alike: `010`, `1_0` and `1.0` are 8, 10 or no number to some."""
    if isinstance(said, str) and not re.fullmatch(r"0|-?[1-9][0-9]*", said):
        raise wrong("not-a-whole-number")
    return said


class Entry(Model):
    """A file of `data/`: `data/<collection>/<id>.yml`."""

    collection: ClassVar[str]
    id: str = Field("", exclude=True)

    @cached_property
    def ref(self) -> Ref:
        """This entry's own reference."""
        return ref_to(self.collection, self.id)

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """The references that it makes, each once."""
        return tuple(dict.fromkeys(ref for _, ref in references(self)))

    @cached_property
    def cited(self) -> tuple[Ref, ...]:
        """The sources of what it says, each once."""
        return tuple(dict.fromkeys(item.source for _, item in evidence(self)))

    @cached_property
    def structure_hash(self) -> str:
        """The hash of all that is said but in words, titles aside: while it holds, so do all lists, dates and references."""
        said = [getattr(self, "title", None), _without_words(self)]
        return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()

    @property
    def path(self) -> str:
        """The entry's file, relative to the project."""
        return f"data/{self.collection}/{self.id}.yml"


Fingerprint = Annotated[
    str | None,
    Field(
        description="英文所据中文的指纹，由命令写入 | fingerprint of the Chinese that the English was made from; "
        "written by `gazette translated`",
        pattern="^[0-9a-f]{12}$",
        examples=["3f9a1c0b7e52"],
    ),
]


class Record(Entry):
    """An entry with a page of its own in each language."""

    title: Localised = Field(description="名称 | name")
    summary: Localised = Field(
        description="一两句话的概述 | one or two sentences, for lists and search engines"
    )
    order: Annotated[int, BeforeValidator(_as_written)] = Field(
        0,
        ge=-9999,
        le=9999,
        description="列表中的次序 | place in lists, smallest first; without it by date, newest first",
        examples=["1"],
    )
    points: tuple[Point, ...] = Field(
        (), description="来源所载的事实 | what the sources report, a statement each"
    )
    not_stated: tuple[Localised, ...] = Field(
        (), description="读者会问而来源没有写的 | what a reader would ask and no source states"
    )
    photos: tuple[Photo, ...] = Field((), description="照片 | photographs, in the order they are shown")
    evidence: tuple[Evidence, ...] = Field(
        (), description="其他事实的出处 | anchors of facts that no figure or point carries"
    )
    translated: Fingerprint = None
    related: tuple[AnyRef, ...] = Field(
        (),
        description="相关条目 | related entries; the other page links back by itself",
        examples=["alliances/services"],
    )


def _without_words(value: Any) -> Any:
    """A value of a record as plain lists, without what only a page that shows the record can show."""
    if isinstance(value, Localised | Decimal):
        return None
    if isinstance(value, Model):
        fields = (name for name in type(value).model_fields if name != "translated")
        return [(name, _without_words(getattr(value, name))) for name in fields]
    return [_without_words(one) for one in value] if type(value) is tuple else value


Located = tuple[Location, Any]
"""A value inside a record and the path of field names and indexes that leads to it."""


def parts(record: Model, *kinds: type) -> list[Located]:
    """Every value of these kinds inside a record with its location, outermost first."""
    found: list[Located] = []
    _collect(record, (), kinds, found)
    return found


def _collect(model: Model, location: Location, kinds: tuple[type, ...], found: list[Located]) -> None:
    for name in _holders(type(model), kinds):
        value = getattr(model, name)
        items = enumerate(value) if type(value) is tuple else ((None, value),)
        for index, item in items:
            place = (*location, name) if index is None else (*location, name, index)
            if isinstance(item, kinds):
                found.append((place, item))
            if isinstance(item, Model):
                _collect(item, place, kinds, found)


@cache
def _holders(model: type[Model], kinds: tuple[type[Any], ...]) -> tuple[str, ...]:
    """The fields that may hold values of these kinds; most do not, and every rule goes through every record."""
    return tuple(name for name, field in model.model_fields.items() if _holds(field.annotation, kinds))


def _holds(annotation: Any, kinds: tuple[type, ...]) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, kinds):
        return True
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return bool(_holders(annotation, kinds))
    return any(_holds(inner, kinds) for inner in get_args(annotation))


def references(record: Model) -> Iterator[tuple[Location, Ref]]:
    """Every reference a record makes, with its location."""
    for location, value in parts(record, Ref, FieldRef):
        yield location, value if isinstance(value, Ref) else value.record


def answers(record: Record) -> tuple[str, ...]:
    """The fields of a record that answer a question by themselves: words, figures, dates, times, another record."""
    kinds = (Localised, Figure, PartialDate, Ref)
    values = {name: getattr(record, name) for name in type(record).model_fields}
    return tuple(
        name
        for name, value in values.items()
        if isinstance(value, kinds) or (type(value) is tuple and value and isinstance(value[0], DailyTime))
    )


def evidence(record: Model) -> Iterator[tuple[Location, Evidence]]:
    """Everything in a record that names a source and an anchor: figures, points, times and plain evidence."""
    return iter(parts(record, Evidence))


def figures(record: Model) -> Iterator[tuple[Location, Figure]]:
    """Every figure of a record, with its location."""
    return iter(parts(record, Figure))


def photos(record: Model) -> Iterator[tuple[Location, Photo]]:
    """Every photograph of a record, those of comparisons among them, with its location."""
    return iter(parts(record, Photo))
