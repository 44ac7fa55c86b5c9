"""Which files of `docs/` are published as they are beside the pages, and at which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import listed, say

KINDS = (".jpg", ".jpeg", ".png", ".webp", ".svg", ".pdf")
"""What stands beside pages and in docs/assets."""
ROOT_KINDS = (".txt", ".html", ".xml")
"""What stands in docs/root: proofs that the site is its owner's."""
DOMAIN = "CNAME"
"""The file of docs/root that tells GitHub Pages the site's own domain."""
MOST_BYTES = 64 * 1024
"""No file of docs/root is larger."""

_MADE = {
    "zh": ("assets", "en"),
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
    for path in paths:
        if problem := _wrong(root, path):
            problems.append(problem)
        elif not is_page(path):
            name = path.removeprefix("docs/")
            top, _, rest = name.partition("/")
            found[name] = rest if top in ("zh", "root") else name
    return found, problems


def is_page(path: str) -> bool:
    """Whether a file of `docs/` is the Markdown of a page."""
    return path.startswith(("docs/zh/", "docs/en/")) and path.endswith(".md")


def claims(address: str) -> str:
    """The name at the site's root that a file of docs/root takes, however capitals are written.

    Servers show `about.html` also at `/about`.
    """
    return address.casefold().removesuffix(".html")


def _wrong(root: Path, path: str) -> Diagnostic | None:
    _, top, *_ = path.split("/")
    rest = path.removeprefix(f"docs/{top}").removeprefix("/")
    if not rest or top not in ("zh", "en", "assets", "root"):
        return _misplaced(path)
    if any(f"{rest.casefold()}/".startswith(f"{made}/") for made in _MADE.get(top, ())):
        return same_address(path)
    if top == "root":
        return _wrong_at_root(root, path, rest)
    if is_page(path) or PurePosixPath(path).suffix.lower() in KINDS:
        return None
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
    return None


def _fits_root(name: str) -> bool:
    return "/" not in name and (name == DOMAIN or PurePosixPath(name).suffix in ROOT_KINDS)


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
