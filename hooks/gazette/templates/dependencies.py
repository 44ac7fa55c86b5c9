"""What a page asks of the content is noted as it is rendered: the answers to the same questions tell whether it would come out the same.

A question is a text such as `content.related record:alliances/tea`: what is asked, and of what.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import NoneType
from typing import Any, cast

from gazette.content.model import Content, Prose
from gazette.records.front_matter import Article
from gazette.records.record import Entry, Record
from gazette.records.values import FieldRef, Ref, field_ref
from gazette.site.lists import Listing, Lists
from gazette.site.pages import Page, above
from gazette.site.pagination import Part
from gazette.site.tables import Dataset

Appearances = Mapping[FieldRef, Iterable[Page]]

_NOT_NOTED = ("figure_ref", "meant")
"""What is asked about a part of an answer, and what is asked to word a mistake: that page is not kept."""


class DependencyTracker:
    """The content of one site model as pages are to ask of it: `content`, `lists`, `dataset` and `appearances` answer and note the question."""

    def __init__(
        self,
        content: Content,
        lists: Lists,
        dataset: Dataset,
        appearances: Appearances,
        pages: Mapping[str, Page],
    ) -> None:
        self._content, self._pages = content, pages
        self._asked: dict[str, None] = {}
        self._answers: dict[str, bytes] = {}
        self._shapes: dict[int, Any] = {}
        self._subjects: Mapping[str, Any] = {
            "content": content,
            "lists": lists,
            "dataset": dataset,
            "appearances": appearances,
            "file": lambda path: path in pages or path in content.media,
        }
        self.content = cast(Content, _Tracked("content", content, self._note))
        self.lists = cast(Lists, _Tracked("lists", lists, self._note))
        self.dataset = cast(Dataset, _Whole("dataset", dataset, self._note))
        self.appearances = cast(Appearances, _TrackedMapping("appearances", appearances, self._note))

    def start(self, asked: str = "") -> None:
        """From here on questions are those of one page, which has `asked` some before."""
        self._asked = dict.fromkeys(asked.split("\n")) if asked else {}

    def asked(self) -> str:
        """What has been asked since the start, a question a line."""
        return "\n".join(self._asked)

    def key(self, page: Page, asked: str) -> str:
        """The hash of a page and of the answers to what it has `asked`, a question a line."""
        answers, questions = self._answers, asked.split("\n") if asked else []
        try:
            answered = b"".join([answers[question] for question in questions])
        except KeyError:
            answered = b"".join(map(self._answer, questions))
        of_page = repr(self._of_page(page)).encode()
        return hashlib.blake2b(of_page + answered, digest_size=16).hexdigest()

    def linked(self, path: str) -> None:
        """Note that a page's text links to a page or a file of docs/, by its path there: whether there is one matters."""
        self._note(f"file {_written(path)}")

    def _note(self, question: str) -> None:
        self._asked[question] = None

    def _answer(self, question: str) -> bytes:
        """The hash of an answer, worked out once."""
        if question not in self._answers:
            try:
                plain = repr(self._plain(self._ask(question)))
            except LookupError:
                plain = "gone"
            self._answers[question] = hashlib.blake2b(plain.encode(), digest_size=16).digest()
        return self._answers[question]

    def _ask(self, question: str) -> Any:
        """Ask again."""
        path, _, of = question.partition(" ")
        subject, _, name = path.partition(".")
        asked: Any = self._subjects[subject]
        if name:
            asked = getattr(asked, name)
        if not of:
            return asked
        kind, _, value = of.partition(":")
        argument = _READ[kind](value)
        if kind == "record":
            argument = self._content.records.get(argument)
            if argument is None:
                return None
        return asked.get(argument) if isinstance(asked, Mapping) else asked(argument)

    def _of_page(self, page: Page) -> Any:
        """A page as its own template sees it, and the titles of the pages above it."""
        listing = page.listing
        return (
            *(page.locale, page.path, page.title, page.summary, page.layout, page.source, page.changed),
            *(page.empty, page.figures, page.body and (page.body.text, page.body.first_line)),
            page.record and self._plain(page.record),
            listing and (listing.of, listing.to and self._plain(listing.to)),
            page.part and self._plain(page.part),
            *((higher.path, higher.title) for higher in above(page, self._pages)),
            self._navigation,
        )

    @cached_property
    def _navigation(self) -> str:
        """What navigation and tabs may show on every page: the titles of the pages of prose."""
        titles = [
            (path, prose.matter.title.zh, prose.matter.title.en)
            for path, prose in self._content.prose.items()
            if not isinstance(prose.matter, Article)
        ]
        return hashlib.sha256(repr(titles).encode()).hexdigest()

    def _plain(self, value: Any) -> Any:
        """A value as something whose `repr` tells it from every other; a record is told by its file."""
        return _kind(type(value))(self, value)  # type: ignore[arg-type]

    def _of_dataset(self, dataset: Dataset) -> Any:
        files = {name: hashlib.sha256(body).hexdigest() for name, body in dataset.files.items()}
        return files, dataset.version, dataset.licence

    def _of_part(self, part: Part[Any]) -> Any:
        """What a page can tell of a list: what stands on it, and how it goes on."""
        if id(part) not in self._shapes:  # Parts live as long as the lists.
            self._shapes[id(part)] = (_shape(part), self._plain(part.items), part.previous, part.next)
        return self._shapes[id(part)]


def _shape(part: Part[Any]) -> Any:
    return part.steps, part.count, [_shape(below) for below in part.parts]


@functools.cache
def _kind(kind: type[Any]) -> Callable[[DependencyTracker, Any], Any]:
    """How values of a type are made plain."""
    if issubclass(kind, (str, int, Ref, FieldRef, NoneType)):
        return lambda _, value: value
    if issubclass(kind, (Entry, Prose)):
        return lambda tracker, value: tracker._content.hash_of(value)
    if issubclass(kind, Page):
        return lambda _, page: (page.src_uri, page.title)
    if issubclass(kind, Part):
        return DependencyTracker._of_part
    if issubclass(kind, Listing):
        return lambda tracker, listing: (
            *(listing.of, listing.to and listing.to.ref),
            tracker._of_part(listing.whole),
        )
    if issubclass(kind, Dataset):
        return DependencyTracker._of_dataset
    if issubclass(kind, Mapping):
        return lambda tracker, value: [
            (tracker._plain(key), tracker._plain(one)) for key, one in value.items()
        ]
    if issubclass(kind, (tuple, list)):
        return lambda tracker, value: [tracker._plain(one) for one in value]
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda tracker, value: [tracker._plain(getattr(value, name)) for name in names]
    return lambda _, value: repr(value)


_READ: Mapping[str, Callable[[str], Any]] = {
    "record": lambda text: Ref(*text.split("/", 1)),
    "ref": lambda text: Ref(*text.split("/", 1)),
    "figure": field_ref,
    "text": str,
}


def _written(argument: Any) -> str:
    """What is asked about, as text."""
    if isinstance(argument, Record):
        return f"record:{argument.ref}"
    if isinstance(argument, Ref):
        return f"ref:{argument}"
    if isinstance(argument, FieldRef):
        return f"figure:{argument}"
    assert isinstance(argument, str), argument
    return f"text:{argument}"


class _Tracked:
    """An object whose attributes, mappings and methods of one argument are noted when they are asked."""

    def __init__(self, name: str, subject: Any, note: Callable[[str], None]) -> None:
        self._name, self._subject, self._note = name, subject, note

    def __getattr__(self, attribute: str) -> Any:
        found, question = getattr(self._subject, attribute), f"{self._name}.{attribute}"
        if attribute in _NOT_NOTED:
            return found
        if isinstance(found, Mapping):
            found = _TrackedMapping(question, found, self._note)
        elif callable(found):
            found = _traced(question, found, self._note)
        else:
            self._note(question)
            return found
        self.__dict__[attribute] = found
        return found


class _Whole:
    """An object of which nothing can be asked without asking for all of it."""

    def __init__(self, name: str, subject: Any, note: Callable[[str], None]) -> None:
        self._name, self._subject, self._note = name, subject, note

    def __getattr__(self, attribute: str) -> Any:
        self._note(self._name)
        return getattr(self._subject, attribute)


def _traced(question: str, method: Callable[..., Any], note: Callable[[str], None]) -> Callable[..., Any]:
    def ask(argument: Any) -> Any:
        note(f"{question} {_written(argument)}")
        return method(argument)

    return ask


class _TrackedMapping(Mapping[Any, Any]):
    def __init__(self, question: str, subject: Mapping[Any, Any], note: Callable[[str], None]) -> None:
        self._question, self._subject, self._note = question, subject, note

    def __getitem__(self, key: Any) -> Any:
        self._note(f"{self._question} {_written(key)}")
        return self._subject[key]

    def __contains__(self, key: object) -> bool:
        self._note(f"{self._question} {_written(key)}")
        return key in self._subject

    def get(self, key: Any, default: Any = None) -> Any:
        """As a mapping's."""
        self._note(f"{self._question} {_written(key)}")
        return self._subject.get(key, default)

    def __iter__(self) -> Iterator[Any]:
        self._note(self._question)
        return iter(self._subject)

    def __len__(self) -> int:
        self._note(self._question)
        return len(self._subject)
