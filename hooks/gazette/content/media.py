"""Which files of `docs/` are published as they are beside the pages, and at which address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

import yaml

from gazette.base.diagnostics import Diagnostic, Position, file_fault
from gazette.base.file_names import MOST_LETTERS, MOST_PATH, is_name, is_of_windows
from gazette.base.invisible import invisible
from gazette.base.messages import listed, say
from gazette.base.strict_yaml import decode, place_of, unseen
from gazette.base.yaml_loader import AS_TYPED
from gazette.content import attachments, photographs

KINDS = (*photographs.FORMATS, *attachments.ATTACHED)
"""What stands beside pages and in docs/assets, and the owner's logo."""
ROOT_KINDS = (".txt", ".html", ".xml")
"""What stands in docs/root: proofs that the site is its owner's."""
DOMAIN = "CNAME"
"""The file of docs/root that tells GitHub Pages the site's own domain."""
MOST_BYTES = 64 * 1024
"""No file of docs/root is larger, and no logo."""
SETTINGS = "mkdocs.yml"
_ACTIVE = {".svg": "logo-active", ".html": "root-file-active", ".xml": "root-file-active"}
"""What a browser would run, were it more than a drawing or the words of a proof; and the message that says so."""
_ODD = re.compile(r"[^\w .()（）《》、，-]")
_PLAIN = re.compile(r"\w(?:[\w .()（）《》、，-]*[\w)）》])?")
"""A name that means the same in an address, in Markdown and on every system."""

_MADE = {
    "zh": ("assets", "en", "data", "search"),
    "assets": ("photos", "share", "stylesheets", "javascripts", "images/favicon.png"),
    "root": (
        *("index.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "feed.json"),
        *(f"sitemap-{number}.xml" for number in range(1, 21)),
    ),
}
"""Addresses that are others' already, below each folder of docs/: those of the other folders, of the theme, of a build."""
_FOLDERS_MADE = ("assets", "data", "en", "news", "records", "corrections", "search")
"""Folders at the site's root that are there whatever pages there are."""


def media(root: Path, paths: Iterable[str]) -> tuple[Mapping[str, str], list[Diagnostic]]:
    """The address of each such file by its path below `docs/`; and what is wrong with the others that are no pages.

    `paths` are the files of `docs/`, relative to the project at `root`.
    """
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    logos = _logos(root)
    for path in paths:
        if problem := _wrong(root, path, logos):
            problems.append(problem)
        elif not is_page(path):
            name = path.removeprefix("docs/")
            top, _, rest = name.partition("/")
            found[name] = rest if top in ("zh", "root") else name
    return found, problems


def is_page(path: str) -> bool:
    """Whether a file of `docs/` is the Markdown of a page."""
    return path.startswith(("docs/zh/", "docs/en/")) and path.endswith(".md")


def is_page_path(path: str) -> bool:
    """Whether the Markdown of a page may stand at a path, without its ending: its folders and its name are its address."""
    folders, _, _ = path.rpartition("/")
    return len(path) <= MOST_PATH and all(map(is_name, path.split("/"))) and "index" not in folders.split("/")


def bad_path(path: str) -> Diagnostic:
    """The message for the Markdown of a page whose path cannot be an address."""
    top, _, rest = path.removeprefix("docs/").partition("/")
    parts = rest.removesuffix(".md").split("/")
    words = (
        re.sub("[^a-z0-9]+", "-", unicodedata.normalize("NFKC", part).lower()).strip("-") for part in parts
    )
    plain = [word if is_name(word) else f"page-{word}"[:20].strip("-") for word in words]
    folders = ["pages" if word == "index" else word for word in plain[:-1]][:2]
    right = "/".join([*folders, plain[-1]])
    name = next((part for part in parts if not is_name(part)), rest)
    right = f"docs/{top}/{right}.md"
    if top == "zh":
        right += "\n" + right.replace("docs/zh/", "docs/en/", 1)
    values = {"name": name, "most": MOST_LETTERS, "right": right}
    return Diagnostic(Position(path), "not-an-address", values)


def _odd_name(path: str, rest: str) -> Diagnostic | None:
    """The message for a file beside the pages that cannot be called so on every system and in an address."""
    *folders, name = rest.split("/")
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    for part in (*folders, stem):
        if len(part) > MOST_LETTERS or not _PLAIN.fullmatch(part) or is_of_windows(part):
            right = [_ODD.sub("-", part)[:MOST_LETTERS].strip(" .-") or "file" for part in (*folders, stem)]
            right = [
                f"file-{part}" if is_of_windows(part) or not _PLAIN.fullmatch(part) else part
                for part in right
            ]
            top = path.removesuffix(rest)
            values = {"name": part, "most": MOST_LETTERS, "right": f"{top}{'/'.join(right)}{ending}"}
            return Diagnostic(Position(path), "odd-file-name", values)
    return None


def _logos(root: Path) -> Set[str] | None:
    """The pictures that the owner's settings name for the theme: the only SVG that is published; None where the settings cannot be read."""
    with suppress(OSError, ValueError, yaml.YAMLError, AttributeError):
        theme = yaml.load((root / SETTINGS).read_text(encoding="utf-8-sig"), Loader=AS_TYPED).get("theme")
        named = theme if isinstance(theme, dict) else {}
        return {f"docs/{named[name]}" for name in ("logo", "favicon") if name in named}
    return None


def claims(address: str) -> str:
    """The name at the site's root that a file of docs/root takes, however capitals are written.

    Servers show `about.html` also at `/about`.
    """
    return address.casefold().removesuffix(".html")


def _wrong(root: Path, path: str, logos: Set[str] | None) -> Diagnostic | None:
    _, top, *_ = path.split("/")
    rest = path.removeprefix(f"docs/{top}").removeprefix("/")
    if not rest or top not in ("zh", "en", "assets", "root"):
        return _misplaced(path)
    if any(f"{rest.casefold()}/".startswith(f"{made}/") for made in _MADE.get(top, ())):
        return same_address(path)
    if top == "root":
        return _wrong_at_root(root, path, rest)
    ending = PurePosixPath(path).suffix
    if is_page(path) or (ending == ".svg" and (logos is None or path in logos)):
        return None if is_page(path) else _unfit(root, path)
    if ending.lower() in KINDS:
        return _odd_name(path, rest) or _unfit(root, path)
    if top == "assets":
        return Diagnostic(Position(path), "not-an-asset", {"endings": listed(KINDS)})
    right = _pair(PurePosixPath(rest).with_suffix(".md"))
    return Diagnostic(Position(path), "not-a-page-file", {"endings": listed(KINDS), "right": right})


def _wrong_at_root(root: Path, path: str, rest: str) -> Diagnostic | None:
    if not _fits_root(rest):
        return Diagnostic(Position(path), "not-a-root-file", {"endings": listed(ROOT_KINDS)})
    if claims(rest) in _FOLDERS_MADE:
        return same_address(path)
    if (size := (root / path).stat().st_size) > MOST_BYTES:
        kilobytes = {"size": -(-size // 1024), "most": MOST_BYTES // 1024}
        return Diagnostic(Position(path), "root-file-too-large", kilobytes)
    return _unfit(root, path)


def _unfit(root: Path, path: str) -> Diagnostic | None:
    """What is wrong with what a file has: of pictures that is asked when they are made ready."""
    ending, file = PurePosixPath(path).suffix.lower(), root / path
    if ending in photographs.FORMATS:
        return None
    if path.startswith("docs/root/") and ending not in _ACTIVE:
        return _unreadable(file, path)
    most, code = (
        (MOST_BYTES, _ACTIVE[ending]) if ending in _ACTIVE else (attachments.MOST_BYTES, "not-as-named")
    )
    if ending == ".csv":
        most = attachments.MOST_WORDS
    try:
        if (size := file.stat().st_size) > most:
            kilobytes = {"size": -(-size // 1024), "most": most // 1024}
            return Diagnostic(Position(path), "file-too-large", kilobytes)
        with file.open("rb") as opened:
            recognised = attachments.KINDS[ending](opened)
        if recognised and ending == ".csv":
            line = attachments.formula_line(file.read_text(encoding="utf-8-sig"))
            return Diagnostic(Position(path, line), "csv-formula") if line else None
    except OSError as error:
        return file_fault(error, path)
    return None if recognised else Diagnostic(Position(path), code, {"ending": ending})


def _unreadable(file: Path, path: str) -> Diagnostic | None:
    """What no plain text has."""
    try:
        text, problems = decode(file.read_bytes(), path)
    except OSError as error:
        return file_fault(error, path)
    place = partial(place_of, text=text, path=path, first_line=1)
    return next(iter([*problems, *unseen(invisible(text), place)]), None)


def _fits_root(name: str) -> bool:
    return name == DOMAIN or bool(
        re.fullmatch(rf"[A-Za-z0-9_-]{{1,{MOST_LETTERS}}}", PurePosixPath(name).stem)
        and "/" not in name
        and PurePosixPath(name).suffix in ROOT_KINDS
    )


def _pair(page: str | PurePosixPath) -> str:
    return f"docs/zh/{page}\ndocs/en/{page}"


def same_address(path: str, source: str = "") -> Diagnostic:
    """The message for a file whose address is that of `source`, or of what the build makes."""
    return Diagnostic(Position(path), "address-taken", {"source": source or say("what-is-made")})


def _misplaced(path: str) -> Diagnostic:
    file, right = PurePosixPath(path), ""
    if file.suffix == ".md":
        right = _pair(file.name)
    elif file.suffix.lower() in KINDS:
        right = f"docs/assets/{file.name}"
    elif claims(file.name) not in _FOLDERS_MADE and file.name not in _MADE["root"] and _fits_root(file.name):
        right = f"docs/root/{file.name}"
    return Diagnostic(Position(path), "misplaced", {"right": right})
