"""Whatever a build meets, its site is the old one or the new one, and what it kept spoils none after it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attacks.faults import Fault, Happens, begun, ended
from tests.attacks.interruptions import Place
from tests.attacks.tally import SEED, Outcome, Tally, sampled

pytestmark = pytest.mark.slow

KILLS, CORRUPTIONS, PAIRS, FULL = 200, 60, 40, 24
PHASES = {"cold": "cold", "warm": "warm", "edit": "edit", "index": "edit"}
"""When a build is killed, and how the project is laid out then: while the index is written, an edit has been made."""
DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda data, rng: data[: rng.randrange(len(data))],
    lambda data, rng: _changed(data, rng, 1, lambda byte: byte ^ (1 << rng.randrange(8))),
    lambda data, rng: _changed(data, rng, 600, lambda _: 0),
    lambda data, rng: _changed(data, rng, 600, lambda _: rng.randrange(256)),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("interrupted")).prepare()


def test_a_build_that_is_killed_leaves_one_site(
    place: Place, tally: Tally, pytestconfig: pytest.Config
) -> None:
    rng = random.Random(SEED)
    attempts = [
        (tuple(PHASES)[number % 4], rng.random(), rng.choice((0, 0, rng.uniform(0, 0.2))))
        for number in range(KILLS)
    ]

    def tried() -> Iterator[tuple[str, Outcome]]:
        for when, part, late in sampled(attempts, 3, pytestconfig):
            phase = PHASES[when]
            happens = Happens.KILLED_IN_INDEX if when == "index" else Happens.KILLED
            at = 1 + int(part * place.writes(happens))
            told = f"{when}, {late:.3f} s after write {at}"
            yield told, place.killed(phase, Fault(happens, at, late=late))

    tally("builds killed", tried())


def test_a_cache_that_was_spoilt_spoils_no_site(
    place: Place, tally: Tally, pytestconfig: pytest.Config
) -> None:
    attempts = [random.Random(SEED + number) for number in range(CORRUPTIONS)]

    def tried() -> Iterator[tuple[str, Outcome]]:
        for rng in sampled(attempts, 4, pytestconfig):
            phase = rng.choice(("edit", "warm"))
            place.lay(phase)
            cache = place.zone.root / ".cache"
            part = rng.choice(sorted(cache.iterdir()))
            file = rng.choice(sorted(part.iterdir())) if part.is_dir() else part
            damage = rng.randrange(len(DAMAGE))
            file.write_bytes(DAMAGE[damage](file.read_bytes(), rng))
            outcome = place.right_in_the_end(place.build()) or Outcome.ACCEPTED
            yield f"{phase}, {file.relative_to(cache)}, damage {damage}", outcome

    tally("cache spoilt", tried())


def test_two_builds_at_once_leave_one_site(place: Place, tally: Tally, pytestconfig: pytest.Config) -> None:
    rng = random.Random(SEED)
    attempts = [
        (rng.choice(("cold", "warm", "edit")), rng.uniform(0, 0.6), rng.random()) for _ in range(PAIRS)
    ]

    def tried() -> Iterator[tuple[str, Outcome]]:
        for phase, later, part in sampled(attempts, 1, pytestconfig):
            at = 1 + int(part * place.writes(Happens.KILLED))
            first = Fault(Happens.KILLED, at) if part < 0.3 else Fault()
            place.lay(phase)
            one = begun(place.zone.root, first, place.folder / "one.txt")
            time.sleep(later)
            other = begun(place.zone.root, Fault(), place.folder / "said.txt")
            statuses = ended(one), ended(other)
            status = statuses[1] if first.at or statuses[0] == 0 else statuses[0]
            outcome = place.right_in_the_end(status) or Outcome.ACCEPTED
            yield f"{phase}, the second after {later:.2f} s, {first}", outcome

    tally("pairs of builds", tried())


def test_a_disk_without_space_leaves_the_site(
    place: Place, tally: Tally, pytestconfig: pytest.Config
) -> None:
    attempts = [(phase, number) for phase in ("edit", "cold") for number in range(FULL)]

    def tried() -> Iterator[tuple[str, Outcome]]:
        for phase, number in sampled(attempts, 2, pytestconfig):
            at = 1 + place.writes(Happens.NO_SPACE) * number // FULL
            yield f"{phase}, write {at}", place.refused(phase, Fault(Happens.NO_SPACE, at))

    tally("no space (every write from one on is refused)", tried())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk")
def test_a_disk_that_fills_up_leaves_the_site(
    place: Place, tally: Tally, pytestconfig: pytest.Config
) -> None:
    most = {"edit": 0.3, "cold": 1.0}
    attempts = [(phase, most[phase] * number / FULL) for phase in most for number in range(FULL)]

    def tried() -> Iterator[tuple[str, Outcome]]:
        with disk(place.folder / "place", 64) as mounted:
            room, ballast = place.room(), mounted / "ballast"
            for phase, part in sampled(attempts, 2, pytestconfig):
                place.lay(phase)
                ballast.write_bytes(bytes(shutil.disk_usage(mounted).free - int(part * room)))
                outcome = place.refused_here(place.before(phase), Fault(), ballast.unlink)
                yield f"{phase}, room for {part:.2f} of what one from nothing takes", outcome

    tally("no space (tmpfs)", tried())


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [("site", Outcome.REFUSED), (".cache", Outcome.REFUSED), ("data", Outcome.ACCEPTED)],
)
def test_a_folder_that_cannot_be_written_leaves_the_site(
    place: Place, tally: Tally, folder: str, wanted: Outcome
) -> None:
    outcome = place.refused("edit", Fault(Happens.READ_ONLY, folder=folder))
    tally("folders that are only to be read", [(folder, outcome)])
    assert outcome is wanted, place.said


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of a size of its own at a folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def _changed(data: bytes, rng: random.Random, most: int, change: Callable[[int], int]) -> bytes:
    spoilt = bytearray(data)
    start = rng.randrange(len(data))
    for place in range(start, min(start + most, len(data))):
        spoilt[place] = change(spoilt[place])
    return bytes(spoilt)
