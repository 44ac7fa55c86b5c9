"""What is kept under the hash of the code is made again by other code, and by another version of what that stands on."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import pytest

from gazette.base import cache_folder
from tests.expectations import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OTHERS = {"click", "filelock", "mkdocs", "Pillow"}
"""What makes nothing that is kept under this hash: the engine's version and a picture's have their own place in names."""
PACKAGES = sorted({re.split("[=><]", said)[0] for said in PROJECT["dependencies"]} - OTHERS)


@pytest.mark.parametrize("package", PACKAGES)
def test_another_version_of_a_package_is_another_hash(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    code_hash = cache_folder.code_hash.__wrapped__
    before = code_hash()
    monkeypatch.setattr(cache_folder, "version", lambda name: "99" if name == package else version(name))
    assert code_hash() != before
