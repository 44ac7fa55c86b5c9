"""A right form names what the zone has, so that it passes when it is pasted there."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.examples import own_names
from gazette.content.loader import load
from gazette.templates.renderer import render_site
from tests.conftest import Project

NAMED = [
    ('{{ figure("indicators/enterprises-covered") }}', '{{ figure("indicators/shops") }}'),
    ('{{ figure("indicators/shops") }}', '{{ figure("indicators/shops") }}'),
    ("total: renovations/street.duration", "total: startup_records/kiln.duration"),
    ('{{ get("services/evening-line").summary }}', '{{ get("services/music-line").summary }}'),
    ('{{ chart("day", "services/evening-line") }}', '{{ chart("day", "services/music-line") }}'),
    ("{source: qlwb-dual-pairing, at: 五大联盟}", "{source: report, at: 五大联盟}"),
    ("{value: 147, unit: enterprise}", "{value: 147, unit: shop}"),
    ("was: services/old-id", "was: services/old-id"),
    ("data/photos/services/a.jpg", "data/photos/services/a.jpg"),
    ("docs/zh/news/a.md", "docs/zh/news/a.md"),
]


@pytest.mark.parametrize(("example", "own"), NAMED)
def test_an_example_is_in_the_names_of_the_zone(small: Project, example: str, own: str) -> None:
    assert own_names(example, load(small({}))[0]) == own


def test_two_examples_in_one_stay_two(small: Project) -> None:
    street = "title: {zh: 街, en: Street}\nsummary: {zh: 街, en: Street}\n"
    content, _ = load(small({"data/renovations/a.yml": street, "data/renovations/b.yml": street}))
    assert own_names("[renovations/x, renovations/y]", content) == "[renovations/a, renovations/b]"


def test_an_empty_zone_has_the_form_as_it_is(project: Project) -> None:
    content, _ = load(project({"mkdocs.yml": "site_name: 样例\n"}))
    assert own_names("now: alliances/services", content) == "now: alliances/services"


def test_the_right_form_of_a_refusal_passes_when_it_is_pasted(small: Project) -> None:
    page = "---\ntitle: {0}\nsummary: {0}\n---\n\n{1}\n"

    def about(call: str) -> dict[str, str | bytes | None]:
        return {"docs/zh/about.md": page.format("关于", call), "docs/en/about.md": page.format("About", call)}

    with pytest.raises(ContentError) as refused:
        render_site(small(about("{{ figure() }}")))
    render_site(small(about(refused.value.diagnostics[0].example)))
