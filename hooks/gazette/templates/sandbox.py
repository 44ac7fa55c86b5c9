"""What a template may read and call: what is not named here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import FunctionType, MethodType
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gazette.content.events import Event
from gazette.language.wording import Spoken
from gazette.records.dates import Day
from gazette.records.record import Entry
from gazette.records.values import Model, Ref
from gazette.site.pages import Page
from gazette.site.tables.table import Field
from gazette.templates.charts.chart import Bar, Chart, Origin
from gazette.templates.view import View
from gazette.templates.view.listings import Group, Link, Listed

CALLS = (
    "label", "text", "figure", "plain", "date", "times", "link", "href", "records", "get", "related", "parts_of", "when",
    "news", "listed", "years", "timeline", "undated", "spoken", "dated", "options", "links", "stated", "sources", "entries",
    "entries_from", "count_from", "sort_value", "sums", "corrections", "observations", "dataset", "tables",
)  # fmt: skip
"""What every template is given by its name: a View's answers about the page and the content."""

_FROM_VIEW = (
    "asset", "by_name", "citation", "cited", "photo", "placed_photo", "section", "sections", "shared_date", "source_number",
    "unbroken", "unplaced_photos", "unrepeated",
)  # fmt: skip
"""What else a template may ask of `view`."""

_FUNCTIONS = {*CALLS, *_FROM_VIEW, "chart", "single", "items", "get"}
"""The names of our own functions, and of a mapping's, that may be called; macros are called by any name."""

_FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    View: (*CALLS, *_FROM_VIEW),
    Page: ("empty", "locale", "title"),
    Listed: ("items", "count", "parts", "opens", "whole"),
    Link: ("words", "href", "count", "parts"),
    Group: ("items", "count", "href"),
    Bar: Bar._fields,
    Chart: ("form", "title", "shape", "origin", "alternative", "columns", "rows", "notes"),
    Origin: Origin._fields,
    Field: ("name", "kind", "about"),
    Entry: ("collection", "ref"),
    Ref: ("collection", "id"),
    Day: Day._fields,
    Event: Event._fields,
    Spoken: Spoken._fields,
    LoopContext: ("first", "index", "last"),
    Mapping: ("items", "get"),
}
"""What may be read of a value of each type; of a record and its parts also every field of its model, and no method."""

_FILTERS = ("join", "length", "list", "map", "selectattr", "sort", "sum", "trim")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates: no attribute is read, no function called and no filter used but those named above."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in _FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja reads it, which asks more of every attribute and name than of those that are named above."""
        kind = type(obj)
        if kind is dict and attribute in obj:
            return obj[attribute]
        if attribute in fields_of(kind):  # type: ignore[arg-type]
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **words: Any) -> Any:
        """As Jinja calls it, which looks whether a function wants the context; ours, for which it keeps two words, do not."""
        if isinstance(obj, MethodType) and _is_ours(obj.__module__, obj.__name__):
            words.pop("_loop_vars", None)
            words.pop("_block_vars", None)
            return obj(*args, **words)
        return super().call(context, obj, *args, **words)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether it is named; of a template imported by another, its macros."""
        return attr in fields_of(type(obj)) or (isinstance(obj, TemplateModule) and isinstance(value, Macro))  # type: ignore[arg-type]

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether it is a macro, or one of our functions that is named; what is not there says so itself."""
        if isinstance(obj, (Macro, Undefined)):
            return True
        if isinstance(getattr(obj, "__self__", None), Mapping):
            return obj.__name__ in _FIELDS[Mapping]
        return isinstance(obj, (FunctionType, MethodType)) and _is_ours(obj.__module__, obj.__name__)


@cache
def _is_ours(module: str | None, name: str) -> bool:
    """Whether a function is one of ours that is named."""
    return str(module).startswith("gazette.") and name in _FUNCTIONS


@cache
def fields_of(kind: type[object]) -> frozenset[str]:
    """What may be read of a value of this type."""
    named = {name for owner, names in _FIELDS.items() if issubclass(kind, owner) for name in names}
    return frozenset(named | set(kind.model_fields)) if issubclass(kind, Model) else frozenset(named)
