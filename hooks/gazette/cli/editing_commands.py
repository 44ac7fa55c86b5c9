"""The subcommands of `gazette` that write an editor's files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import click

from gazette.base.diagnostics import ContentError
from gazette.base.messages import Refused, say
from gazette.cli.commands import command, today
from gazette.content import base_locks, locks
from gazette.editing import correcting, removing, renaming, sign_off, undo, updating
from gazette.records.values import FieldRef, Localised, Ref
from gazette.site.model import build_model, load_checked


def why(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a reason, which is given in both languages or not at all."""
    zh = click.option("--why-zh", metavar="TEXT", help="中文的原因 / the reason in Chinese")
    en = click.option("--why-en", metavar="TEXT", help="英文的原因 / the reason in English")
    return zh(en(function))


def _reason(why_zh: str | None, why_en: str | None) -> Localised | None:
    if bool(why_zh) != bool(why_en):
        raise Refused("reason-in-one-language")
    return Localised(zh=why_zh, en=why_en) if why_zh and why_en else None


def _figures(words: Sequence[str]) -> Mapping[FieldRef, Mapping[str, str]]:
    """Each figure that is named, with the `key=value` after it."""
    found: dict[FieldRef, dict[str, str]] = {}
    for word in words:
        key, pair, value = word.partition("=")
        if not pair:
            found[correcting.figure_named(word)] = {}
        elif found:
            found[[*found][-1]][key] = value
    if not found or not all(found.values()):
        raise Refused("figure-and-values")
    return found


def _record(name: str) -> Ref:
    """A record that is named by its collection and id, or by its file."""
    collection, _, id_ = re.sub(
        r"^(?:data|docs/(?:zh|en))/|\.(?:yml|md)$", "", name.replace("\\", "/")
    ).rpartition("/")
    return Ref(collection, id_)


def _written(root: Path, files: Mapping[str, bytes | None], code: str) -> None:
    print(*undo.write(root, files), say(code).on_one_line, sep="\n")


@command("translated", "确认英文与中文一致 / confirm that English says the same")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--all", "every", is_flag=True, help="全部 / every page and record")
def translated(root: Path, paths: Sequence[str], every: bool) -> None:
    if every == bool(paths):
        raise Refused("files-or-all")
    content, _ = load_checked(root)
    written = sign_off.sign(content, content.owners() if every else sign_off.named(content, paths))
    print(*written, say("signed-off", count=len(written)).on_one_line, sep="\n")


@command("lock", "锁定已发布的数据和编号 / lock the published figures and ids")
@click.option(
    "--since",
    metavar="COMMIT",
    help="撤销这个提交之后的锁定，再重新锁定 / undo what was locked after this commit, and lock anew",
)
def lock_published(root: Path, since: str | None) -> None:
    with base_locks.restored(root, since) if since else nullcontext():
        content, _ = load_checked(root)
        _, clashing = build_model(content, drafts=True)
        if clashing:  # An address once locked is never given up without a trace.
            raise ContentError(clashing, root)
        figures, names = len(locks.unlocked(content)), len(locks.unlocked_names(content))
        print(*locks.write(content), say("locked", figures=figures, names=names).on_one_line, sep="\n")


@command("rename", "给记录换编号 / give a record another id")
@click.argument("old", metavar="COLLECTION/ID", help="记录 / the record")
@click.argument("new", metavar="ID", help="新编号 / its new id")
@today("停用日期，默认今天 / the day, by default this one")
def rename(root: Path, old: str, new: str, today: date) -> None:
    content, _ = load_checked(root)
    record = _record(old)
    paths = renaming.rename(content, record, new.removeprefix(f"{record.collection}/"), today)
    print(*paths, say("renamed").on_one_line, sep="\n")


@command("remove", "撤下一条记录 / take a record away")
@click.argument("record", metavar="COLLECTION/ID")
@click.option("--now", default="", metavar="COLLECTION/ID", help="由什么接替 / what takes its place")
@why
@today("停用日期，默认今天 / the day, by default this one")
def remove(root: Path, record: str, now: str, why_zh: str, why_en: str, today: date) -> None:
    content, _ = load_checked(root)
    _written(
        root,
        removing.remove(content, _record(record), now, _reason(why_zh, why_en), today),
        "removed-record",
    )


@command("correct", "更正错误的数据 / correct figures that were wrong")
@click.argument("words", nargs=-1, required=True, metavar="FIGURE KEY=VALUE...")
@why
@today("更正日期，默认今天 / the day, by default this one")
def correct(root: Path, words: Sequence[str], why_zh: str, why_en: str, today: date) -> None:
    figures = _figures(words)
    content, _ = load_checked(root)
    _written(root, correcting.correct(content, figures, _reason(why_zh, why_en), today), "corrected")


@command("update", "记下数据的新值 / record what a figure is now")
@click.argument("words", nargs=-1, required=True, metavar="FIGURE KEY=VALUE...")
@click.option(
    "--as-of", required=True, metavar="DATE", help="截至什么时间，如 2026-Q3 / the date, such as 2026-Q3"
)
@click.option("--inferred", is_flag=True, help="年份是推断的 / its year is inferred")
def update(root: Path, words: Sequence[str], as_of: str, inferred: bool) -> None:
    (ref, figure), *others = _figures(words).items()
    if others:
        raise Refused("figure-and-values")
    content, _ = load_checked(root)
    date = {"date": as_of, "basis": "inferred" if inferred else "stated"}
    _written(root, updating.update(content, ref, figure, date), "updated")


@command("undo", "撤销上一次改动 / put back what the last change wrote")
def put_back(root: Path) -> None:
    print(*undo.undo(root), say("undone").on_one_line, sep="\n")
