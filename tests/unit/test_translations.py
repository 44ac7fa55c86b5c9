"""The two languages say the same, and English that was made from other Chinese waits until it is checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.checks import check
from gazette.checks.translations import different_headings, one_sided_calls, stale_translations
from gazette.content.fingerprint import fingerprint
from gazette.content.loader import load
from gazette.records.values import Ref
from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from gazette.templates.view import view_of
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, edit, mistakes, places
from tests.unit.test_revisions import commit, repository

__all__ = ["repository"]

Changes = dict[str, str | bytes | None]
NOTICE = "This translation is being updated"


def about(chinese: str, english: str) -> Changes:
    """The page "about" with these bodies, which begin on line 6."""
    return {
        "docs/zh/about.md": f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n{chinese}\n",
        "docs/en/about.md": f"---\ntitle: About\nsummary: About this site.\n---\n\n{english}\n",
    }


def found(small: Project, changes: Changes) -> list[Diagnostic]:
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


FIGURE, LINK = '{{ figure("indicators/shops") }}', '{{ link("services/music-line") }}'
SINCE = '{{ date("services/music-line.since") }}'
CALLS = {
    "a figure in Chinese only": (f"共{FIGURE}。", "All.", ["zh:6:2"]),
    "a figure in English only": ("共计。", f"In all\n\n{FIGURE}.", ["en:8:1"]),
    "a link in English only": (FIGURE, f"{FIGURE}\n{LINK}", ["en:7:1"]),
    "a date in Chinese only": (f"一\n二\n三{SINCE}", "One.", ["zh:8:2"]),
    "a figure twice in one language": (f"{FIGURE}\n\n{FIGURE}", FIGURE, ["zh:6:1"]),
    "two different figures": (FIGURE, '{{ figure("services/music-line.reach") }}', ["en:6:1", "zh:6:1"]),
    "the same calls in another order": (f"{FIGURE}{LINK}", f"{LINK} and {FIGURE}", []),
    "another form and other words": (
        '{{ figure("indicators/shops") }}{{ link("services/music-line") }}',
        '{{ figure("indicators/shops", "number") }} {{ link("services/music-line", "the line") }}',
        [],
    ),
    "a call shown in code": (f"`{FIGURE}`", "None.", []),
    "a call in a comment": (f"{{# {FIGURE} #}}", "None.", []),
}


@pytest.mark.parametrize(("chinese", "english", "expected"), CALLS.values(), ids=CALLS)
def test_what_one_language_calls_the_other_must_call(
    small: Project, chinese: str, english: str, expected: list[str]
) -> None:
    messages = sorted(found(small, about(chinese, english)), key=lambda message: message.at.path)
    assert places(messages) == [
        f"docs/{place.split(':')[0]}/about.md:{place.partition(':')[2]} [one-sided-call]"
        for place in expected
    ]
    for message in messages:
        other = "zh" if message.at.path.startswith("docs/en") else "en"
        assert f"docs/{other}/about.md" in message.zh
        assert f"docs/{other}/about.md" in message.en
        assert {"zh": "Chinese", "en": "English"}[other] in message.en
        assert_in_both_languages(message)
        assert message.example.startswith("{{ ")


def test_a_plain_number_is_in_each_language_s_own_words(small: Project) -> None:
    assert found(small, about('如{{ plain("3户") }}。', 'Say, {{ plain("3 shops") }}.')) == []


def test_a_page_that_is_no_valid_template_is_said_to_be_so(small: Project) -> None:
    broken = about(f"共{FIGURE}。\n\n{{{{ figure(", f"{FIGURE} in all.")
    with pytest.raises(ContentError) as caught:
        render_site(small(broken))
    assert places(caught.value.diagnostics) == ["docs/zh/about.md:8:1 [call-unclosed]"]


HEADINGS = {
    "the same shape": ("## 一\n\n### 二\n\n## 三", "## One\n\n### Two\n\n## Three", ""),
    "one more in Chinese": ("## 一\n\n## 二", "## One\n\nTwo", "zh:8"),
    "one more in English": ("## 一", "## One\n\n### Two", "en:8"),
    "one more in the middle": ("## 一\n\n## 三", "## One\n\n### Two\n\n## Three", "en:8"),
    "another level": ("## 一\n\n## 二", "## One\n\n### Two", "en:8"),
    "none in Chinese": ("正文。", "Text.\n\n## One", "en:8"),
    "none in English": ("## 一", "Text.", "zh:6"),
    "a hash that is no heading": ("\\#一", "Text.", ""),
}


@pytest.mark.parametrize(("chinese", "english", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings_part_ways_at_the_first_that_differs(
    small: Project, chinese: str, english: str, expected: str
) -> None:
    messages = found(small, about(chinese, english))
    if not expected:
        assert messages == []
        return
    locale, line = expected.split(":")
    assert places(messages) == [f"docs/{locale}/about.md:{line}:1 [different-headings]"]
    assert_in_both_languages(messages[0])


def test_the_shapes_of_both_languages_are_shown(small: Project) -> None:
    [message] = found(small, about("## 一\n\n### 二", "Text."))
    assert "Chinese ## ###, English –" in message.en
    assert "中文 ## ###，英文 –" in message.zh


def test_a_comment_in_a_code_block_is_no_heading(small: Project) -> None:
    assert found(small, about("```\n# 一\n```", "```\n```")) == []


def waiting(root: Path) -> list[Diagnostic]:
    content, problems = load(root)
    assert problems == []
    assert mistakes(check(content)) == []
    return list(stale_translations(content))


CHINESE = {
    "a page's body": ("docs/zh/about.md", "正文", "新的正文", "docs/en/about.md"),
    "a page's title": ("docs/zh/about.md", "title: 关于", "title: 关于我们", "docs/en/about.md"),
    "an article's summary": (
        "docs/zh/news/line-opens.md",
        "开通了",
        "已经开通",
        "docs/en/news/line-opens.md",
    ),
    "a record's summary": ("data/services/music-line.yml", "定时", "按时", "data/services/music-line.yml"),
}


@pytest.mark.parametrize(("path", "old", "new", "english"), CHINESE.values(), ids=CHINESE)
def test_english_waits_when_its_chinese_changes(
    small: Project, path: str, old: str, new: str, english: str
) -> None:
    root = small({})
    edit(root, path, old, new)
    [message] = waiting(root)
    assert places([message]) == [f"{english}:1:1 [stale-translation]"]
    assert message.pending
    assert "The Chinese has changed since" in message.en
    assert "中文已改" in message.zh
    assert f"translated {english}" in message.en
    assert f"translated {english}" in message.zh
    assert_in_both_languages(message)


UNTOUCHED = {
    "an English word": ("docs/en/about.md", "Text", "Other text"),
    "a figure's value": ("data/indicators/shops.yml", "period: to_date", "period: year_to_date"),
    "an English title": ("data/services/music-line.yml", "en: Music Line", "en: The Music Line"),
    "what does not depend on language": ("docs/zh/about.md", "related: [services/music-line]\n", ""),
}


@pytest.mark.parametrize(("path", "old", "new"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_english_does_not_wait_for_changes_that_leave_the_chinese_words(
    small: Project, path: str, old: str, new: str
) -> None:
    root = small({})
    edit(root, path, old, new)
    assert waiting(root) == []


def test_english_that_was_never_confirmed_waits(small: Project) -> None:
    term = "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
    [message] = waiting(small({"data/glossary/one.yml": term + "evidence: [{source: report, at: 晚报}]\n"}))
    assert places([message]) == ["data/glossary/one.yml:1:1 [unconfirmed-translation]"]
    assert "not confirmed" in message.en
    assert "尚未确认" in message.zh
    assert_in_both_languages(message)


def stale_pages(site_model: SiteModel) -> set[str]:
    return {src_uri for src_uri, page in site_model.pages.items() if view_of(site_model, page).is_stale()}


def test_only_the_english_page_says_that_it_is_being_updated(small: Project) -> None:
    root = small({})
    assert stale_pages(render_site(root)) == set()
    for path, old, new in (
        ("docs/zh/about.md", "正文", "新的正文"),
        ("docs/zh/news/line-opens.md", "正文", "新的正文"),
        ("data/services/music-line.yml", "定时", "按时"),
    ):
        edit(root, path, old, new)
    assert stale_pages(render_site(root)) == {
        "en/about.md",
        "en/news/line-opens.md",
        "en/services/music-line.md",
    }


def test_a_page_never_confirmed_carries_no_notice(small: Project) -> None:
    assert stale_pages(render_site(small(about("新页。", "New.")))) == set()


NEW: Changes = {
    "data/glossary/new.yml": (
        "# 注释 kept: as it is\ntitle: {zh: 某物,   en: 'One thing'}\nsummary:\n  zh: |\n    甲\n  en: \"A\"\n"
        "kind: term\nenglish: working\nevidence: [{source: report, at: 晚报}]\n"
    ),
    "docs/zh/new.md": "---\ntitle: 新\nsummary: 新。\n---\n\n一\n\n---\n\ntranslated: 二\n",
    "docs/en/new.md": '---\ntitle:   "New"\n# a comment\nsummary: New.\n---\n\nOne  \n\n---\n\ntranslated: two\n\n\n',
}


@pytest.mark.parametrize(
    "path", ["data/services/music-line.yml", "data/glossary/new.yml", "docs/en/about.md", "docs/en/new.md"]
)
def test_signing_off_writes_the_fingerprint_and_nothing_else(small: Project, path: str) -> None:
    root = small(NEW)
    edit(root, "data/services/music-line.yml", "定时", "按时")
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    assert path in {message.at.path for message in waiting(root)}
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert cli.main(["--root", str(root), "translated", path]) == 0
    assert path not in {message.at.path for message in waiting(root)}
    after = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert {file for file in after if after[file] != before[file]} == {root / path}
    assert without_fingerprint(after[root / path]) == without_fingerprint(before[root / path])


def without_fingerprint(raw: bytes) -> list[bytes]:
    """A file's lines but for its fingerprint."""
    lines = raw.splitlines(keepends=True)
    at = [n for n, line in enumerate(lines) if line.startswith(b"translated: ") and len(line) == 25]
    return [line for n, line in enumerate(lines) if n not in at]


@pytest.mark.parametrize(
    "path", ["docs/zh/about.md", "docs/en/about.md", "./docs/en/about.md", "docs/en/about", "about"]
)
def test_either_language_s_file_names_a_page(small: Project, path: str) -> None:
    root = small({})
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    assert cli.main(["--root", str(root), "translated", path]) == 0
    assert waiting(root) == []


def test_a_record_is_signed_off_by_its_collection_and_id_too(small: Project) -> None:
    root = small(NEW)
    edit(root, "data/services/music-line.yml", "定时", "按时")
    assert cli.main(["--root", str(root), "translated", "services/music-line"]) == 0
    assert "data/services/music-line.yml" not in [one.at.path for one in waiting(root)]


def test_all_is_signed_off_at_once(small: Project) -> None:
    root = small(NEW)
    edit(root, "data/services/music-line.yml", "定时", "按时")
    assert cli.main(["--root", str(root), "translated", "--all"]) == 0
    assert waiting(root) == []


def test_signing_off_what_is_no_page_or_record_says_so(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(small({})), "translated", "docs/en/abuot.md"]) == 1
    said = capsys.readouterr().err
    assert "docs/en/abuot.md：没有这个页面或记录" in said


Typed = Callable[[bytes], bytes]
WINDOWS: dict[str, tuple[str, Typed]] = {
    "a record that ends without a line end": ("data/glossary/daily.yml", lambda raw: raw.rstrip(b"\n")),
    "a page with a byte-order mark": ("docs/en/about.md", lambda raw: b"\xef\xbb\xbf" + raw),
    "a page with a space after ---": ("docs/en/about.md", lambda raw: raw.replace(b"---\n", b"--- \n")),
    "a record with Windows line ends": ("data/glossary/daily.yml", lambda raw: raw.replace(b"\n", b"\r\n")),
    "a page with Windows line ends": ("docs/en/about.md", lambda raw: raw.replace(b"\n", b"\r\n")),
}


@pytest.mark.parametrize(("path", "typed"), WINDOWS.values(), ids=WINDOWS)
def test_what_windows_editors_save_can_be_signed_off(small: Project, path: str, typed: Typed) -> None:
    root = small({})
    before = typed((root / path).read_bytes())
    (root / path).write_bytes(before)
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    assert cli.main(["--root", str(root), "translated", path, "docs/en/about.md"]) == 0
    assert waiting(root) == []
    after = (root / path).read_bytes()
    assert bare(after) == bare(before)


def bare(raw: bytes) -> bytes:
    """A file's bytes but for its fingerprint and the line end that may follow it."""
    return b"".join(line for line in raw.splitlines(keepends=True) if not line.startswith(b"translated: "))


@pytest.fixture
def versioned(small: Project, repository: Path) -> Path:
    """The small project in a git repository, committed, and then committed again with other Chinese."""
    root = repository / "project"
    shutil.copytree(small({}), root, ignore=shutil.ignore_patterns("repository"))
    commit(repository, "2026-01-01")
    edit(root, "docs/zh/about.md", "正文。", "改过的正文。")
    commit(repository, "2026-02-02")
    edit(root, "data/services/music-line.yml", "定时收运", "按时收运")
    return root


def test_status_lists_what_waits_with_what_changed_in_the_chinese(
    versioned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(versioned), "status"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "docs/en/about.md:1:1: [stale-translation]" in said
    start = said.index("docs/en/about.md: 中文的改动 / what changed in the Chinese")
    assert {"    -正文。", "    +改过的正文。"} <= set(said[start : start + 7])
    start = said.index("data/services/music-line.yml: 中文的改动 / what changed in the Chinese")
    assert {"    -summary: 定时收运的专线。", "    +summary: 按时收运的专线。"} <= set(said[start:])


def test_status_without_a_history_lists_what_waits_without_a_diff(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({})
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    assert cli.main(["--root", str(root), "status"]) == 0
    said = capsys.readouterr().out
    assert "docs/en/about.md:1:1: [stale-translation]" in said
    assert "中文的改动" not in said


def test_status_without_git_lists_what_waits(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small({})
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    monkeypatch.setenv("PATH", "")
    assert cli.main(["--root", str(root), "status"]) == 0


def test_what_waits_fails_a_final_check_only(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small({})
    assert cli.main(["--root", str(root), "lock"]) == 0
    assert cli.main(["--root", str(root), "check", "--final"]) == 0
    edit(root, "docs/zh/about.md", "正文", "新的正文")
    assert cli.main(["--root", str(root), "check"]) == 0
    assert "docs/en/about.md:1:1: [stale-translation]" in capsys.readouterr().out
    assert cli.main(["--root", str(root), "check", "--final"]) == 1
    assert "docs/en/about.md:1:1: [stale-translation]" in capsys.readouterr().err


def test_what_a_draft_lacks_fails_no_check_until_it_is_published(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "---\ntitle: 甲\nsummary: 甲\ndraft: true\n---\n\n【待填】\n"
    english = "---\ntitle: A\nsummary: A\n---\n\n【to fill in】\n"
    root = small({"docs/zh/news/later.md": head, "docs/en/news/later.md": english})
    assert cli.main(["--root", str(root), "lock"]) == 0
    capsys.readouterr()
    assert cli.main(["--root", str(root), "check", "--final"]) == 0
    told = capsys.readouterr().out
    for code in ("no-evidence", "unconfirmed-translation", "left-to-fill-in"):
        assert f"[{code}]" in told
    edit(root, "docs/zh/news/later.md", "draft: true\n", "evidence: [{source: report, at: 晚报}]\n")
    edit(root, "docs/zh/news/later.md", "【待填】", "甲。")
    edit(root, "docs/en/news/later.md", "【to fill in】", "A.")
    assert cli.main(["--root", str(root), "check", "--final"]) == 1
    assert "docs/en/news/later.md:1:1: [unconfirmed-translation]" in capsys.readouterr().err


def test_an_unlocked_figure_fails_a_final_check_only(small: Project) -> None:
    root = small({})
    (root / "data/figures.lock.yml").unlink()
    assert cli.main(["--root", str(root), "check"]) == 0
    assert cli.main(["--root", str(root), "check", "--final"]) == 1


def test_a_fingerprint_that_is_none_is_refused(small: Project) -> None:
    _, [message] = load(
        small({"docs/en/about.md": "---\ntitle: A\nsummary: A.\ntranslated: yes\n---\n\nText.\n"})
    )
    assert message.at.path == "docs/en/about.md"
    assert message.at.line == 4
    assert_in_both_languages(message)


def test_the_chinese_file_has_no_fingerprint(small: Project) -> None:
    text = "---\ntitle: 关于\nsummary: 关于本站。\ntranslated: 0123456789ab\n---\n\n正文。\n"
    _, problems = load(small({"docs/zh/about.md": text}))
    assert [str(problem.at) for problem in problems] == ["docs/zh/about.md:4:1"]


def test_a_fingerprint_is_of_all_chinese_words_and_of_nothing_else(small: Project) -> None:
    content, _ = load(small({}))
    line = content.records[Ref("services", "music-line")]
    fields = {"title": line.title, "summary": line.summary}
    english = {name: text.model_copy(update={"en": "other"}) for name, text in fields.items()}
    assert fingerprint(line.model_copy(update=english)) == fingerprint(line) == line.translated
    for name, text in fields.items():
        changed = line.model_copy(update={name: text.model_copy(update={"zh": "别的"})})
        assert fingerprint(changed) != fingerprint(line)


def test_each_rule_of_parity_is_silent_on_a_sound_project(small: Project) -> None:
    content, _ = load(small({}))
    owners = [*content.owners()]
    found = [*one_sided_calls(content, owners), *different_headings(content, owners)]
    assert [*found, *stale_translations(content)] == []
