"""Builds whole small sites: a zone of its own content on this project's hooks, overrides and machinery."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ZONE = PROJECT / "tests" / "zones" / "sample"


@dataclass(frozen=True)
class Build:
    """A finished `mkdocs build`: its exit status and all it said."""

    status: int
    said: str


@dataclass(frozen=True)
class Zone:
    """A project folder that a test may edit and build."""

    root: Path

    def build(self, *options: str, **environment: str) -> Build:
        """Run `mkdocs build --strict`."""
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", *options],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        return Build(done.returncode, done.stdout + done.stderr)

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
        build = copy.build(**environment)
        assert build.status == 0, build.said
        return copy.published()


@pytest.fixture
def zone(tmp_path: Path) -> Zone:
    """The small zone, set up as another zone would adopt this project: its own data, docs and identity."""
    return adopt(tmp_path / "zone")


def adopt(root: Path) -> Zone:
    """Lay the small zone's content over this project's machinery in `root`."""
    shutil.copytree(ZONE, root, ignore=shutil.ignore_patterns("identity.yml"))
    for folder in ("hooks", "overrides"):
        shutil.copytree(
            PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    marker = "# ── Machinery"
    _, machinery = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8").split(marker)
    identity = (ZONE / "identity.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(identity + marker + machinery, encoding="utf-8", newline="\n")
    return Zone(root)
