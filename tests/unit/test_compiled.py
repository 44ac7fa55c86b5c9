"""What templates were compiled to is taken up again, and never in place of what they say now."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from gazette.base import cache_folder
from gazette.templates import compiled


def rendered(root: Path, text: str) -> str:
    (root / "page.md").write_text(text, encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(root), bytecode_cache=compiled.compiled(root, "text")
    )
    return environment.get_template("page.md").render(name="甲")


def kept(root: Path) -> list[Path]:
    return sorted((root / compiled.KEPT).iterdir())


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path, "{{ name }}!") == "甲!"
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    assert rendered(tmp_path, "{{ name }}!") == "甲!"


def test_another_text_is_compiled_again_in_place_of_the_first(tmp_path: Path) -> None:
    rendered(tmp_path, "{{ name }}!")
    assert rendered(tmp_path, "{{ name }}?") == "甲?"
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_what_is_damaged_is_compiled_again(tmp_path: Path, damage: bytes | None) -> None:
    rendered(tmp_path, "{{ name }}!")
    (file,) = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-20] if damage is None else damage)
    assert rendered(tmp_path, "{{ name }}!") == "甲!"


def test_what_other_code_has_compiled_is_not_taken_up_and_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(cache_folder, "code_hash", lambda: "other")
        rendered(tmp_path, "{{ name }}!")
    rendered(tmp_path, "{{ name }}!")
    assert len(kept(tmp_path)) == 2
    compiled.prune(tmp_path)
    assert [file.name.partition("-")[0] for file in kept(tmp_path)] == [cache_folder.code_hash()]
