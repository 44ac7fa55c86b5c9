"""What every test run shares: projects to load, the environment, and tests that apply to one zone's content alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml
from playwright.sync_api import Browser, sync_playwright

import gazette.build  # noqa: F401 - it says what `mkdocs` is, before a test imports it

pytest.register_assert_rewrite("tests.expectations", "tests.feed_rules")

from tests import jibei  # noqa: E402
from tests.attacks.tally import table as attempts_table  # noqa: E402
from tests.browser.serving import QUIET, at_rest, headless_shell  # noqa: E402
from tests.expectations import ROOT, TESTS  # noqa: E402
from tests.zones import STORE  # noqa: E402

ZONE = "GAZETTE_ZONE"
"""The variable that names the zone whose tests must all be run: where some are left out, the run fails."""
LEFT_OUT = pytest.StashKey[int]()
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
"""Where files are kept in memory, and the bytes that must be free there for the tests to write theirs: sites are built there in two thirds of the time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sweep",
        choices=("sample", "all"),
        default="sample",
        help="look at a sample of the kinds of page, or at all pages, those of this checkout's site too",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = 0
    if _leads(config):
        if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
            os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
        os.environ[STORE] = tempfile.mkdtemp(prefix="gazette-tests-")
        Path(os.environ[STORE], "share").mkdir()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _leads(config):
        shutil.rmtree(os.environ.pop(STORE), ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only --sweep=all looks at, and the tests of the shipped content where another zone's stands in its place."""
    if config.getoption("sweep") != "all":
        whole = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if item not in whole]
        config.hook.pytest_deselected(items=whole)
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if settings["site_name"] != jibei.SITE_NAME:
        folder = Path(jibei.__file__).parent
        left_out = [item for item in items if item.path.is_relative_to(folder)]
        items[:] = [item for item in items if not item.path.is_relative_to(folder)]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)
        if not _leads(config):
            config.workeroutput["left_out"] = len(left_out)  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Of processes, half as many again as there are cores: much of what browsers and servers take is waiting."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take from a parallel process how many tests it left out, which is as many as each of the others."""
    left_out = getattr(node, "workeroutput", {}).get("left_out", 0)
    node.config.stash[LEFT_OUT] = max(left_out, node.config.stash[LEFT_OUT])


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[LEFT_OUT] and os.environ.get(ZONE) == jibei.SITE_NAME:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    done = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for line in attempts_table(done):
        terminalreporter.write_line(line)
    if number := config.stash[LEFT_OUT]:
        terminalreporter.write_line(
            f"{jibei.SITE_NAME}的内容测试有 {number} 项不适用于本站 / {number} tests of Jibei's content do not apply"
        )
        if os.environ.get(ZONE) == jibei.SITE_NAME:
            terminalreporter.write_line(
                f"{ZONE}={jibei.SITE_NAME}：一项也不能少 / none may be left out", red=True
            )


def _leads(config: pytest.Config) -> bool:
    """Whether this process is the run itself, and not one of those among which it divides the tests."""
    return not hasattr(config, "workerinput")


Project = Callable[[Mapping[str, str | bytes | None]], Path]

hypothesis.settings.load_profile("ci")  # The same examples each time, wherever the suite is run.

CALLERS = re.compile(
    "(SITE|REPO)_URL|CI|LANGUAGE|(NO|FORCE)_COLOR|SOURCE_DATE_EPOCH|(GAZETTE|GIT|GITHUB|LC)_.*"
)
"""Variables of the caller's that would change what a test finds; GAZETTE_ARCHIVE is meant for the tests, and so is their store."""
FIXED = {
    "COLUMNS": "80",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    # A checkout that another user owns may be read: CI's and a container's are such.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
}


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    """The same environment for every test and all that it starts, whoever runs the suite."""
    with pytest.MonkeyPatch.context() as held:
        for name in [*os.environ]:
            if CALLERS.fullmatch(name) and name not in ("GAZETTE_ARCHIVE", STORE):
                held.delenv(name)
        for name, value in FIXED.items():
            held.setenv(name, value)
        # A shell that runs the suite in the background has its processes, and theirs, take no heed of Ctrl+C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a process: Playwright cannot be started twice in one."""
    with sync_playwright() as playwright:
        launched = at_rest(playwright.chromium.launch(executable_path=headless_shell(), args=QUIET))
        yield launched
        launched.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Write a project from its files' paths and texts; returns its root. A file whose text is None is left out."""

    def write(files: Mapping[str, str | bytes | None]) -> Path:
        for path, text in files.items():
            if text is not None:
                file = tmp_path / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return tmp_path

    return write


@pytest.fixture
def small(project: Project) -> Project:
    """The small zone with the site's own templates, and with the files given changed."""

    def write(changes: Mapping[str, str | bytes | None]) -> Path:
        return project(
            _files(TESTS / "zones" / "small")
            | _files(ROOT, "overrides/records")
            | _files(ROOT, "overrides/charts")
            | dict(changes)
        )

    return write


def _files(root: Path, folder: str = ".") -> dict[str, str | bytes | None]:
    files = (file for file in (root / folder).rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
