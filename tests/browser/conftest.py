"""The zone with a page of every kind in headless Chromium: served from a sub-path on 127.0.0.1 as GitHub Pages would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.serving import PROJECT, Served, serving
from tests.browser.sweep import alternate, everywhere, one_of_each
from tests.site.test_photos import illustrate
from tests.zones import adopt

SAMPLE = 4
"""So many kinds of page, beside the home page, are looked at where not all are; each in both languages."""
Alternate = Callable[[Sequence[str], int], Sequence[str]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A sweep looks at the fixture zone; that of all pages at this checkout's own site too."""
    if "swept" in metafunc.fixturenames:
        sites = ["full", "checkout"] if metafunc.config.getoption("sweep") == "all" else ["full"]
        metafunc.parametrize("swept", sites, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The zone with a page of every kind."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, adopt(folder / "zone", "full").root) as site:
        yield site


@pytest.fixture(scope="session")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site with photographs."""
    folder = tmp_path_factory.mktemp("illustrated")
    with serving(folder, illustrate(adopt(folder / "zone")).root) as site:
        yield site.address


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site of this checkout, whatever zone's it is."""
    with serving(tmp_path_factory.mktemp("checkout"), PROJECT) as site:
        yield site


@pytest.fixture(scope="session")
def swept(request: pytest.FixtureRequest) -> Served:
    """A site whose pages are looked at one after the other."""
    site: Served = request.getfixturevalue("checkout" if request.param == "checkout" else "served")
    return site


@pytest.fixture(scope="session")
def kinds(request: pytest.FixtureRequest, swept: Served) -> list[str]:
    """The addresses of a page of each kind; without --sweep=all of some kinds."""
    return one_of_each(swept, None if request.config.getoption("sweep") == "all" else SAMPLE)


@pytest.fixture(scope="session")
def pages(request: pytest.FixtureRequest, swept: Served, kinds: list[str]) -> list[str]:
    """The addresses that a sweep looks at: some pages; with --sweep=all every page."""
    return everywhere(swept) if request.config.getoption("sweep") == "all" else kinds


@pytest.fixture(scope="session")
def every_other(request: pytest.FixtureRequest) -> Alternate:
    """Of a sample the pages for one of two ways of looking; with --sweep=all every page."""
    whole = request.config.getoption("sweep") == "all"
    return lambda urls, turn: alternate(urls, turn, whole=whole)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A narrow phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """A wide screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()
