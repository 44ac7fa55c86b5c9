"""The finished site takes the place of the last one: at once where the system can, else file by file."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from gazette.base.messages import Refused
from gazette.build import exchange, output, site_place
from gazette.build.output import changes, file_states, recover, replace_site

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "site/index.html": "old",
        "site/same/index.html": "same",
        "site/gone/deep/index.html": "gone",
        "site/stays/index.html": "stays",
        ".site.new/index.html": "new",
        ".site.new/same/index.html": "same",
        ".site.new/fresh/style.css": "fresh",
    }
    for path, words in pages.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words, encoding="utf-8")
    return tmp_path / "site"


def read(site: Path) -> dict[str, str]:
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in files}


NEW = {
    "index.html": "new",
    "same/index.html": "same",
    "stays/index.html": "stays",
    "fresh/style.css": "fresh",
}


def put_in(site: Path, *, at_once: bool = True) -> None:
    replace_site(site, changes(site, file_states(site), {"stays/index.html"}), at_once=at_once)


def beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path != site)


EITHER_WAY = pytest.mark.parametrize("at_once", [True, False])


@EITHER_WAY
def test_the_new_site_takes_the_place_of_the_old(site: Path, at_once: bool) -> None:
    put_in(site, at_once=at_once)
    assert read(site) == NEW
    assert not (site / "gone").exists()
    assert beside(site) in ([], [".site.spare"])


@EITHER_WAY
def test_what_is_the_same_is_not_written_again(site: Path, at_once: bool) -> None:
    same = site / "same/index.html"
    before = same.stat().st_mtime_ns, same.stat().st_ino
    put_in(site, at_once=at_once)
    assert (same.stat().st_mtime_ns, same.stat().st_ino) == before


@EITHER_WAY
def test_the_states_foretold_are_those_of_the_site(site: Path, at_once: bool) -> None:
    changed = changes(site, file_states(site), {"stays/index.html"})
    replace_site(site, changed, at_once=at_once)
    assert changed.states == file_states(site)


@LINUX
def test_while_links_are_made_the_site_is_the_old_one_and_then_the_new_one(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [read(site)]
    old = seen[0]
    for module, name in ((exchange, "link"), (exchange, "flush"), (Path, "unlink")):
        does = getattr(module, name)

        def watched(*given: object, _does: Callable[..., object] = does) -> object:
            seen.append(read(site))
            return _does(*given)

        monkeypatch.setattr(module, name, watched)
    put_in(site)
    assert len(seen) > 4
    assert seen == [old] * len(seen)
    assert read(site) == NEW


@LINUX
def test_the_next_time_only_what_changed_is_linked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(site)
    linked: list[str] = []
    link = exchange.link
    monkeypatch.setattr(
        exchange, "link", lambda of, to: (linked.append(to.relative_to(site.parent).as_posix()), link(of, to))
    )
    for words in ("newer", "newest"):
        linked.clear()
        (site.parent / ".site.new").mkdir()
        (site.parent / ".site.new/index.html").write_text(words, encoding="utf-8")
        stays = {address for address in NEW if address != "index.html"}
        replace_site(site, changes(site, file_states(site), stays), at_once=True)
        assert read(site) == {**NEW, "index.html": words}
    assert linked == [".site.spare/index.html"]


@LINUX
def test_a_spare_site_that_was_spoilt_does_no_harm(site: Path) -> None:
    spare = site.parent / ".site.spare"
    (spare / "deep/stray").mkdir(parents=True)
    (spare / "deep/stray/index.html").write_text("stray", encoding="utf-8")
    (spare / "index.html").write_text("other", encoding="utf-8")
    put_in(site)
    assert read(site) == NEW
    assert not (site / "deep").exists()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EBUSY])
@pytest.mark.parametrize("refuses", ["link", "exchange"])
def test_where_folders_cannot_be_exchanged_files_are_moved_in(
    site: Path, monkeypatch: pytest.MonkeyPatch, refuses: str, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(exchange, refuses, refuse)
    put_in(site)
    assert read(site) == NEW
    assert beside(site) == []


@LINUX
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_on_a_disk_that_is_full_the_old_site_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    old = read(site)
    monkeypatch.setattr(exchange, "link", refuse)
    with pytest.raises(OSError, match="refused"):
        put_in(site)
    assert read(site) == old


def test_a_site_that_may_not_be_written_is_left(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read(site)
    monkeypatch.setattr(os, "access", lambda path, _mode: path != site)
    with pytest.raises(PermissionError):
        put_in(site)
    assert read(site) == old


def test_moving_in_that_fails_half_way_is_finished_by_the_next(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "index.html":
            raise PermissionError("in use")
        return replace(path, target)

    with monkeypatch.context() as held:
        held.setattr(Path, "replace", refuse)
        with pytest.raises(PluginError, match="close the programs that use it"):
            put_in(site, at_once=False)
    # A page comes after what it refers to.
    assert read(site)["fresh/style.css"] == "fresh"
    assert read(site)["index.html"] == "old"
    recover(site)
    assert read(site) == NEW
    assert beside(site) == []


def test_an_order_that_is_not_whole_is_left_to_the_next_build(site: Path) -> None:
    order = output.beside(site, "order")
    order.write_bytes(b"")
    old = read(site)
    recover(site)
    assert read(site) == old
    assert beside(site) == []


def on_another_disk(site: Path, patch: pytest.MonkeyPatch, room: int = 100) -> None:
    """Let the site be on another disk than what is beside it, with room for so many more files."""
    copy, copied = shutil.copy2, list[Path]()

    def watched(move: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def moved(path: Path, to: Path) -> Path:
            if path.is_relative_to(site) != to.is_relative_to(site):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(path))
            return move(path, to)

        return moved

    def copy_where_room_is(file: Path, to: Path) -> Path:
        if len(copied) == room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(to))
        copied.append(to)
        return copy(file, to)

    def cannot(*_: Path) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    patch.setattr(Path, "rename", watched(Path.rename))
    patch.setattr(Path, "replace", watched(Path.replace))
    patch.setattr(shutil, "copy2", copy_where_room_is)
    patch.setattr(exchange, "link", cannot)


@EITHER_WAY
def test_a_site_on_another_disk_is_replaced_too(
    site: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    on_another_disk(site, monkeypatch)
    changed = changes(site, file_states(site), {"stays/index.html"})
    replace_site(site, changed, at_once=at_once)
    assert read(site) == NEW
    assert file_states(site) == changed.states
    assert {*beside(site)} <= {".site.spare"}


def test_another_disk_that_fills_up_leaves_the_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(site)
    on_another_disk(site, monkeypatch, room=1)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        put_in(site)
    output.discard(site)
    assert read(site) == before
    assert beside(site) == []


def nothing_there(_: Path) -> None:
    """No site was built there."""


def a_file(target: Path) -> None:
    target.write_text("mine", encoding="utf-8")


def a_link_to_nothing(target: Path) -> None:
    target.symlink_to(target.with_name("nowhere"))


def a_link_to_itself(target: Path) -> None:
    target.symlink_to(target)


def a_folder_of_somebody(target: Path) -> None:
    target.mkdir()
    (target / "notes.txt").write_text("mine", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "there", "code"),
    [
        ("data", nothing_there, "site-in-project"),
        ("overrides/out", nothing_there, "site-in-project"),
        (".git", nothing_there, "site-in-project"),
        (".cache/site", nothing_there, "site-in-project"),
        ("site", a_file, "site-place-taken"),
        ("site", a_link_to_nothing, "site-place-taken"),
        ("site", a_link_to_itself, "site-place-taken"),
        ("site", a_folder_of_somebody, "site-place-taken"),
    ],
)
def test_a_site_takes_the_place_of_nothing_that_no_build_has_made(
    tmp_path: Path, name: str, there: Callable[[Path], None], code: str
) -> None:
    there(tmp_path / name)
    with pytest.raises(Refused) as refused:
        site_place.need_place(tmp_path, tmp_path / name)
    assert refused.value.code == code


def test_a_site_takes_the_place_of_one_that_was_built_before(site: Path) -> None:
    root = site.parent
    site_place.need_place(root, root / "another")
    site_place.need_place(root, site)
    (site / "index.html").unlink()
    output.record_output(root, site, {}, {}, "")
    site_place.need_place(root, site)


ANYTHING = pytest.mark.parametrize("there", [a_file, a_link_to_nothing, a_folder_of_somebody])


@ANYTHING
@pytest.mark.parametrize("name", ["new", "order"])
def test_whatever_stands_where_a_build_writes_is_cleared_away(
    site: Path, name: str, there: Callable[[Path], None]
) -> None:
    output.remove(output.staging(site))
    there(output.beside(site, name))
    recover(site)
    assert beside(site) == []


@ANYTHING
def test_whatever_stands_where_the_second_site_is_kept_is_cleared_away(
    site: Path, there: Callable[[Path], None]
) -> None:
    there(output.beside(site, "spare"))
    put_in(site)
    assert read(site) == NEW


def test_a_link_where_a_build_writes_is_not_followed(site: Path) -> None:
    apart = site.with_name("apart")
    a_folder_of_somebody(apart)
    output.remove(output.staging(site))
    output.staging(site).symlink_to(apart)
    recover(site)
    assert not output.staging(site).exists()
    assert read(apart) == {"notes.txt": "mine"}


def test_what_is_hidden_beside_the_pages_stays(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git/HEAD").write_text("ref", encoding="utf-8")
    put_in(site)
    assert read(site) == {**NEW, ".git/HEAD": "ref"}
