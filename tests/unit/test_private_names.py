"""What build/private_names.py takes of MkDocs, Material and Jinja is still so; a failure names the upgrade that broke it."""

from __future__ import annotations

import ast
import copy
import functools
import importlib.metadata
import re
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import jinja2
import markdown
import material
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files, InclusionLevel

import gazette.build
from gazette.build import private_names
from gazette.build.engine import ENGINE
from gazette.build.page_context import edit_url
from gazette.templates.renderer import jinja_environment
from tests.expectations import ROOT

COVERED: set[str] = set()
"""The names of private_names.py that a test below is of."""


def relies_on(
    package: str, look_at: str, *names: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of what `names` rely on in a package; if it fails in any way, it says which upgrade to look at."""
    COVERED.update(names)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def wrapped(*arguments: Any, **named: Any) -> None:
            try:
                test(*arguments, **named)
            except Exception as error:
                installed = importlib.metadata.version(package)
                where = ", ".join(names) or "the code that the test names"
                raise AssertionError(
                    f"{package} {installed} broke what hooks/gazette/build/private_names.py relies on: {where}. "
                    f"Look at {look_at} in {package} {installed} and in the version before. "
                    f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
                ) from error

        return wrapped

    return decorate


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A site of two pages in Material with this project's overrides."""
    files = {
        "docs/index.md": "# Home\n",
        "docs/far/away.md": "# Away\n",
        "docs/note.txt": "note\n",
        "mkdocs.yml": f"""
site_name: Sample
site_url: https://record.example/
repo_url: https://git.example/zone
edit_uri: edit/main/
plugins: []
extra: {{word: one}}
extra_css: [assets/one.css]
nav: [index.md, {{Far: [far/away.md]}}]
theme: {{name: material, custom_dir: '{(ROOT / "overrides").as_posix()}', static_templates: [404.html]}}
validation: {{links: {{not_found: warn}}}}
""",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return load_config(str(tmp_path / "mkdocs.yml"))


@pytest.fixture
def theme(config: MkDocsConfig) -> jinja2.Environment:
    return config.theme.get_env()


# ── The rule ─────────────────────────────────────────────────────────────────

DOCUMENTED = {
    "mkdocs.config.defaults.MkDocsConfig",
    "mkdocs.config.load_config",
    "mkdocs.exceptions.MkDocsException",
    "mkdocs.exceptions.PluginError",
    "mkdocs.livereload.LiveReloadServer",
    "mkdocs.structure.files.File",
    "mkdocs.structure.files.Files",
    "mkdocs.structure.files.InclusionLevel",
    "mkdocs.structure.nav.Navigation",
    "mkdocs.structure.pages.Page",
    "mkdocs.utils.templates.TemplateContext",
}
"""What MkDocs shows to those who write plugins."""

BUILD = Path(gazette.build.__file__).parent
OTHERS = sorted(path for path in BUILD.glob("*.py") if path.stem != "private_names")


@pytest.mark.parametrize("path", [*OTHERS, ROOT / "hooks/main.py"], ids=lambda path: path.name)
def test_no_other_module_uses_a_private_name(path: Path) -> None:
    used = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "mkdocs":
            used |= {f"{node.module}.{name.name}" for name in node.names} - DOCUMENTED
        elif isinstance(node, ast.Attribute) and re.match("_(?!_)", node.attr):
            owner = node.value.id if isinstance(node.value, ast.Name) else "?"
            used |= {f"{owner}.{node.attr}"} if owner not in {"self", "cls", "hashlib"} else set()
        elif isinstance(node, ast.Attribute) and node.attr == "root_render_func":
            used.add(node.attr)
    assert not used


def test_each_private_name_has_a_test() -> None:
    tree = ast.parse(Path(private_names.__file__).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }
    assert functions | constants == COVERED


def test_a_failure_names_the_package_its_version_and_where_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pages, "_RelativePathTreeprocessor")

    @relies_on(ENGINE, "structure/pages.py", "LinkResolver")
    def test() -> None:
        private_names.LinkResolver(markdown.Markdown(), MkDocsConfig(), lambda _: None).start(
            File("a.md", "", "", True)
        )

    installed = importlib.metadata.version(ENGINE)
    with pytest.raises(
        AssertionError, match=f"{ENGINE} {installed} broke .*LinkResolver.*structure/pages.py"
    ):
        test()


# ── Material ─────────────────────────────────────────────────────────────────


def theirs(name: str) -> str:
    """The source of a template as Material has it, without our overrides."""
    return (Path(material.__file__).parent / "templates" / name).read_text(encoding="utf-8")


def ours(pattern: str) -> str:
    """Our own templates, or scripts, as one text."""
    return "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "overrides").rglob(pattern))


@pytest.fixture
def materials(config: MkDocsConfig) -> Callable[[str], str]:
    """A file of Material's by a pattern that only this one matches."""
    files = private_names.all_files(config, ())

    def find(pattern: str) -> str:
        (found,) = (file for file in files if fnmatch(file.src_uri, pattern))
        return found.content_string

    return find


@relies_on("mkdocs-material", "templates/assets/stylesheets, for overrides/", "MATERIAL_STYLES")
def test_materials_styles_know_the_class_names_of_our_templates(materials: Callable[[str], str]) -> None:
    styles = "".join(map(materials, private_names.MATERIAL_STYLES))
    names = set(re.findall(r"\bmd-[a-z]+(?:(?:__|--)[a-z]+)*(?=[ \"])", ours("*.html"))) - {
        "md-content",
        "md-search__close",
    }
    assert len(names) > 40
    assert not {name for name in names if not re.search(rf"\.{name}(?![\w-])", styles)}
    assert "[data-md-color-scheme=slate]{" in styles
    assert not re.search(
        r"url\((?!data:|\"data:|'data:)", styles
    )  # They are joined, and stand elsewhere than Material has them.


@relies_on("mkdocs-material", "templates/base.html", "theme_context")
def test_material_names_the_version_of_the_engine_in_every_page() -> None:
    assert '<meta name="generator" content="mkdocs-{{ mkdocs_version }}, ' in theirs("base.html")
    assert '<meta name="generator" content="mkdocs-{{ mkdocs_version }}, ' in ours("main.html")


# ── Jinja ────────────────────────────────────────────────────────────────────


@relies_on("Jinja2", "environment.py (Template: new_context, root_render_func)", "render_all")
def test_templates_are_rendered_with_the_same_variables() -> None:
    sources = {
        "one": "{% include 'part' %} of {{ name }}",
        "two": "{{ name | upper }}",
        "part": "{{ range(2) | list }}",
    }
    templates = jinja2.Environment(loader=jinja2.DictLoader(sources), auto_reload=False)
    made = private_names.render_all(map(templates.get_template, ("one", "two")), {"name": "a"})
    assert made == ["[0, 1] of a", "A"]


@relies_on("Jinja2", "environment.py (compile, from_code, make_globals), for templates/renderer.py")
def test_a_compiled_text_fails_at_a_line_of_its_file(tmp_path: Path) -> None:
    environment = jinja_environment(tmp_path)
    code = environment.compile("\n\n{{ missing }}", filename="docs/zh/page.md")
    template = jinja2.Template.from_code(environment, code, environment.make_globals(None))
    with pytest.raises(jinja2.UndefinedError) as failed:
        template.render()
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(failed.value.__traceback__)]
    assert ("docs/zh/page.md", 3) in places


@relies_on("Jinja2", "environment.py (blocks, new_context), for templates/renderer.py")
def test_a_block_is_rendered_apart_from_its_template() -> None:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(
            {
                "base": "{% block facts %}{% endblock %}",
                "one": '{% extends "base" %}{% block facts %}{{ a }}{% endblock %}',
            }
        )
    )
    template = environment.get_template("one")
    assert [*template.blocks["facts"](template.new_context({"a": "fact"}))] == ["fact"]


# ── MkDocs: its build ────────────────────────────────────────────────────────


def _run(config: MkDocsConfig, hook: str) -> subprocess.CompletedProcess[str]:
    """The engine's own build of the site with a hook."""
    root = Path(config.config_file_path).parent
    (root / "hook.py").write_text(f"from mkdocs.structure.files import Files\n{hook}", encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    command = [sys.executable, "-m", ENGINE, "build", "--strict", "--config-file", str(root / "mkdocs.yml")]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)


@relies_on(ENGINE, "commands/build.py (build)", "leave_nothing_to_do")
def test_a_build_that_is_left_nothing_to_do_writes_nothing(config: MkDocsConfig) -> None:
    build = _run(
        config,
        "from gazette.build import private_names\n"
        "def on_files(files, config):\n"
        "    private_names.leave_nothing_to_do(config)\n"
        "    return Files([])\n",
    )
    assert build.returncode == 0, build.stderr
    assert not [*Path(config.site_dir).rglob("*")]


@relies_on(ENGINE, "commands/build.py (build), utils (CountHandler, DuplicateFilter)", "has_warnings")
def test_each_warning_counts_when_it_is_said_and_in_the_end(config: MkDocsConfig) -> None:
    build = _run(
        config,
        "import logging\n"
        "from gazette.build import private_names\n"
        "def on_files(files, config):\n"
        "    print('before', private_names.has_warnings())\n"
        "    for _ in range(2):\n"
        "        logging.getLogger('gazette').warning('said twice')\n"
        "    print('after', private_names.has_warnings())\n"
        "    private_names.leave_nothing_to_do(config)\n"
        "    return Files([])\n",
    )
    assert build.stdout.split("\n")[:2] == ["before False", "after True"], build.stderr
    assert "Aborted with 2 warnings in strict mode!" in build.stdout
    assert build.returncode == 1


@relies_on(ENGINE, "livereload (log), utils (CountHandler)", "count_no_requests")
def test_a_request_for_what_is_not_there_counts_for_nothing(config: MkDocsConfig) -> None:
    build = _run(
        config,
        "import logging\n"
        "from gazette.build import private_names\n"
        "def on_files(files, config):\n"
        "    from mkdocs import livereload\n"
        "    private_names.count_no_requests()\n"
        "    livereload.log.warning('code 404')\n"
        "    print('after', private_names.has_warnings())\n"
        "    private_names.leave_nothing_to_do(config)\n"
        "    return Files([])\n",
    )
    assert "code 404" in build.stdout + build.stderr
    assert "after False" in build.stdout
    assert build.returncode == 0


@relies_on(ENGINE, "__main__.py, commands/build.py (log), utils (DuplicateFilter)", "say_again")
def test_what_was_said_in_another_build_is_said_again(config: MkDocsConfig) -> None:
    build = _run(
        config,
        "from gazette.build import private_names\n"
        f"from {ENGINE}.commands import build\n"
        "def on_files(files, config):\n"
        "    for _ in range(2):\n"
        "        private_names.say_again()\n"
        "        build.log.info('one')\n"
        "        build.log.info('one')\n"
        "    private_names.leave_nothing_to_do(config)\n"
        "    return Files([])\n",
    )
    assert (build.stdout + build.stderr).count("one\n") == 2


@relies_on(ENGINE, "commands/build.py (build), theme.py (get_env), structure/files.py", "hide_theme")
def test_without_the_folders_of_the_theme_mkdocs_lists_nothing_of_it(config: MkDocsConfig) -> None:
    folders = [*config.theme.dirs]
    assert private_names.hide_theme(config) == folders
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    assert not [*files]
    config.theme.dirs = folders
    files.add_files_from_theme(config.theme.get_env(), config)
    assert [*files]


@relies_on(ENGINE, "structure/files.py, structure/nav.py", "all_files", "exclude_files", "navigation")
def test_files_are_found_then_published_then_in_the_navigation(config: MkDocsConfig) -> None:
    files = private_names.all_files(config, ("index.md", "far/away.md", "note.txt"))
    found = {file.src_uri: file for file in files}
    assert {"index.md", "far/away.md", "note.txt"} <= found.keys()
    assert [uri for uri in found if re.fullmatch(r"assets/stylesheets/main\.\w+\.min\.css", uri)]
    found["far/away.md"].inclusion = InclusionLevel.NOT_IN_NAV
    private_names.exclude_files(files, config)
    assert found["index.md"].inclusion.is_included()
    assert found["far/away.md"].inclusion is InclusionLevel.NOT_IN_NAV
    nav = private_names.navigation(files, config)
    assert [page.file.src_uri for page in nav.pages] == ["index.md", "far/away.md"]
    assert found["far/away.md"].page is nav.pages[1]
    assert [one.title for one in nav.pages[1].ancestors] == ["Far"]
    nav.homepage = nav.pages[1]
    assert nav.homepage.url == "far/away/"


@relies_on(ENGINE, "commands/build.py (get_context)", "theme_context")
def test_a_template_is_given_its_base_and_the_version(config: MkDocsConfig) -> None:
    nav = private_names.navigation(Files([]), config)
    given: dict[str, Any] = {**private_names.theme_context(nav, config, "../..")}
    assert (given["page"], given["nav"], given["config"]) == (None, nav, config)
    assert given["base_url"] == "../.."
    assert importlib.metadata.version(ENGINE) in given["mkdocs_version"]


@relies_on(ENGINE, "structure/pages.py (Page: _set_edit_url), for build/page_context.py")
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"edit_uri": "?path=docs/"},
        {"edit_uri_template": "blob/{path_noext}.txt"},
        {"repo_url": "https://git.example/zone/"},
        {"repo_url": "https://git.example/zone/", "edit_uri": "#file/"},
        {"edit_uri": ""},
    ],
)
def test_an_edit_link_is_the_one_that_the_engine_makes(
    config: MkDocsConfig, settings: dict[str, str]
) -> None:
    config.load_dict(settings)
    file = File("zh/one.md", None, config.site_dir, True)
    file.edit_uri = "data/one.yml"
    expected = pages.Page("One", file, config).edit_url
    assert edit_url(config).format(path="data/one.yml", path_noext="data/one") == (expected or "")


@relies_on(ENGINE, "structure/pages.py (_RelativePathTreeprocessor)", "LinkResolver")
def test_links_between_files_become_links_between_pages(
    config: MkDocsConfig, caplog: pytest.LogCaptureFixture
) -> None:
    files = {uri: File(uri, None, config.site_dir, True) for uri in ("index.md", "far/away.md")}
    asked: list[str] = []

    def find(path: str) -> File | None:
        asked.append(path)
        return files.get(path)

    parser = markdown.Markdown()
    links = private_names.LinkResolver(parser, config, find)
    links.start(files["index.md"])
    assert 'href="far/away/#place"' in parser.convert("[a](far/away.md#place)")
    links.start(files["far/away.md"])
    assert 'href="../../"' in parser.convert("[a](../index.md)")
    assert asked == ["far/away.md", "index.md"]
    assert not caplog.messages
    parser.convert("[a](nowhere.md)")
    assert [(one.name.split(".")[0], one.levelname) for one in caplog.records] == [(ENGINE, "WARNING")]
    assert "far/nowhere.md" in asked


@relies_on(ENGINE, "config/base.py (Config), for build/navigation.py")
def test_a_copy_of_a_config_has_its_own_navigation(config: MkDocsConfig) -> None:
    own = copy.copy(config)
    own.nav = [{"Other": "far/away.md"}]
    assert config.nav == ["index.md", {"Far": ["far/away.md"]}]


# ── MkDocs: its preview server ───────────────────────────────────────────────


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    (tmp_path / "index.html").write_text("shown", encoding="utf-8")
    made = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    yield made
    made.server_close()


@relies_on(ENGINE, "livereload (_serve_request)", "versions", "want_version", "show_version")
def test_a_page_is_held_back_until_the_wanted_version_is_shown(server: LiveReloadServer) -> None:
    visible, wanted = private_names.versions(server)
    assert visible == wanted
    answers: list[bytes] = []

    def ask() -> None:
        request = {"PATH_INFO": "/", "REQUEST_METHOD": "GET"}
        answers.append(b"".join(server.serve_request(request, lambda *_: None)))

    private_names.want_version(server, wanted + 1)
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(0.3)
    assert not answers
    private_names.show_version(server, wanted + 1)
    asking.join(20)
    assert answers
    assert b"shown" in answers[0]
    assert private_names.versions(server) == (wanted + 1, wanted + 1)


@relies_on(ENGINE, "livereload (_build_loop)", "versions", "want_version")
def test_a_rebuild_wants_a_new_version_and_shows_what_is_wanted_when_it_ends(
    server: LiveReloadServer,
) -> None:
    during: list[tuple[int, int]] = []

    def build() -> None:
        during.append(private_names.versions(server))
        private_names.want_version(server, 7)
        server._shutdown = True

    server.builder = build
    server._want_rebuild = True
    server._build_loop()
    ((visible, wanted),) = during
    assert wanted > visible
    assert private_names.versions(server) == (7, 7)
