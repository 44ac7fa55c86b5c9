"""What every record has, whatever its collection."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, get_args

from pydantic import Field

from gazette.records.photos import Photo
from gazette.records.values import AnyRef, Evidence, FieldRef, Figure, Localised, Model, Point, Ref


class Entry(Model):
    """A file of `data/`: `data/<collection>/<id>.yml`."""

    collection: ClassVar[str]
    id: str = Field("", exclude=True)

    @property
    def ref(self) -> Ref:
        """This entry's own reference."""
        return Ref(self.collection, self.id)

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
    order: int = Field(
        0,
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


Located = tuple[tuple[str | int, ...], Any]
"""A value inside a record and the path of field names and indexes that leads to it."""


def parts(record: Model) -> list[Located]:
    """Every model and reference inside a record with its location, outermost first, the record itself among them."""
    found: list[Located] = [((), record)]
    _collect(record, (), found)
    return found


def _collect(model: Model, location: tuple[str | int, ...], found: list[Located]) -> None:
    for name in _holders(type(model)):
        value = getattr(model, name)
        if type(value) is tuple:
            for index, item in enumerate(value):
                _add(item, (*location, name, index), found)
        elif value is not None:
            _add(value, (*location, name), found)


def _add(value: Any, location: tuple[str | int, ...], found: list[Located]) -> None:
    found.append((location, value))
    if isinstance(value, Model):
        _collect(value, location, found)


@cache
def _holders(model: type[Model]) -> tuple[str, ...]:
    """The fields that may hold models or references; most hold plain values, and every rule goes through every record."""
    return tuple(name for name, field in model.model_fields.items() if _holds(field.annotation))


def _holds(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, (Model, Ref, FieldRef)):
        return True
    return any(map(_holds, get_args(annotation)))


def references(record: Model) -> Iterator[tuple[tuple[str | int, ...], Ref]]:
    """Every reference a record makes, with its location."""
    for location, value in parts(record):
        if isinstance(value, Ref):
            yield location, value
        elif isinstance(value, FieldRef):
            yield location, value.record


def evidence(record: Model) -> Iterator[tuple[tuple[str | int, ...], Evidence]]:
    """Everything in a record that names a source and an anchor: figures, points, times and plain evidence."""
    return ((location, value) for location, value in parts(record) if isinstance(value, Evidence))


def figures(record: Model) -> Iterator[tuple[tuple[str | int, ...], Figure]]:
    """Every figure of a record, with its location."""
    return ((location, value) for location, value in parts(record) if isinstance(value, Figure))


def photos(record: Model) -> Iterator[tuple[tuple[str | int, ...], Photo]]:
    """Every photograph of a record, those of comparisons among them, with its location."""
    return ((location, value) for location, value in parts(record) if isinstance(value, Photo))
