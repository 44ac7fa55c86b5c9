"""A check that follows another one: it renders what changed and no other page, and tells what it would have told anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.base.diagnostics import ContentError
from gazette.build.content_check import check_content
from gazette.site.pages import Page
from gazette.templates.renderer import RenderedPage, Renderer
from tests.zones import adopt

LANE = "data/renovations/lane.yml"
LINKED = ("docs/zh/about.md", "docs/en/about.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that was never built, and was checked once."""
    root = adopt(tmp_path / "zone", "full").root
    for file in LINKED:
        path = root / file
        path.write_text(
            f"{path.read_text(encoding='utf-8')}\n## 样本 {{#sample}}\n", encoding="utf-8", newline="\n"
        )
    for locale in ("zh", "en"):
        home = root / f"docs/{locale}/index.md"
        home.write_text(
            f"{home.read_text(encoding='utf-8')}\n[样本](about.md#sample)\n", encoding="utf-8", newline="\n"
        )
    check_content(root)
    return root


def says(root: Path) -> list[tuple[str, str]]:
    """What a check refuses, with the file."""
    try:
        check_content(root)
    except ContentError as error:
        return sorted({(found.code, found.at.path) for found in error.diagnostics})
    return []


def change(root: Path, file: str, was: str, now: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8", newline="\n")


def test_only_pages_that_changed_are_rendered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = Renderer.render

    def noted(self: Renderer, page: Page) -> RenderedPage:
        rendered.append(page.src_uri)
        return render(self, page)

    monkeypatch.setattr(Renderer, "render", noted)
    site_model = check_content(root)
    assert {uri for uri in rendered if not uri.endswith(("/about.md", "/index.md"))} == set()
    rendered.clear()
    change(root, LANE, "The shop signs", "All shop signs")
    assert says(root) == []
    assert {"zh/renovations/lane.md", "en/renovations/lane.md"} <= set(rendered)
    assert len(set(rendered)) < len(site_model.pages) / 2


def test_what_a_change_breaks_on_another_page_is_told(root: Path) -> None:
    for _ in range(2):  # It is told as long as it stands.
        change(root, LINKED[0], "{#sample}", "{#other}")
        assert says(root) == [("place-not-on-page", "docs/zh/index.md")]
        change(root, LINKED[0], "{#other}", "{#sample}")
        assert says(root) == []


def test_a_template_that_was_broken_is_told(root: Path) -> None:
    file = root / "overrides/records/renovations/single.md"
    before = file.read_text(encoding="utf-8")
    change(root, "overrides/records/renovations/single.md", "{% if record.before %}", "{% if nothing %}")
    assert {code for code, _ in says(root)} == {"template-error"}
    file.write_text(before, encoding="utf-8", newline="\n")
    assert says(root) == []
