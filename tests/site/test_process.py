"""What a build leaves behind in its process: nothing, whether it ends well or not."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping

import mkdocs.commands.build
import mkdocs.structure.files
import mkdocs.structure.nav
import mkdocs.structure.pages
import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from PIL import Image

from tests.site.conftest import Zone

LOGGERS = ("", "mkdocs", "gazette", "mkdocs.commands.build", "mkdocs.structure.pages")
PATCHABLE = (mkdocs.commands.build, mkdocs.structure.files, mkdocs.structure.nav, mkdocs.structure.pages)


def state() -> Mapping[str, object]:
    """All that a build could change for whatever runs after it."""
    loggers = {name: logging.getLogger(name) for name in LOGGERS}
    return {
        "garbage collection": (gc.isenabled(), gc.get_threshold()),
        "environment": dict(os.environ),
        "folder": os.getcwd(),  # noqa: PTH109
        "import path": [*sys.path],
        "logging": {name: (each.level, [*each.handlers], [*each.filters]) for name, each in loggers.items()},
        "warnings": [*warnings.filters],
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "threads": {*threading.enumerate()},
        "largest picture": Image.MAX_IMAGE_PIXELS,
        "MkDocs": [dict(vars(module)) for module in PATCHABLE],
    }


@pytest.fixture(autouse=True)
def _own_threshold() -> Iterator[None]:
    """One that no build sets, so that a build before this test hides nothing."""
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 11)
    yield
    gc.set_threshold(*before)


def fails(zone: Zone) -> bool:
    """Build in this process; whether that failed."""
    config = load_config(str(zone.root / "mkdocs.yml"), strict=True)
    try:
        mkdocs.commands.build.build(config)
    except MkDocsException:
        return True
    finally:
        config.plugins.on_shutdown()
    return False


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/alliances/silk.yml", "industry:", "industri:"),
        ("docs/en/index.md", "alliances/index.md", "alliances/indx.md"),
        ("overrides/records/alliances/single.md", "{% set facts", "{% sett facts"),
    ],
)
def test_the_process_is_as_it_was(zone: Zone, path: str, old: str, new: str) -> None:
    zone.edit(path, old, new)
    load_config(str(zone.root / "mkdocs.yml"))  # Modules that are imported once.
    before = state()
    assert fails(zone)
    assert state() == before
    zone.edit(path, new, old)
    assert not fails(zone)
    assert state() == before
    assert not fails(zone)  # Nothing has changed.
    assert state() == before
