"""The rules of the house: which module may import which, what the hook defines, what no file may hold."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.expectations import ROOT

ROOMS = (
    "cli",
    "desk",
    "editing",
    "build",
    "outputs",
    "templates",
    "site",
    "checks",
    "content",
    "language",
    "records",
    "base",
)
"""The command and the eleven rooms below it: each imports only from those after it."""

LONGEST, MOST_PARAMETERS = 300, 6

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


def test_the_rooms_are_these_and_each_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for folder in PACKAGE.iterdir():
        if (folder / "__init__.py").is_file():
            docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
            said[folder.name] = (docstring or "").partition("\n")[0]
    assert {*said} == {*ROOMS}
    with capsys.disabled():
        print("", *(f"{room:<10} {said[room]}" for room in ROOMS), sep="\n")
    assert all(said.values())
    assert not [*PACKAGE.glob("[!_]*.py")], "every module stands in a room"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_rooms_below_its_own(path: Path) -> None:
    imported = {module.split(".")[1] for module in imports(path) if module.startswith("gazette.")}
    below = {*ROOMS[ROOMS.index(room(path)) :]}
    assert imported <= below, f"{name(path)} imports upward: {imported - below}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_in_a_head(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            own = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            parameters = [parameter.arg for parameter in own if parameter.arg not in ("self", "cls")]
            assert len(parameters) <= MOST_PARAMETERS, f"{name(path)}: {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_starts_a_shell_or_makes_a_link(path: Path) -> None:
    """Windows has another shell, and gives links to administrators only; what exchanges folders is asked on Linux alone."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            assert not [word for word in node.keywords if word.arg == "shell"], name(path)
            called = ast.unparse(node.func)
            if called.endswith("get_context") and called.startswith("multiprocessing"):
                assert ast.literal_eval(node.args[0]) == "spawn", "Windows has no other way to start a worker"
            if (name(path), called) != ("gazette/build/exchange.py", "os.link"):
                assert called not in ("os.system", "os.popen", "os.symlink", "os.link", "os.fork"), name(path)
            assert not called.endswith((".symlink_to", ".hardlink_to")), name(path)


@pytest.mark.parametrize("path", [*MODULES, HOOKS / "main.py"], ids=name)
def test_imports_name_their_module_in_full(path: Path) -> None:
    assert not [module for module in imports(path) if module.startswith(".")]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_build_knows_mkdocs(path: Path) -> None:
    known = {module.split(".")[0] for module in imports(path)} & {"mkdocs", "material"}
    assert not known or room(path) == "build"


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
