"""Ids are never lost and never used again: the lock of ids, the retirements, and where each leads."""

from __future__ import annotations

import pytest

from gazette import cli
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.strict_yaml import parse
from gazette.checks import check
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.content.model import Content
from gazette.records.integrity import Retirement
from gazette.records.validation import validate
from gazette.records.values import Ref, field_ref
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import TESTS, assert_in_both_languages, mistakes, places

Changes = dict[str, str | bytes | None]
LINE = "data/services/music-line.yml"


def retired(was: str, now: str = "", why: str = "", day: str = "2026-11-23") -> str:
    return (
        f"was: {was}\n"
        + (f"now: {now}\n" if now else "")
        + (f"why: {{zh: 原因, en: {why}}}\n" if why else "")
        + f"date: {{date: {day}, basis: stated}}\n"
    )


def filed(**retirements: str) -> Changes:
    return {f"data/retired/{name}.yml": text for name, text in retirements.items()}


def read(small: Project, changes: Changes) -> Content:
    content, problems = load(small(changes))
    assert problems == []
    return content


def found(small: Project, changes: Changes) -> list[Diagnostic]:
    return mistakes(check(read(small, changes)))


LOCKED: Changes = {
    IDS_LOCK: "ids:\n"
    "  - about\n  - glossary/daily\n  - index\n  - indicators/shops\n  - news/line-opens\n  - services/music-line\n"
    "  - sources/report\n  - startup_records/kiln\n"
}


def line_renamed() -> Changes:
    """The music line under another id, as a hand would rename it, with what refers to it."""

    def text(path: str) -> str:
        return (TESTS / "zones/small" / path).read_text(encoding="utf-8")

    named = ("docs/zh/index.md", "docs/zh/about.md", "docs/zh/news/line-opens.md")
    return {
        **LOCKED,
        LINE: None,
        "data/services/song-line.yml": text(LINE),
        **{path: text(path).replace("music-line", "song-line") for path in named},
    }


def test_an_id_that_was_locked_and_is_gone_is_lost_and_the_example_retires_it(small: Project) -> None:
    messages = found(small, line_renamed())
    assert {message.code for message in messages} == {"lost-id", "silent-change"}
    lost = next(message for message in messages if message.code == "lost-id")
    assert places([lost]) == [f"{IDS_LOCK}:7:5 [lost-id]"]
    assert "now: services/song-line" in lost.example
    assert_in_both_languages(lost)
    assert found(small, line_renamed() | filed(line=lost.example)) == []


def test_the_figures_of_a_renamed_record_stay_locked_under_its_new_id(small: Project) -> None:
    renamed = line_renamed() | filed(line=retired("services/music-line", "services/song-line"))
    content = read(small, renamed)
    assert content.locked[field_ref("services/song-line.reach")] == "187 shop exact"
    assert field_ref("services/song-line.reach") not in locks.unlocked(content)
    changed = (
        str(renamed["data/services/song-line.yml"])
        .replace("value: 187", "value: 188")
        .replace("at: 187户", "at: 188户")
    )
    [message] = found(small, renamed | {"data/services/song-line.yml": changed})
    assert message.code == "silent-change"
    assert message.at.path == "data/services/song-line.yml"


def test_a_record_merged_into_another_has_its_figures_to_withdraw(small: Project) -> None:
    merged = filed(kiln=retired("startup_records/kiln", "indicators/shops"))
    [message] = found(small, LOCKED | merged | {"data/startup_records/kiln.yml": None})
    assert places([message]) == [f"{LOCK}:1:1 [silent-change]"]
    assert "startup_records/kiln.duration" in message.en


def test_a_page_that_is_gone_is_lost_too_and_may_be_withdrawn(small: Project) -> None:
    gone: Changes = {**LOCKED, "docs/zh/about.md": None, "docs/en/about.md": None}
    [message] = found(small, gone)
    assert (message.code, "about" in message.en) == ("lost-id", True)
    assert found(small, gone | filed(about=retired("about", why="Merged"))) == []


def test_an_article_that_was_published_does_not_become_a_draft_in_silence(small: Project) -> None:
    path = "docs/zh/news/line-opens.md"
    text = (TESTS / "zones/small" / path).read_text(encoding="utf-8")
    [message] = found(small, LOCKED | {path: text.replace("title:", "draft: true\ntitle:", 1)})
    assert places([message]) == [f"{IDS_LOCK}:6:5 [published-id-now-draft]"]
    assert "is a draft now" in message.en
    assert_in_both_languages(message)


def test_a_page_that_cannot_be_read_is_not_lost(small: Project) -> None:
    content, problems = load(small(LOCKED | {"docs/zh/about.md": "---\ntitle: [\n---\n"}))
    assert problems
    assert "lost-id" not in {message.code for message in check(content)}


def test_a_page_in_one_language_is_not_lost(small: Project) -> None:
    content, problems = load(small(LOCKED | {"docs/en/about.md": None}))
    assert [problem.code for problem in problems] == ["one-language"]
    assert check(content) == []


def test_a_new_id_waits_for_its_lock_and_stops_no_build(small: Project) -> None:
    new = {
        "data/glossary/morning.yml": "title: {zh: 早报, en: Morning Paper}\nsummary: {zh: 甲, en: A}\nkind: term\n"
        "english: working\nevidence: [{source: report, at: 晚报}]\n"
    }
    [message] = [
        message for message in check(read(small, {**LOCKED, **new})) if message.code == "unlocked-id"
    ]
    assert message.pending
    assert places([message]) == [f"{IDS_LOCK}:1:1 [unlocked-id]"]
    assert "glossary/morning" in message.en
    assert_in_both_languages(message)


def test_the_lock_command_locks_what_is_published_and_drops_nothing(small: Project) -> None:
    root = small(
        {
            IDS_LOCK: "ids:\n  - services/older-line\n",
            **filed(older=retired("services/older-line", "services/music-line")),
            "docs/zh/news/later.md": "---\ntitle: 甲\nsummary: 甲\ndraft: true\nevidence: [{source: report, at: 晚报}]\n---\n",
            "docs/en/news/later.md": "---\ntitle: A\nsummary: A\n---\n",
        }
    )
    assert cli.main(["--root", str(root), "lock"]) == 0
    text = (root / IDS_LOCK).read_text(encoding="utf-8")
    names = [line.removeprefix("  - ") for line in text.splitlines() if line.startswith("  - ")]
    assert names == sorted(names)
    assert {"services/older-line", "services/music-line", "about", "news/line-opens"} <= set(names)
    assert "news/later" not in names
    content, problems = load(root)
    assert problems == []
    assert locks.unlocked_names(content) == ()
    assert text == locks.render_ids(content)


@pytest.mark.parametrize("text", ["ids: services/a\n", "ids:\n  - {a: b}\n"])
def test_a_lock_of_ids_that_was_edited_by_hand_is_reported_not_a_crash(small: Project, text: str) -> None:
    _, [problem] = load(small({IDS_LOCK: text}))
    assert (problem.at.path, problem.code) == (IDS_LOCK, "ids-lock")
    assert_in_both_languages(problem)


WRONG = {
    "of what still stands": (filed(a=retired("services/music-line", "about")), "a.yml:1:6 [reused-id]"),
    "of a page that stands": (filed(a=retired("about", why="Why")), "a.yml:1:6 [reused-id]"),
    "twice": (
        filed(a=retired("services/x", "about"), b=retired("services/x", "index")),
        "b.yml:1:6 [retired-twice]",
    ),
    "to nothing": (filed(a=retired("services/x", "services/music-lin")), "a.yml:2:6 [no-successor]"),
    "to a chain's end that is nothing": (
        filed(a=retired("services/x", "services/y"), b=retired("services/y", "services/z")),
        "b.yml:2:6 [no-successor]",
    ),
    "to itself": (filed(a=retired("services/x", "services/x")), "a.yml:2:6 [retirement-circle]"),
}


@pytest.mark.parametrize(("changes", "expected"), WRONG.values(), ids=WRONG)
def test_a_retirement_that_cannot_hold_is_reported(small: Project, changes: Changes, expected: str) -> None:
    [message] = found(small, changes)
    assert places([message]) == [f"data/retired/{expected}"]
    assert_in_both_languages(message)


def test_a_circle_of_retirements_is_reported_at_each(small: Project) -> None:
    circle = filed(a=retired("services/x", "services/y"), b=retired("services/y", "services/x"))
    messages = found(small, circle)
    assert places(messages) == [f"data/retired/{name}.yml:2:6 [retirement-circle]" for name in "ab"]
    assert "services/x → services/y → services/x" in messages[0].en


def test_an_old_address_cannot_lead_to_a_draft(small: Project) -> None:
    draft = "---\ntitle: 甲\nsummary: 甲\ndraft: true\nevidence: [{source: report, at: 晚报}]\n---\n"
    [message] = found(
        small,
        {
            "docs/zh/news/later.md": draft,
            "docs/en/news/later.md": "---\ntitle: A\nsummary: A\n---\n",
            **filed(a=retired("news/sooner", "news/later")),
        },
    )
    assert places([message]) == ["data/retired/a.yml:2:6 [draft-successor]"]
    assert "draft" in message.en
    assert_in_both_languages(message)


def test_an_address_that_a_page_has_cannot_be_given_up(small: Project) -> None:
    """The record startup_records/kiln is at startup-records/kiln/."""
    with pytest.raises(ContentError) as error:
        render_site(small(filed(a=retired("startup-records/kiln", "about"))))
    [message] = error.value.diagnostics
    assert places([message]) == ["data/retired/a.yml:1:6 [retired-address-in-use]"]
    assert_in_both_languages(message)


NAMED = {
    "in a record": (
        "docs/zh/about.md",
        "---\ntitle: 关于\nsummary: 关于。\nrelated: [services/x]\n---\n",
        "It is now `services/music-line`.",
    ),
}


@pytest.mark.parametrize(("path", "text", "hint"), NAMED.values(), ids=NAMED)
def test_a_retired_id_that_is_named_gets_a_message_with_the_new_one(
    small: Project, path: str, text: str, hint: str
) -> None:
    chain = filed(a=retired("services/x", "services/y"), b=retired("services/y", "services/music-line"))
    [message] = found(small, chain | {path: text})
    assert hint in str(message)
    assert_in_both_languages(message)


def test_a_link_to_a_retired_page_is_shown_with_the_new_one(small: Project) -> None:
    """In either language; the last of a chain is meant."""
    chain = filed(a=retired("services/x", "services/y"), b=retired("services/y", "services/music-line"))
    page = "---\ntitle: {0}\nsummary: {0}\n---\n\n[x](services/x.md)\n"
    about = {"docs/zh/about.md": page.format("关于"), "docs/en/about.md": page.format("About")}
    messages = found(small, {**chain, **about})
    assert places(messages) == [f"docs/{locale}/about.md:6:5 [broken-link]" for locale in ("zh", "en")]
    assert {message.example for message in messages} == {"[…](services/music-line.md)"}


def test_a_call_of_a_retired_id_gets_a_message_with_the_new_one(small: Project) -> None:
    about = "---\ntitle: {}\nsummary: {}\n---\n\n{{{{ link('services/x') }}}}\n"
    root = small(
        filed(a=retired("services/x", "services/music-line"))
        | {
            "docs/zh/about.md": about.format("关于", "关于。"),
            "docs/en/about.md": about.format("About", "About."),
        }
    )
    with pytest.raises(ContentError) as error:
        render_site(root)
    assert {message.code for message in error.value.diagnostics} == {"no-such-record"}
    assert all("It is now `services/music-line`." in message.en for message in error.value.diagnostics)


def test_the_oldest_id_of_a_record_is_found_through_every_rename(small: Project) -> None:
    content = read(
        small,
        filed(
            a=retired("services/first", "services/second", day="2026-01-01"),
            b=retired("services/second", "services/music-line", day="2026-02-01"),
            c=retired("services/merged", "services/music-line", day="2026-03-01"),
        ),
    )
    assert content.original(Ref("services", "music-line")) == Ref("services", "first")
    assert content.original(Ref("indicators", "shops")) == Ref("indicators", "shops")
    assert content.successor("services/first") == "services/music-line"


REFUSED = {
    "neither now nor why": ("was: services/x\ndate: {date: 2026-11-23, basis: stated}\n", "`why`"),
    "a month": ("was: services/x\nnow: about\ndate: {date: 2026-11, basis: stated}\n", "dated to the day"),
    "a file for a name": (
        "was: docs/zh/x.md\nnow: about\ndate: {date: 2026-11-23, basis: stated}\n",
        "no entry or page",
    ),
    "a way out of the site": (
        "was: ../x\nnow: about\ndate: {date: 2026-11-23, basis: stated}\n",
        "no entry or page",
    ),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_a_retirement_accounts_for_itself(text: str, words: str) -> None:
    document, _ = parse(text, "a.yml")
    record, [message] = validate(
        Retirement, document.data, "a", lambda at, key: document.position(at, of_key=key)
    )
    assert record is None
    assert words in message.en.replace("names no entry", "no entry")
    assert_in_both_languages(message)
    assert message.example
