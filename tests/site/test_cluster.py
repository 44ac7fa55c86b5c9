"""A site whose pages the workers of a Dask cluster render is the site that is built here, whatever becomes of the workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path

import dask
import psutil
import pytest
from distributed import Client, Security

import gazette
from gazette.build import changed_site, cluster, workers
from gazette.build.engine import SCHEDULER
from gazette.build.page_builder import PageBuilder, RenderedPage
from gazette.build.page_cache import HtmlPage
from tests.expectations import ENGINE
from tests.site.test_build_command import gazette_build
from tests.site.test_page_cache import built, different
from tests.unit.test_revisions import commit, git
from tests.zones import Zone

LIMIT = 60
"""Seconds in which a process of a cluster starts and ends."""
OTHER_ENGINE = (
    "-c",
    "from gazette.base import cache_folder; cache_folder.code_hash = lambda: 'another'\n"
    "from distributed.cli.dask_worker import main; main()",
)
THIS_ENGINE = ("-m", "distributed.cli.dask_worker")


class Cluster:
    """A scheduler and its workers, processes of this machine that speak TLS, with certificates made for the test."""

    def __init__(self, folder: Path, ending: ExitStack) -> None:
        self._folder, self._ending = folder, ending
        made = Security.temporary()
        parts = {"ca": made.tls_ca_file, "cert": made.tls_client_cert, "key": made.tls_client_key}
        self.files = {part: folder / f"{part}.pem" for part in parts}
        for part, file in self.files.items():
            file.write_text(parts[part], encoding="utf-8")
        file = folder / "scheduler.json"
        place = ("--protocol", "tls", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.scheduler = self._started("-m", "distributed.cli.dask_scheduler", *place)
        until = time.monotonic() + LIMIT
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        self.workers: list[psutil.Process] = []
        self.addresses: list[str] = []

    def add(self, *engines: tuple[str, ...]) -> None:
        """Start a worker of each engine, and wait until the scheduler knows them."""
        for engine in engines:
            place = (
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(self._folder),
            )
            self.workers.append(self._started(*engine, self.address, *place))
        with Client(self.address, security=self.security()) as client:
            client.wait_for_workers(len(self.workers), timeout=LIMIT)
            address_of = {pid: address for address, pid in client.run(os.getpid).items()}
        self.addresses = [address_of[worker.pid] for worker in self.workers]

    def security(self) -> Security:
        """What lets a client in."""
        ca, cert, key = (str(file) for file in self.files.values())
        return Security(tls_ca_file=ca, tls_client_cert=cert, tls_client_key=key, require_encryption=True)

    def _started(self, *command: str) -> psutil.Process:
        names = {"ca": "--tls-ca-file", "cert": "--tls-cert", "key": "--tls-key"}
        tls = [word for part, file in self.files.items() for word in (names[part], str(file))]
        process = psutil.Popen(
            [sys.executable, *command, "--host", "127.0.0.1", *tls],
            env={
                **os.environ,
                "PYTHONPATH": str(Path(gazette.__file__).parents[1]),
                # The worker that is held is to keep what it was given, and is given nothing more.
                "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "False",
                # The other one keeps what was sent to both, which it could not take from the one that is held.
                "DASK_DISTRIBUTED__SCHEDULER__ACTIVE_MEMORY_MANAGER__START": "False",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._ending.callback(process.wait, LIMIT)
        self._ending.callback(process.kill)
        return process


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster without workers, and the settings of this process that let it in."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with ExitStack() as ending:
        made = Cluster(folder, ending)
        ca, cert, key = map(str, made.files.values())
        tls = {"ca-file": ca, "client.cert": cert, "client.key": key}
        ending.enter_context(
            dask.config.set({f"distributed.comm.tls.{name}": file for name, file in tls.items()})
        )
        monkeypatch.setenv(SCHEDULER, made.address)
        yield made


def repository(root: Path) -> None:
    """Commit a project, so that its pages say when they were changed."""
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Test")
    git(root, "config", "user.email", "test@example.invalid")
    commit(root, "2031-02-03")


def nothing_ends(_: Cluster) -> None:
    """The worker that is held stays so."""


def worker_dies(made: Cluster) -> None:
    made.workers[0].kill()


def workers_die(made: Cluster) -> None:
    for worker in made.workers:
        worker.kill()


def scheduler_dies(made: Cluster) -> None:
    made.scheduler.kill()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "here"),
    [
        (worker_dies, False),
        pytest.param(nothing_ends, True, marks=pytest.mark.whole),
        pytest.param(workers_die, True, marks=pytest.mark.whole),
        pytest.param(scheduler_dies, True, marks=pytest.mark.whole),
    ],
)
def test_a_cluster_builds_the_same_site_whatever_dies(
    zone: Zone, tmp_path: Path, started: Cluster, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, end: Callable[[Cluster], None], here: bool,
) -> None:  # fmt: skip
    """Of two workers one is held, so that its pages wait; the end comes with the first page of the other, for which this process waits."""
    caplog.set_level("INFO", ENGINE)
    repository(zone.root)
    with monkeypatch.context() as alone:
        alone.delenv(SCHEDULER)
        assert built(zone.root, tmp_path / "alone", monkeypatch, cached=False)
    started.add(THIS_ENGINE, THIS_ENGINE, OTHER_ENGINE)
    connect, render, keep = cluster.connect, PageBuilder.render, PageBuilder.keep
    rendered_here, came, asked = set[str](), set[str](), list[Future[workers.Batch]]()

    def connect_and_hold(*arguments: object) -> workers.Workers:
        found = connect(*arguments)  # type: ignore[arg-type]
        assert found.count == 2
        started.workers[0].suspend()
        submit = found.executor.submit

        def submit_in_turn(*task: object) -> Future[workers.Batch]:
            turn = started.addresses[len(asked) % 2]
            asked.append(submit(*task, workers=turn, allow_other_workers=True))
            return asked[-1]

        monkeypatch.setattr(found.executor, "submit", submit_in_turn)
        return found

    def render_here(builder: PageBuilder, uri: str) -> RenderedPage:
        wait(asked, LIMIT, FIRST_COMPLETED)
        rendered_here.add(uri)
        return render(builder, uri)

    def keep_and_end(builder: PageBuilder, page: RenderedPage) -> object:
        if page.uri not in rendered_here:
            came.add(page.uri)
            if len(came) == 1:
                end(started)
        return keep(builder, page)

    monkeypatch.setattr(cluster, "connect", connect_and_hold)
    monkeypatch.setattr(PageBuilder, "render", render_here)
    monkeypatch.setattr(PageBuilder, "keep", keep_and_end)
    monkeypatch.setattr(workers, "_BATCH", 6)
    monkeypatch.setattr(cluster, "_PATIENCE", 40)
    before = {*psutil.Process().children(recursive=True)}
    assert built(zone.root, tmp_path / "helped", monkeypatch, cached=False)
    assert came, "some pages came from the cluster"
    assert {*psutil.Process().children(recursive=True)} <= before
    assert not different(tmp_path / "alone", tmp_path / "helped")
    assert "another, " in caplog.text
    assert ("were rendered here" in caplog.text) == here


def test_what_was_made_of_other_content_is_not_taken(
    zone: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", ENGINE)
    assert built(zone.root, tmp_path / "alone", monkeypatch, cached=False)

    def other(uris: list[str], _: object) -> workers.Batch:
        return "other", [RenderedPage(uri, HtmlPage("wrong", "wrong", "wrong"), "wrong") for uri in uris]

    with ThreadPoolExecutor(1) as pool:
        found = workers.Workers(pool, 1, other, (), None, lambda: None)
        monkeypatch.setattr(changed_site, "start_workers", lambda *_, **__: found)
        assert built(zone.root, tmp_path / "helped", monkeypatch, cached=False)
    assert "other content or settings than here were read" in caplog.text
    assert not different(tmp_path / "alone", tmp_path / "helped")


def refused(zone: Zone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> str:
    """What a build says that is to be refused, of a site that stays as it is."""
    assert zone.build(**{SCHEDULER: ""}).status == 0
    before = zone.published()
    zone.edit("docs/en/method.md", "## Method", "## The method")
    assert not built(zone.root, zone.root / "site", monkeypatch, cached=True)
    assert zone.published() == before
    (said,) = [record.getMessage() for record in caplog.records if "site was left" in record.getMessage()]
    zh, en, *_ = said.strip().splitlines()
    assert any("一" <= character <= "鿿" for character in zh)
    return en


def test_a_cluster_that_is_not_encrypted_is_refused(zone: Zone) -> None:
    zone.build()
    before = zone.published()
    zone.edit("docs/en/method.md", "## Method", "## The method")
    build = gazette_build(zone, "--scheduler", "tcp://127.0.0.1:8786")
    assert build.status == 1
    assert "要以 tls:// 开头" in build.said
    assert "tcp://127.0.0.1:8786: the address of a cluster starts with `tls://`" in build.said
    assert zone.published() == before


def test_a_cluster_that_does_not_answer_is_told(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tls://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv(SCHEDULER, address)
    assert f"{address}: no connection to the cluster: " in refused(zone, monkeypatch, caplog)


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(
    zone: Zone, started: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert "has no worker" in refused(zone, monkeypatch, caplog)


def test_a_package_that_is_missing_is_told(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setenv(SCHEDULER, "tls://127.0.0.1:8786")
    assert "pip install -r requirements-cluster.lock" in refused(zone, monkeypatch, caplog)


def test_a_build_without_a_cluster_loads_none(zone: Zone) -> None:
    run = (
        "import sys; from gazette.build import workers\n"
        "print({'dask', 'distributed', 'gazette.build.cluster'} & {*sys.modules})"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(gazette.__file__).parents[1])}
    told = subprocess.run([sys.executable, "-c", run], env=environment, capture_output=True, check=True)
    assert told.stdout.split() == [b"set()"]
