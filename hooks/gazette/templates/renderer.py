"""A page to Markdown by its templates: sandboxed Jinja, every undefined name an error with its place."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.calls import SYNTAX
from gazette.content.model import Markdown
from gazette.site.pages import Page
from gazette.templates import charts
from gazette.templates.sandbox import CALLS, NotForPages, Sandbox, assert_for_pages
from gazette.templates.view import PageProblem, View, safe


def environment(overrides: Path) -> jinja2.Environment:
    """The Jinja environment of Markdown pages: templates of `overrides`, sandboxed, strict, escaped."""
    return Sandbox(
        loader=jinja2.FileSystemLoader(overrides),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        **SYNTAX,
    )


def render(page: Page, view: View, environment: jinja2.Environment) -> tuple[str, list[Diagnostic]]:
    """A page's Markdown; or what is wrong with what it asks for."""
    context = context_of(page, view, environment)
    try:
        body = _text(page.body, context, environment) if page.body else ""
        if page.body and page.record is None:
            return body + environment.get_template("records/sources.md").render(context), []
        template = environment.select_template(_template_names(page))
        return template.render(context, body=Markup(body)), []
    except PageProblem as problem:
        code, zh, en, example = problem.code, problem.zh, problem.en, problem.example
        error: Exception = problem
    except Exception as failure:  # A template may fail in any way that its author can think of.
        code, error = "template", failure
        zh = f"{{{{ … }}}} 或 {{% … %}} 无法执行：{failure}"
        en = f"What stands in {{{{ … }}}} or {{% … %}} could not be done: {failure}"
        example = '{{ figure("indicators/enterprises-covered") }}'
    return "", [Diagnostic(_place(error, page), code, zh, en, example)]


def context_of(page: Page, view: View, environment: jinja2.Environment) -> dict[str, Any]:
    """What a template is given to make a page of."""
    context = {name: getattr(view, name) for name in CALLS}
    context |= {"page": page, "record": page.record, "view": view}

    def chart(kind: str, *references: str) -> Markup:
        template = environment.get_template("charts/chart.html")
        drawn = template.render(context, kind=kind, chart=charts.draw(view, kind, references))
        # A blank line would end the HTML block that this is to Markdown.
        return Markup("\n".join(line for line in drawn.splitlines() if line.strip()))

    return {**context, "chart": chart}


def block(name: str, page: Page, view: View, environment: jinja2.Environment) -> Markup:
    """One block of a record's page, such as its `facts`, to be shown apart from it."""
    template = environment.select_template(_template_names(page))
    context = context_of(page, view, environment)
    parts = environment.get_template("records/parts.md").make_module(context)
    render_block = template.blocks.get(name)
    return Markup(
        "".join(render_block(template.new_context({**context, "parts": parts}))) if render_block else ""
    )


def _template_names(page: Page) -> list[str]:
    if page.record:
        return [f"records/{page.record.collection}/single.md", "records/single.md"]
    assert page.listing is not None, page.path
    return [f"records/{page.listing.of}/list.md", f"records/{page.listing.of}.md"]


def _text(body: Markdown, context: dict[str, Any], environment: jinja2.Environment) -> str:
    """The text of a page; a photograph that it places is shaped by the templates."""
    shapes: Any = environment.get_template("records/photos.md").make_module(context)
    return _compile(body, environment).render(context, photo=shapes.placed)


def _compile(body: Markdown, environment: jinja2.Environment) -> jinja2.Template:
    """Compile a body so that an error's traceback names the file, its lines counted from the file's first."""
    tree = environment.parse("\n" * (body.first_line - 1) + body.text, filename=body.path)
    assert_for_pages(tree)
    code = environment.compile(tree, filename=body.path)
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


def _place(error: Exception, page: Page) -> Position:
    """Where a rendering failed: the line of the page, or else of the template that shapes its record."""
    if isinstance(error, NotForPages):
        return Position(page.source, error.line)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Position(f"overrides/{error.name}" if error.name else page.source, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    body = page.body
    own = [frame for frame in frames if body and frame.filename == body.path]
    if own:
        return Position(own[-1].filename, own[-1].lineno or 1)
    templates = [frame for frame in frames if frame.filename.endswith(".md")]
    if not templates:
        return Position(page.source)
    name = Path(templates[-1].filename).as_posix()
    return Position(name[name.rfind("overrides/") :], templates[-1].lineno or 1)


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    """What a template prints: any value in the words of the page's language, made safe."""
    if isinstance(value, (Markup, jinja2.Undefined)):
        return value
    if value is None or value == ():
        raise TypeError("nothing to print: the value is not stated")
    view: View = context["view"]
    return safe(view.text(value))
