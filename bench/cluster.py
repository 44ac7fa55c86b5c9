"""What a build costs that a cluster renders: here, in each worker, and on the way, on a synthetic project in one process.

    make bench-cluster RECORDS=1000

What workers do is done by this process, one batch after the other, and counted apart: CPU time, and the bytes that are sent.
TLS is not counted, nor is the time on the wire.
"""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
from collections import Counter
from concurrent.futures import Executor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
from bench import builders, corpus
from bench.profile import Clock
from mkdocs.__main__ import cli

from gazette.base.files import FileList
from gazette.build import cluster, workers
from gazette.build.engine import SCHEDULER
from gazette.build.page_builder import PageBuilder

PACKING, READING, RENDERING = "here: packing", "worker: reading", "worker: rendering"
SENDING, RECEIVING, KEEPING = "worker: sending pages", "here: receiving pages", "here: keeping pages"


class Here(Executor):
    """Does what it is given at once, with arguments and results as they come out of a message."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.bytes = clock, Counter[str]()

    def submit(self, task: Any, snapshot: Any, *arguments: Any) -> Future[Any]:  # type: ignore[override]
        """The result, in a future that is done."""
        asked = pickle.dumps(arguments)
        with self.clock.stage(RENDERING):
            result = task(snapshot, *pickle.loads(asked))
        with self.clock.stage(SENDING):
            sent = pickle.dumps(result)
        self.bytes |= {"pages": self.bytes["pages"] + len(sent), "orders": self.bytes["orders"] + len(asked)}
        future = Future[Any]()
        with self.clock.stage(RECEIVING):
            future.set_result(pickle.loads(sent))
        return future


def main() -> None:
    """Make a project, build it as a cluster would, print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000)
    options = parser.parse_args()
    clock = Clock()
    here = Here(clock)
    with tempfile.TemporaryDirectory() as folder:
        made = corpus.make(options.records, Path(folder, "project"))
        distributed.get_worker = lambda: SimpleNamespace(local_directory=folder)
        clock.watch(cluster, "_snapshot", PACKING)
        clock.watch(cluster, "_project", READING)
        clock.watch(PageBuilder, "keep", KEEPING)

        def connect(_: str, order: workers.Order, written: FileList, environment: str) -> workers.Workers:
            sent = pickle.dumps(cluster._snapshot(order, written, environment))
            here.bytes["project"] = len(sent)
            given = (pickle.loads(sent),)
            return workers.Workers(here, 10**6, cluster.render, given, None, lambda: None)

        cluster.connect = connect
        os.environ.update({**builders.ENV, SCHEDULER: "here"})
        file = str(made.project / "mkdocs.yml")
        clock.turn()
        cli(["build", "--strict", "--quiet", "--config-file", file], standalone_mode=False)
        clock.turn()
        pages = sum(1 for _ in (made.project / "site").rglob("index.html"))
    names = (PACKING, READING, RENDERING, SENDING, RECEIVING, KEEPING)
    rows = {name: clock.seconds[name] for name in names}
    rows["here: all the rest"] = sum(clock.seconds.values()) - sum(rows.values())
    print(f"{f'{options.records} records, {pages} pages':<28}{'CPU s':>9}{'ms a page':>11}")
    for name, seconds in rows.items():
        print(f"{name:<28}{seconds:>9.2f}{seconds / pages * 1000:>11.3f}")
    for name, count in here.bytes.items():
        print(f"bytes sent: {name:<16}{count:>9}{count / pages:>11.0f}")


if __name__ == "__main__":
    main()
