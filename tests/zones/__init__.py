"""Fixture zones: projects of a content of their own on this checkout's hooks, overrides and machinery.

`small` is read without a site, `sample` is built by most tests of tests/site, `full` has a page of every kind
for the browser, `empty` has no record. large.py makes the sample zone's lists long.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gazette.build.inputs import PAGES
from gazette.templates.compiled import KEPT
from tests.expectations import ROOT
from tests.zones import building

ZONES = Path(__file__).parent
STORE = "GAZETTE_TEST_STORE"
"""The variable that names a folder of this run, in which its processes keep what each of them would build alike."""
_OUTPUTS = {"site", ".cache"}


@dataclass(frozen=True)
class Build:
    """A finished `mkdocs build`: its exit status and all it said."""

    status: int
    said: str


@dataclass
class Zone:
    """A project folder that a test may edit and build."""

    root: Path
    _was_built: bool = field(default=False, init=False)

    def build(self, *options: str, **environment: str) -> Build:
        """Run `mkdocs build --strict`.

        What a zone's first build makes of the same files is made once a test run and copied for the other tests.
        """
        first = not (
            options or self._was_built or any((self.root / name).exists() for name in ("site", PAGES, ".git"))
        )
        self._was_built = True
        if not first:
            return self._build(*options, **environment)
        kept = store() / f"build-{self._inputs(environment)}"
        if not kept.exists():
            build = self._build(**environment)
            with _written(kept) as folder:
                (folder / "status").write_text(str(build.status))
                (folder / "said").write_text(build.said, encoding="utf-8", newline="")
                (folder / "root").write_text(str(self.root), encoding="utf-8")
                for name in _OUTPUTS:
                    if (self.root / name).exists():
                        shutil.copytree(self.root / name, folder / name)
            return build
        for name in _OUTPUTS:
            if (kept / name).exists():
                shutil.copytree(kept / name, self.root / name, dirs_exist_ok=True)
        said = (kept / "said").read_text(encoding="utf-8")
        return Build(
            int((kept / "status").read_text()),
            said.replace((kept / "root").read_text(encoding="utf-8"), str(self.root)),
        )

    def _build(self, *options: str, **environment: str) -> Build:
        told = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", **environment}
        drawn, kept = self.root / ".cache" / "share", store() / "share"
        shutil.copytree(kept, drawn, dirs_exist_ok=True)
        build = Build(*building.build(self.root, ("--strict", *options), told))
        for image in drawn.iterdir():
            if not (kept / image.name).exists():
                shutil.copyfile(image, store() / f"{os.getpid()}.png").replace(kept / image.name)
        return build

    def _inputs(self, environment: dict[str, str]) -> str:
        """A hash of every file of the project and of what the build is told."""
        told = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        digest = hashlib.sha256(repr(sorted((told | environment).items())).encode())
        for file in sorted(self.root.rglob("*")):
            if file.is_file():
                digest.update(f"\0{file.relative_to(self.root).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:32]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file, by `new`."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    def write(self, path: str, text: str) -> None:
        """Write a file, new or not."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8", newline="\n")

    def page(self, url: str) -> str:
        """The HTML at an address of the built site."""
        return (self.root / "site" / url / "index.html").read_text(encoding="utf-8")

    def published(self) -> Mapping[str, str]:
        """Each built file's path and the hash of its bytes."""
        site = self.root / "site"
        return {
            file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(site.rglob("*"))
            if file.is_file()
        }

    def built_from_nothing(self, **environment: str) -> Mapping[str, str]:
        """What a copy of the project publishes that is built elsewhere, with nothing that an earlier build kept.

        To compare a build with the unchanged one that follows it shows nothing: that one leaves the site alone.
        """
        copy = Zone(self.root.with_name(f"{self.root.name}-from-nothing"))
        made = {"site", ".cache"}
        shutil.copytree(
            self.root, copy.root, ignore=lambda folder, _: made if Path(folder) == self.root else set()
        )
        build = copy._build(**environment)  # Not what another test has built of the same files.
        assert build.status == 0, build.said
        return copy.published()


def adopt(root: Path, zone: str = "sample") -> Zone:
    """Lay a zone's content over this project's machinery in `root`, as another zone would adopt it."""
    shutil.copytree(ZONES / zone, root, ignore=shutil.ignore_patterns("identity.yml"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    (root / "hooks").mkdir()
    shutil.copyfile(ROOT / "hooks" / "main.py", root / "hooks" / "main.py")  # The package is installed.
    marker = "# ── Machinery"
    _, machinery = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split(marker)
    identity = (ZONES / zone / "identity.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(identity + marker + machinery, encoding="utf-8", newline="\n")
    return Zone(root)


def adopt_again(folder: Path, zone: str = "sample", left: str = KEPT) -> Zone:
    """Lay out a zone where the test before had its own: what templates were compiled to holds for one path, and is `left`."""
    root, apart = folder / "zone", folder / "left"
    if (root / left).exists():
        (root / left).rename(apart)
    for made in set(folder.iterdir()) - {apart}:
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    if apart.exists():
        (root / left).parent.mkdir(parents=True)
        apart.rename(root / left)
    return adopt(root, zone)


def store() -> Path:
    """The folder in which the processes of a test run share what they have built."""
    return Path(os.environ[STORE])


def shared(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to ask for it makes; the others of the run take it as it is."""
    kept = store() / name
    if not kept.exists():
        with _written(kept) as folder:
            make(folder)
    return kept


@contextmanager
def _written(kept: Path) -> Iterator[Path]:
    """A folder to fill, put in its place whole; one that another process put there first is left."""
    with tempfile.TemporaryDirectory(dir=kept.parent, ignore_cleanup_errors=True) as work:
        folder = Path(work, "made")
        folder.mkdir()
        yield folder
        try:
            folder.rename(kept)
        except OSError:
            if not kept.exists():
                raise
