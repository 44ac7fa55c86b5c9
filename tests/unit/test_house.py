"""The rules of the house: which module may import which, what the hook defines, what no file may hold."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.expectations import ROOT

ORDER = (
    "diagnostics",
    "files",
    "media",
    "strict_yaml",
    "records",
    "listing",
    "cache",
    "numerals",
    "photos",
    "content",
    "fingerprint",
    "calls",
    "l10n",
    "lock",
    "archive",
    "checks",
    "revisions",
    "chronology",
    "lists",
    "pages",
    "inspection",
    "tables",
    "view",
    "charts",
    "sandbox",
    "templates",
    "page_cache",
    "tracing",
    "edition",
    "identity",
    "publish",
    "translation",
    "renaming",
    "field_guide",
    "mkdocs_site",
    "link_check",
    "cli",
)
"""The rooms of the package from the ground up: each may import those before it and none after."""

HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "gazette"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def name(path: Path) -> str:
    return path.relative_to(HOOKS).as_posix()


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also within functions; `from a import b` is a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_rooms_below_its_own(path: Path) -> None:
    asked = {module.split(".")[1] for module in imports(path) if module.startswith("gazette.")}
    below = {*ORDER[: ORDER.index(room(path)) + 1]}
    assert asked <= below, f"{name(path)} imports upward: {asked - below}"


@pytest.mark.parametrize("path", [*MODULES, HOOKS / "main.py"], ids=name)
def test_imports_name_their_module_in_full(path: Path) -> None:
    assert not [module for module in imports(path) if module.startswith(".")]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_site_module_knows_mkdocs(path: Path) -> None:
    known = {module.split(".")[0] for module in imports(path)} & {"mkdocs", "material"}
    assert not known or room(path) == "mkdocs_site"


@pytest.mark.parametrize("path", [*MODULES, HOOKS / "main.py", PACKAGE / "__init__.py"], ids=name)
def test_a_module_says_in_its_first_line_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    assert text.startswith('"""')
    assert said.partition("\n")[0].endswith(".")


def test_the_hook_defines_events_only() -> None:
    hook = ast.parse((HOOKS / "main.py").read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    defined = [getattr(node, "name", "lambda") for node in ast.walk(hook) if isinstance(node, kinds)]
    assert defined
    assert not [function for function in defined if not function.startswith("on_")]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    return [ROOT / path for path in listed.stdout.split("\0") if path]


REGISTRIES = [
    ".".join(host)
    for host in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("registry", "npmmirror", "com"),
        ("pypi", "tuna", "tsinghua"),
        ("mirrors", "aliyun", "com"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("rubygems", "org"),
    )
]


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert not [path for path in tracked() if path.is_file() and host.encode() in path.read_bytes()]


def test_no_file_is_a_symbolic_link() -> None:
    assert not [path for path in tracked() if path.is_symlink()]
