"""An id that was published never goes in silence and is never used again."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.locks import unlocked_names
from gazette.content.model import IDS_LOCK, Content
from gazette.records.integrity import Retirement

_EXAMPLE = """\
# data/retired/{file}.yml
was: {was}
now: {now}  # {zh} / {en}
date: {{date: 2026-11-23, basis: stated}}"""
_WITHOUT = {
    "zh": "无接替则改写 why: {zh: …, en: …}",
    "en": "where nothing took its place, instead why: {zh: …, en: …}",
}


def wrong_retirements(content: Content) -> Iterator[Diagnostic]:
    """A retirement of what still stands, of what is retired already, or that leads to nothing."""
    first: dict[str, Retirement] = {}
    for retirement in content.retirements:
        earlier = first.setdefault(retirement.was, retirement)
        if retirement.was in content.names:
            yield Diagnostic(
                content.position(retirement, ("was",)),
                "reused-id",
                f"“{retirement.was}”已停用，却仍有这个条目或页面：编号不重复使用，请给它另取编号，或删去这条停用记录。",
                f"`{retirement.was}` was given up and yet is there: an id is never reused. "
                "Give the entry another id, or remove this retirement.",
            )
        elif earlier is not retirement:
            yield Diagnostic(
                content.position(retirement, ("was",)),
                "retired-twice",
                f"“{retirement.was}”在 {earlier.path} 已写过停用；请删去一个。",
                f"`{retirement.was}` is given up in {earlier.path} already; remove one of them.",
            )
        elif retirement.now:
            yield from _astray(content, retirement)


def _astray(content: Content, retirement: Retirement) -> Iterator[Diagnostic]:
    """A retirement whose `now` is nothing, a draft, or leads back to itself."""
    now = retirement.now or ""
    chain = content.succession(retirement.was)
    at = content.position(retirement, ("now",))
    if chain[-1].now in {step.was for step in chain}:
        circle = " → ".join((*(step.was for step in chain), str(chain[-1].now)))
        yield Diagnostic(
            at,
            "retirement-circle",
            f"停用记录首尾相接，不通向任何条目：{circle}。",
            f"These retirements run in a circle and lead to no entry: {circle}.",
        )
    elif len(chain) > 1:
        return  # What it leads to was retired too, and is told of there.
    elif now not in content.names:
        zh, en = content.meant(now, content.names)
        yield Diagnostic(
            at,
            "no-successor",
            f"没有“{now}”这个条目或页面。{zh}".strip(),
            f"There is no entry or page `{now}`. {en}".strip(),
        )
    elif now not in content.published_names:
        yield Diagnostic(
            at,
            "no-successor",
            f"“{now}”是草稿，旧地址不能通向尚未发布的文章。",
            f"`{now}` is a draft: an old address cannot lead to what is not published.",
        )


def lost_names(content: Content) -> Iterator[Diagnostic]:
    """An id or page that was published, is not there any more and is not retired."""
    retired = {retirement.was for retirement in content.retirements}
    new = [name for name in unlocked_names(content) if name not in retired]
    for name, place in content.locked_names.items():
        if name in content.published_names or name in retired:
            continue
        if name in content.names:
            yield Diagnostic(
                place,
                "lost-id",
                f"“{name}”发布过，现在是草稿，它的网址会失效。请去掉 draft；要撤下，就给草稿另取编号并写明停用。",
                f"`{name}` was published and is a draft now; its address would be dead. Remove `draft`; "
                "to withdraw it, give the draft another id and retire this one.",
            )
            continue
        folder = name.rpartition("/")[0]
        beside = [other for other in new if other.rpartition("/")[0] == folder]
        close = difflib.get_close_matches(name, beside, 1, 0) or ["…"]
        yield Diagnostic(
            place,
            "lost-id",
            f"“{name}”发布过，现在没有了，它的旧网址会失效。请恢复它，或写明停用。",
            f"`{name}` was published and is gone, and its old address would be dead. Restore it, or retire it.",
            _EXAMPLE.format(file=retirement_id(name), was=name, now=close[0], **_WITHOUT),
        )


def unlocked_ids(content: Content) -> Iterator[Diagnostic]:
    """Ids and pages not yet in the lock file; they are locked before they are published from main."""
    new = unlocked_names(content)
    if new:
        shown = ", ".join(new[:5]) + (" …" if len(new) > 5 else "")
        yield Diagnostic(
            Position(IDS_LOCK),
            "unlocked-id",
            f"{len(new)} 个新编号尚未锁定：{shown}。发布前请运行 gazette lock。",
            f"{len(new)} new id(s) are not locked: {shown}. Run `gazette lock` before publishing.",
            pending=True,
        )


def retirement_id(name: str) -> str:
    """The file's stem for the retirement of a name: `startup_records/kiln` is startup-records-kiln."""
    return name.replace("/", "-").replace("_", "-").lower()
