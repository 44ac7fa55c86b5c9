"""Where each millisecond of a build goes, on a synthetic project, in one process.

    make profile RECORDS=1000
    make profile RECORDS=1000 OF=--one-edit

Prints the CPU time of each stage of a build, then the functions that cost most in a second one that is profiled, which
takes about twice as long. Imports are not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import io
import multiprocessing
import os
import pstats
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import builders, corpus
from mkdocs.__main__ import cli

from gazette.build import changed_site
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.markdown_parser import MarkdownParser
from gazette.build.page_builder import PageBuilder
from gazette.build.page_cache import PageCache
from gazette.outputs import search
from gazette.templates.renderer import Renderer

PAGES = "the rest of the pages"
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("looking them up", PageBuilder, "missing"),
    ("rendering Markdown", Renderer, "render"),
    ("parsing it", MarkdownParser, "body"),
    ("the theme's template", HtmlRenderer, "render"),
    ("what search knows", search, "document"),
    ("keeping it", PageBuilder, "build"),
    ("keeping it", PageCache, "put"),
    ("keeping it", PageCache, "flush"),
    (PAGES, changed_site, "build_all_pages"),
)
"""What is timed: the stage, whose function it is, the function."""
SHOWN = 40
"""So many functions are printed."""


class Spent(NamedTuple):
    """What the stages of a build took, in CPU seconds; how often each was begun."""

    seconds: Mapping[str, float]
    times: Mapping[str, int]


class Clock:
    """Counts time towards the innermost stage that is under way; what no stage has is before or after the pages."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.times: Counter[str] = Counter()
        self._now, self._last = now, now()
        self._under: list[str] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage from here to the end of the block."""
        self.turn()
        self._under.append(name)
        self.times[name] += 1
        try:
            yield
        finally:
            self.turn()
            self._under.pop()

    def turn(self) -> None:
        """Count what has passed since the last turn."""
        outside = "everything after" if self.times[PAGES] else "everything before"
        now = self._now()
        self.seconds[self._under[-1] if self._under else outside] += now - self._last
        self._last = now

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count each call of a function towards a stage."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def watched(*arguments: Any, **options: Any) -> Any:
            with self.stage(stage):
                return function(*arguments, **options)

        setattr(owner, name, watched)


def main() -> None:
    """Make a project; build it as often as it takes, each time in a new process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000)
    rebuild = parser.add_mutually_exclusive_group()
    rebuild.add_argument("--unchanged", action="store_true", help="profile a rebuild with nothing changed")
    rebuild.add_argument("--one-edit", action="store_true", help="profile a rebuild after one edit")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as processes,
    ):
        made = corpus.make(options.records, Path(folder, "project"))
        builder = builders.gazette(made, Path(folder))
        if options.unchanged or options.one_edit:
            processes.submit(build, made.project).result()
        for number, measure in enumerate((stages, functions)):
            if options.one_edit:
                builder.edit(number)
            elif not options.unchanged:
                builder.forget()
            found = processes.submit(measure, made.project).result()
            pages = sum(1 for _ in (made.project / "site").rglob("index.html"))
            print(table(found, pages) if isinstance(found, Spent) else found)


def build(project: Path) -> None:
    """Build in this process, and in no other."""
    os.environ.update(builders.ENV)
    os.cpu_count = lambda: 1
    cli(["build", "--strict", "--quiet", "--config-file", str(project / "mkdocs.yml")], standalone_mode=False)


def stages(project: Path) -> Spent:
    """What each stage of a build takes."""
    clock = Clock()
    for stage, owner, name in STAGES:
        clock.watch(owner, name, stage)
    build(project)
    clock.turn()
    return Spent(dict(clock.seconds), dict(clock.times))


def functions(project: Path) -> str:
    """The functions of a build that take most time themselves."""
    profile, told = cProfile.Profile(), io.StringIO()
    profile.runcall(build, project)
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(SHOWN)
    return told.getvalue()


def table(spent: Spent, pages: int) -> str:
    """The stages in the order of a build."""
    names = ["everything before", *dict.fromkeys(stage for stage, _, _ in STAGES), "everything after"]
    rows = [*((name, spent.seconds.get(name, 0.0)) for name in names), ("all", sum(spent.seconds.values()))]
    lines = [
        f"{name:<22}{seconds:>9.2f}{seconds / pages * 1000:>10.3f}{spent.times.get(name, ''):>9}"
        for name, seconds in rows
    ]
    return "\n".join([f"{f'{pages} pages':<22}{'CPU s':>9}{'ms a page':>10}{'times':>9}", *lines])


if __name__ == "__main__":
    main()
