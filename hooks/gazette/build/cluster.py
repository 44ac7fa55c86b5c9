"""Workers on other machines: those of a Dask cluster. They share no disk with this one: they are sent what they read, and return pages."""

from __future__ import annotations

import hashlib
import io
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.metadata import version
from logging import getLogger
from pathlib import Path

from gazette.base import cache_folder
from gazette.base.files import FileList
from gazette.base.git import History, history
from gazette.base.messages import Refused, say
from gazette.build.engine import ENGINE
from gazette.build.inputs import environment_hash, machinery_files
from gazette.build.page_builder import PageBuilder
from gazette.build.page_cache import PageCache
from gazette.build.workers import Appearances, Batch, Order, Workers, page_builder, show_appearances
from gazette.outputs import fonts

log = getLogger("gazette")

_ANSWER = 10
"""Seconds in which the scheduler is to answer."""
_PATIENCE = 20
"""Seconds without an answer from any worker after which this process renders what they were given."""
_one_at_a_time = threading.Lock()
"""A worker may run several tasks at once; a page builder builds one page at a time."""


@dataclass(frozen=True)
class Snapshot:
    """What a worker reads: the files of a project, `packed`, and what git knows of them; told from others by its `key`."""

    order: Order
    environment: str
    key: str
    packed: bytes = field(repr=False, compare=False)
    known: History = field(repr=False, compare=False)


def connect(scheduler: str, order: Order, written: FileList, environment: str) -> Workers:
    """The workers of the cluster that has this `scheduler`; they read the project while this process does.

    Raises Refused where there are none, or what is sent to them could be read on the way.
    """
    try:
        from distributed import Client, Security
    except ModuleNotFoundError as error:
        if error.name != "distributed":
            raise
        raise Refused("cluster-not-installed") from error
    if not scheduler.startswith("tls://"):
        raise Refused("cluster-without-tls", address=scheduler)
    getLogger("distributed").setLevel("CRITICAL")  # What fails is told in this package's words.
    try:
        client = Client(scheduler, security=Security(require_encryption=True), timeout=_ANSWER)
    except (OSError, TypeError, ValueError) as error:  # Two of which are a certificate that is missing.
        raise Refused("cluster-unreachable", address=scheduler, reason=error) from error
    with ExitStack() as failing:
        failing.callback(client.close)
        fit = _fit(client.run(engine, on_error="return"))
        if not fit:
            raise Refused("cluster-without-workers", address=scheduler)
        packed = _snapshot(order, written, environment)
        snapshot = client.scatter(packed, workers=fit, broadcast=True, hash=False)
        executor = client.get_executor(pure=False, workers=fit)
        for address in fit:
            executor.submit(read, snapshot, workers=address)
        failing.pop_all()
    return Workers(executor, len(fit), render, (snapshot,), _PATIENCE, client.close)


def _fit(engines: dict[str, object]) -> list[str]:
    """The addresses of the workers whose engine is this one; of the others it is said that they are not."""
    own = engine()
    for address, found in engines.items():
        if found != own:
            log.info(say("worker-of-another-engine", worker=address, found=found, own=own))
    return [address for address, found in engines.items() if found == own]


def _snapshot(order: Order, written: FileList, environment: str) -> Snapshot:
    file = Path(order.config_file)
    root = file.parent
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted({file, *machinery_files(root), *(root / path for path in written.paths)}):
            archive.writestr(path.relative_to(root).as_posix(), path.read_bytes())
    files, known = packed.getvalue(), history(root)
    order = replace(order, config_file=file.name)
    key = hashlib.sha256(files + repr((order, environment, known)).encode()).hexdigest()
    return Snapshot(order, environment, key, files, known)


# ── In a worker ──────────────────────────────────────────────────────────────


@cache
def engine() -> str:
    """What pages are made by: this package, what it stands on, the engine, the font of pictures."""
    font = fonts.chinese(fonts.folders())
    return f"{ENGINE} {version(ENGINE)}, {cache_folder.code_hash()}, {font and font.identity}"


def read(snapshot: Snapshot) -> None:
    """Read the project, so that it is ready when the first pages are asked for."""
    with _one_at_a_time:
        _project(snapshot)


def render(snapshot: Snapshot, uris: Sequence[str], appearances: Appearances) -> Batch:
    """Render pages of the project."""
    with _one_at_a_time:
        _, builder = _project(snapshot)
        show_appearances(builder, appearances)
        rendered = [builder.render(uri) for uri in uris]
        # What MkDocs said of a page is lost here, and so is the place of its faults: the build itself builds it again.
        return builder.inputs_hash, [page for page in rendered if page.key]


@lru_cache(maxsize=1)
def _project(snapshot: Snapshot) -> tuple[tempfile.TemporaryDirectory[str], PageBuilder]:
    """The page builder of the project that was read last, and the folder where it was unpacked, which goes with it."""
    from distributed import get_worker

    folder = tempfile.TemporaryDirectory(dir=get_worker().local_directory, ignore_cleanup_errors=True)
    root = Path(folder.name)
    with zipfile.ZipFile(io.BytesIO(snapshot.packed)) as archive:
        archive.extractall(root)
    order = replace(snapshot.order, config_file=str(root / snapshot.order.config_file))
    environment = environment_hash(order.settings(), drafts=order.drafts)
    if environment != snapshot.environment:
        raise Refused("worker-read-other")
    pages = PageCache(root / cache_folder.FOLDER, environment)
    return folder, page_builder(order, pages, root / "site", snapshot.known)
