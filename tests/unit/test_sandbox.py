"""A template reads and calls what is named, and nothing else, by whatever way it tries."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from gazette.site.model import SiteModel
from gazette.templates.renderer import context_of, jinja_environment, render_site
from gazette.templates.view import view_of
from tests.conftest import Project
from tests.expectations import ROOT

PICKLE = '"cos\\nsystem\\n(S\'true\'\\ntR.", content_type="application/pickle", allow_pickle=true'


@pytest.fixture
def site_model(small: Project) -> SiteModel:
    return render_site(small({}))


def said(site_model: SiteModel, template: str) -> str:
    """What a template of overrides/ makes of the page of a record."""
    page = site_model.pages["en/services/music-line.md"]
    templates = jinja_environment(ROOT / "overrides")
    return templates.from_string(template).render(context_of(page, view_of(site_model, page), templates))


@pytest.mark.parametrize(
    "template",
    [
        f"{{{{ record.title.parse_raw({PICKLE}) }}}}",
        f"{{% set x = record.title['parse_raw']({PICKLE}) %}}",
        "{{ record.model_copy() }}",
        "{{ record.model_dump }}",
        "{{ record['model_fields'] }}",
        "{{ record.construct() }}",
        "{{ record.__class__ }}",
        "{{ record.ref._replace }}",
        "{{ record.ref.count(1) }}",
        "{{ view._content }}",
        "{{ view.page.source }}",
        "{{ view.printed }}",
        "{{ view.in_locale('zh').text(1) }}",
        "{{ view.some('services', record.title) }}",
        "{{ link.__func__ }}",
        "{{ chart.__globals__ }}",
        "{{ 'x'.join(['a']) }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '{x.model_fields}'.format_map({'x': record}) }}",
        "{{ ''['__class__'] }}",
        "{{ link('services/music-line').unescape() }}",
        "{{ [].append(1) }}",
        "{{ {'a': 1}.pop('a') }}",
        "{{ (1).real }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__.__globals__ }}",
        "{% macro m() %}{% endmacro %}{{ m.__init__ }}",
        "{% macro m() %}{{ caller.name }}{% endmacro %}{% call m() %}{% endcall %}",
        "{% for x in [1] %}{{ loop.__init__ }}{% endfor %}",
        "{% for x in [1] %}{{ loop.cycle(1, 2) }}{% endfor %}",
        "{% import 'records/parts.md' as parts with context %}{{ parts.__dict__ }}",
        "{% import 'records/parts.md' as parts with context %}{{ parts._body_stream }}",
        "{{ [record] | map(attribute='model_fields') | join }}",
        "{{ [record] | map(attribute='title.model_copy') | join }}",
        "{{ [record, record] | sort(attribute='__class__') | list }}",
        "{{ [record] | selectattr('model_dump') | list }}",
        "{{ [record] | sum(attribute='__class__') }}",
        "{{ [record] | join(attribute='__doc__') }}",
    ],
)
def test_what_is_not_named_is_neither_read_nor_called(site_model: SiteModel, template: str) -> None:
    with pytest.raises((SecurityError, jinja2.UndefinedError), match=r"unsafe|not safely callable"):
        said(site_model, template)


@pytest.mark.parametrize(
    "template",
    [
        "{{ '' | attr('__class__') }}",
        "{{ [''] | map('attr', '__class__') | list }}",
        "{{ '<b>' | safe }}",
        "{{ '%s' | format(record) }}",
        "{{ [record] | groupby('__class__') }}",
        "{{ [record] | rejectattr('model_dump') | list }}",
        "{{ record | pprint }}",
        "{% filter upper %}a{% endfilter %}",
    ],
)
def test_a_filter_that_is_not_named_is_not_there(site_model: SiteModel, template: str) -> None:
    with pytest.raises((jinja2.TemplateAssertionError, jinja2.TemplateRuntimeError), match="No filter named"):
        said(site_model, template)


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace"])
def test_functions_of_jinja_s_own_are_not_there(site_model: SiteModel, name: str) -> None:
    with pytest.raises(jinja2.UndefinedError, match=name):
        said(site_model, f"{{{{ {name}() }}}}")


def test_fields_macros_and_what_is_named_are_there(site_model: SiteModel) -> None:
    assert said(site_model, "{{ record.title }}, {{ record.title.en }}, {{ record.ref.id }}") == (
        "Music Line, Music Line, music&#45;line".replace("&#45;", "-")
    )
    assert (
        said(site_model, "{% for key, value in {'a': 1}.items() %}{{ key }}{{ loop.index }}{% endfor %}")
        == "a1"
    )
    assert said(site_model, "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}") == "<i>&#60;</i>"
    assert said(site_model, "{{ [record] | map(attribute='title.en') | join(' ') }}") == "Music Line"


def test_what_a_loop_or_a_block_calls_is_given_no_words_of_jinja_s_own(site_model: SiteModel) -> None:
    """Jinja hands such a call the variables of the loop or block too, in case it wants the context."""
    called = "{% set a = 'now' %}{{ plain(a) }}"
    assert (
        said(site_model, f"{{% for x in [1] %}}{called}{{% endfor %}}{{% block b %}}{called}{{% endblock %}}")
        == "nownow"
    )


def test_words_of_a_call_stay_on_their_line(site_model: SiteModel) -> None:
    """A break would end a paragraph or a code span of the page, and begin one that nobody has checked."""
    assert "\n" not in said(site_model, '{{ link("services/music-line", "a\\n\\n\\rb") }}')
    assert Markup("a   b") in said(site_model, '{{ link("services/music-line", "a\\n\\n\\rb") }}')
