"""A page to HTML and Markdown by its templates: sandboxed Jinja, every undefined name an error with its place."""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from gazette.base.diagnostics import ContentError, Diagnostic, Position
from gazette.base.messages import NOTHING, did_you_mean, listed, say
from gazette.base.source_files import SourceFiles
from gazette.checks.markdown.markup import OWN_PLACES
from gazette.checks.markdown.outline import place_of
from gazette.content.calls import MAKES_BLOCKS, Call, Piece, TextOfMarkdown, example, faults, with_made
from gazette.content.examples import in_own_names
from gazette.content.front_matter import Markdown
from gazette.content.headings import opening_and_rest
from gazette.records.record import Record
from gazette.records.sources import Source
from gazette.records.values import FieldRef
from gazette.site.model import SiteModel, load_site
from gazette.site.pages import Page
from gazette.templates import charts
from gazette.templates.compiled import compiled
from gazette.templates.dependencies import DependencyTracker
from gazette.templates.sandbox import CALLS, Sandbox, fields_of
from gazette.templates.view import PageProblem, View, safe
from gazette.templates.view.figures import marked_once

PageText = tuple[str, ...]
"""The text of a page: HTML that templates made and Markdown that an editor wrote, in turns."""

_ENTITY = 40
"""No name of an entity of HTML is longer."""
_BEGINNING = re.compile(r"[\s>*+-]*(?:\{\{.*?\}\}|\d)*")
"""What may stand before the words of a line."""
_NUMBERED = re.compile(r"(?:\{\{.*?\}\}|\d)*[.)]")
"""What makes the number before it that of an item."""
_BODY = "\x01"
"""Stands where a template shows the body of its record."""


@dataclass(frozen=True)
class RenderedPage:
    """The `text` of a page, the `figures` it shows, its `dependencies`, a line each; or its `faults`."""

    text: PageText
    figures: tuple[FieldRef, ...]
    dependencies: str
    faults: Sequence[Diagnostic]


class Renderer:
    """Renders the pages of a site model, those that list all figures last: they tell where each figure appears."""

    def __init__(self, site_model: SiteModel) -> None:
        self.site_model = site_model
        self.appearances: dict[FieldRef, list[Page]] = {}
        self.tracker = DependencyTracker(site_model, self.appearances)
        self._jinja = jinja_environment(site_model.content.root / "overrides")

    @property
    def tracked_model(self) -> SiteModel:
        """The site model as a page reads it: what it reads is recorded."""
        tracker = self.tracker
        return replace(self.site_model, content=tracker.content, lists=tracker.lists, dataset=tracker.dataset)

    def render(self, page: Page) -> RenderedPage:
        """Render the text of a page."""
        self.tracker.start()
        view = View(self.tracked_model, page, appearances=self.tracker.appearances)
        text, faults = render_text(page, view, self._jinja)
        figures = tuple(dict.fromkeys((*view.printed, *page.fields)))
        return RenderedPage(text, figures, self.tracker.dependencies(), faults)

    def appear(self, page: Page, figures: Iterable[FieldRef]) -> None:
        """Note that figures appear on a page. That lists have them tells a reader nothing."""
        if not (page.only_lists or page.layout == "figures" or isinstance(page.record, Source)):
            for ref in figures:
                self.appearances.setdefault(ref, []).append(page)


def in_render_order(pages: Iterable[Page]) -> tuple[list[Page], list[Page]]:
    """The pages in the two turns in which they are to be rendered."""
    found = list(pages)
    last = [page for page in found if page.layout == "figures"]
    return [page for page in found if page.layout != "figures"], last


def render_site(root: Path, *, drafts: bool = False, problems: Iterable[Diagnostic] = ()) -> SiteModel:
    """The site model of a project with every page rendered; raises ContentError, as `load_site` does."""
    site_model = load_site(SourceFiles(root), drafts=drafts, problems=problems)
    renderer = Renderer(site_model)
    markdown: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for turn in in_render_order(site_model.pages.values()):
        for page in turn:
            rendered = renderer.render(page)
            renderer.appear(page, rendered.figures)
            markdown[page.src_uri] = "\n\n".join(rendered.text)
            faults += rendered.faults
    if faults:
        raise ContentError(in_own_names(faults, site_model.content), root)
    return replace(site_model, markdown=markdown)


def jinja_environment(overrides: Path, before: str = "") -> jinja2.Environment:
    """The Jinja environment of the text of pages: templates of `overrides`, sandboxed, strict, escaped.

    Those in its folder `before` take the place of others of their names.
    """
    folders = (overrides / before, overrides) if before else (overrides,)
    return Sandbox(
        loader=jinja2.FileSystemLoader(folders),
        bytecode_cache=compiled(overrides.parent, "text"),
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_text(page: Page, view: View, jinja: jinja2.Environment) -> tuple[PageText, list[Diagnostic]]:
    """The text of a page; or what is wrong with what it asks for."""
    calls = _Calls(context_of(page, view, jinja), jinja)
    try:
        text = _text(page, calls)
    except Exception as failure:  # A template may fail in any way that its author can think of.
        return (), calls.faults or [_fault(failure, _place(failure, page))]
    return ((), calls.faults) if calls.faults else (text, [])


def context_of(page: Page, view: View, jinja: jinja2.Environment) -> dict[str, Any]:
    """What a template is given to make a page of."""
    context = {name: getattr(view, name) for name in CALLS}
    context |= {"page": page, "record": page.record, "view": view}

    def chart(kind: str, *references: str) -> Markup:
        template = jinja.get_template("charts/chart.html")
        drawn = template.render(context, chart=charts.draw(view, kind, references))
        # A blank line would end the HTML block that this is to Markdown.
        return Markup("\n".join(line for line in drawn.splitlines() if line.strip()))

    return {**context, "chart": chart}


def record_html(page: Page, view: View, jinja: jinja2.Environment) -> Markup:
    """A record by the template of its page, but for its body."""
    template = jinja.select_template(_template_names(page))
    return Markup(template.render(context_of(page, view, jinja), body=""))


def _template_names(page: Page) -> list[str]:
    if page.record:
        return [f"records/{page.record.collection}/single.md", "records/single.md"]
    return [f"records/{page.shows}/list.md", f"records/{page.shows}.md"]


def _text(page: Page, calls: _Calls) -> PageText:
    """The text of a page: one of prose has its sources at the end, what it shows by itself stands after its opening."""
    body, context, jinja = page.body, calls.context, calls.jinja
    if not body or page.record:
        # The template asks what the body has cited and placed.
        written = calls.made(body) if body else ""
        html = jinja.select_template(_template_names(page)).render(context, body=Markup(_BODY))
        before, place, after = html.partition(_BODY)
        return (before, written, after) if place else (html,)
    text: PageText = ("",)
    if page.shows:
        opening, body = opening_and_rest(body)
        shown = jinja.select_template(_template_names(page))
        text = ("", calls.made(opening), shown.render(context))
    return (*text, calls.made(body), jinja.get_template("records/sources.md").render(context))


@dataclass(frozen=True)
class _Calls:
    """Makes what the calls of a page's text ask for; what could not be made is among its `faults`."""

    context: dict[str, Any]
    jinja: jinja2.Environment
    faults: list[Diagnostic] = field(default_factory=list)

    def made(self, body: Markdown) -> str:
        """A body with what its calls make; a photograph that it places is shaped by the templates."""
        if "{" not in body.text:
            return body.text
        self.faults.extend(faults(body))

        def make(piece: Piece, call: Call) -> str:
            try:
                made = self._make(call)
                return made if call.name in MAKES_BLOCKS else _as_words(made, body.text, piece)
            except Exception as failure:
                self.faults.append(_fault(failure, body.position(piece.start)))
            return ""

        made = with_made(body, make)
        self.faults.extend(_own_places(made))
        return marked_once(made.text)

    def _make(self, call: Call) -> str:
        own: dict[str, Callable[..., Any]] = {"label": self._label, "photo": self._photo}
        function = own.get(call.name) or self.context[call.name]
        words = dict(call.words)
        try:
            inspect.signature(function).bind(*call.arguments, **words)
        except TypeError as error:
            raise PageProblem("call-arguments", name=call.name, example=example(call.name)) from error
        value = function(*call.arguments, **words)
        for name in call.fields:
            known = fields_of(type(value))  # type: ignore[arg-type]
            if name not in known:
                near = get_close_matches(name, known, 1)
                there = say("there-is", names=listed(sorted(known))) if known else NOTHING
                hint = did_you_mean(near) if near else there
                raise PageProblem("no-such-field", record=call.argument, field=name, hint=hint)
            value = getattr(value, name)
        if value is None or value == ():
            raise PageProblem("value-not-stated")
        if isinstance(value, Record):
            raise PageProblem("not-a-value", right=f'{{{{ get("{call.argument}").summary }}}}')
        return str(_finalize(self.context, value))

    def _label(self, key: str) -> Any:
        return self.context["label"](key)

    def _photo(self, file: str) -> Any:
        shapes: Any = self.jinja.get_template("records/photos.md").make_module(self.context)
        return shapes.placed(file)


def _own_places(made: TextOfMarkdown) -> Iterator[Diagnostic]:
    """The headings that are named like a place of the page by what a call makes; the check has seen a word in its place."""
    for heading in re.finditer("^#+ (.*)$", made.text, re.MULTILINE):
        is_called = any(not own and start in range(*heading.span()) for start, _, own in made.starts)
        if is_called and OWN_PLACES.fullmatch(place := place_of(heading[1])):
            yield Diagnostic(made.position(heading.start()), "markup-id", {"value": place})


def _as_words(made: str, text: str, piece: Piece) -> str:
    """What a call makes as words of a text: with it no list, code, heading or definition begins, and no entity ends.

    The check has read the text with a word in its place.
    """
    before = text[max(0, piece.start - _ENTITY) : piece.start]
    is_first = _BEGINNING.fullmatch(text, text.rfind("\n", 0, piece.start) + 1, piece.start)
    begins = is_first and made.isdecimal() and _NUMBERED.match(text, piece.end)
    if begins or re.match(r"[\s:=.);]", made) or (made[:1].isalnum() and re.search(r"&#?\w*$", before)):
        return f"&#{ord(made[0])};{made[1:]}"
    return made


def _fault(error: Exception, place: Position) -> Diagnostic:
    """What is said of a rendering that failed."""
    if isinstance(error, PageProblem):
        return Diagnostic(place, error.code, error.values)
    return Diagnostic(place, "template-error", {"reason": str(error)})


def _place(error: Exception, page: Page) -> Position:
    """Where a rendering failed: the line of the template that shapes the page, else the page."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Position(f"overrides/{error.name}" if error.name else page.source, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    templates = [frame for frame in frames if frame.filename.endswith(".md")]
    if not templates:
        return Position(page.source)
    name = Path(templates[-1].filename).as_posix()
    return Position(name[name.rfind("overrides/") :], templates[-1].lineno or 1)


@jinja2.pass_context
def _finalize(context: dict[str, Any] | jinja2.runtime.Context, value: Any) -> Any:
    """What a value in a template becomes: words in the page's language, made safe."""
    if type(value) is str:
        return safe(value)
    if isinstance(value, (Markup, jinja2.Undefined)):
        return value
    if value is None or value == ():
        raise TypeError("nothing to print: the value is not stated")
    view: View = context["view"]
    return safe(view.text(value))
