"""One project that is laid out again and again as earlier builds left it, and what became of a build of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gazette.base.messages import say
from tests import pictures
from tests.attacks.faults import Fault, Happens, begun, ended
from tests.attacks.tally import Outcome
from tests.zones import Zone, adopt

NAMES = ("茶业联盟", "新茶联盟", "春茶联盟")
"""The titles of a record: at first, in the old site, in the new one."""
Site = Mapping[str, str] | None
"""Each file's path and the hash of its bytes; None where no site is there."""


@dataclass(frozen=True)
class Place:
    """The folder of the project, and beside it copies of it in each phase.

    `cold`: nothing was built; `warm`: there is no site, and all is kept; `edit`: the site is that of before an edit.
    """

    folder: Path

    @property
    def zone(self) -> Zone:
        return Zone(self.folder / "place" / "zone")

    @property
    def said(self) -> str:
        """What the last build said."""
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    @cached_property
    def old(self) -> Site:
        return self.zone.published()

    @cached_property
    def new(self) -> Site:
        return self.zone.built_from_nothing()

    def prepare(self) -> Place:
        """Build what the phases begin with."""
        zone = adopt(self.zone.root)
        (zone.root / "data/photos").mkdir()
        (zone.root / "data/photos/hall.jpg").write_bytes(pictures.jpeg(700, 500))
        zone.edit("data/alliances/tea.yml", "points:\n", pictures.photos("hall.jpg") + "points:\n")
        self._done()
        self._edit(1)
        self._done()
        assert self.old
        self._edit(2)
        assert self.new
        self._keep("edit")
        self._done()
        (self.folder / "said.writes").rename(self.folder / "edit.writes")
        shutil.rmtree(zone.root / "site")
        self._keep("warm")
        shutil.rmtree(zone.root / ".cache")
        self._keep("cold")
        return self

    def lay(self, phase: str) -> None:
        """Lay the project out as it was in a phase."""
        shutil.rmtree(self.zone.root, ignore_errors=True)
        shutil.copytree(self.folder / phase, self.zone.root)

    def writes(self, happens: Happens) -> int:
        """About how often a build writes, where it can be made to happen: as often as after an edit."""
        written, indexed = (self.folder / "edit.writes").read_text().split()
        return int(indexed if happens is Happens.KILLED_IN_INDEX else written)

    def room(self) -> int:
        """So many bytes of the disk that the project is on a build from nothing takes."""
        self.lay("cold")
        before = shutil.disk_usage(self.zone.root).free
        self._done()
        return before - shutil.disk_usage(self.zone.root).free

    def build(self, fault: Fault = Fault()) -> int | None:  # noqa: B008 - it is frozen
        """Build the project; returns the exit status, None where it hangs."""
        return ended(begun(self.zone.root, fault, self.folder / "said.txt"))

    def site(self) -> Site:
        """What stands there as the site."""
        return self.zone.published() if (self.zone.root / "site").exists() else None

    def before(self, phase: str) -> Site:
        """The site that a phase begins with."""
        return self.old if phase == "edit" else None

    def right_in_the_end(self, status: int | None) -> Outcome | None:
        """What is wrong after a build that nothing happened to; None where its site is the new one and nothing is left over."""
        if status is None:
            return Outcome.HUNG
        if status:
            return Outcome.CRASHED
        left = {path.name for path in self.zone.root.iterdir()} & {".site.new", ".site.order"}
        return Outcome.THROUGH if left or self.site() != self.new else None

    def killed(self, phase: str, fault: Fault) -> Outcome:
        """What becomes of a build that is killed."""
        self.lay(phase)
        if self.build(fault) is None:
            return Outcome.HUNG
        if self.site() not in (self.before(phase), self.new):
            return Outcome.THROUGH
        return self.right_in_the_end(self.build()) or Outcome.ACCEPTED

    def refused(self, phase: str, fault: Fault, after: Callable[[], object] = lambda: None) -> Outcome:
        """What becomes of a build whose writes the system refuses, until `after` it nothing is refused any more."""
        self.lay(phase)
        return self.refused_here(self.before(phase), fault, after)

    def refused_here(self, before: Site, fault: Fault, after: Callable[[], object]) -> Outcome:
        """The same of the project as it is laid out, whose site is as it was `before`."""
        status, said = self.build(fault), self.said
        site = self.site()
        after()
        wrong = self.right_in_the_end(self.build())
        if status is None or wrong:
            return wrong or Outcome.HUNG
        if status == 0:
            return Outcome.ACCEPTED if site == self.new else Outcome.THROUGH
        if site != before:
            return Outcome.THROUGH
        return Outcome.REFUSED if _told(said) and "Traceback" not in said else Outcome.CRASHED

    def _edit(self, number: int) -> None:
        self.zone.edit("data/alliances/tea.yml", NAMES[number - 1], NAMES[number])

    def _done(self, fault: Fault = Fault()) -> None:  # noqa: B008
        assert self.build(fault) == 0, self.said

    def _keep(self, phase: str) -> None:
        shutil.copytree(self.zone.root, self.folder / phase)


def _told(said: str) -> bool:
    """Whether a build has said in both languages what it was refused, and that the site is left."""
    reasons = [say(code) for code in ("disk-full", "disk-broken", "read-only", "no-permission")]
    told = any(reason.zh in said and reason.en in said for reason in reasons)
    return told and say("site-left-alone").on_one_line in said
