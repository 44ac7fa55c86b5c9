"""Sums that must hold, and published figures that change only with a correction."""

from __future__ import annotations

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.strict_yaml import parse
from gazette.checks import check
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.locks import LOCK
from gazette.records.integrity import Correction
from gazette.records.validation import validate
from gazette.records.values import Ref, field_ref
from gazette.templates.renderer import render_site
from gazette.templates.view import view_of
from tests.conftest import Project
from tests.expectations import anchor, assert_in_both_languages, mistakes, places

Changes = dict[str, str | bytes | None]


def indicator(value: str, unit: str = "shop", extra: str = "") -> str:
    amount = f"value: {value}, unit: {unit}" if unit else value
    return (
        "title: {zh: 甲, en: A}\nsummary: {zh: 甲, en: A}\ngroup: street\nperiod: to_date\n"
        "as_of: {date: 2021, basis: inferred}\n"
        f"figure: {{{amount}{extra}, source: report, at: {anchor(amount + extra)}}}\n"
    )


def sum_of(total: str, sides: str) -> Changes:
    return {
        "data/sums/all.yml": f"title: {{zh: 两部分, en: Two parts}}\ntotal: indicators/{total}\n{sides}\n",
        "data/units/firm.yml": "zh: 家\nen: {one: firm, other: firms}\n",
        "data/indicators/whole.yml": indicator("75"),
        "data/indicators/one.yml": indicator("25"),
        "data/indicators/two.yml": indicator("50"),
        "data/indicators/firms.yml": indicator("50", "firm"),
        "data/indicators/third.yml": indicator("0.1"),
        "data/indicators/thirds.yml": indicator("0.3"),
        "data/indicators/time.yml": indicator("value: 29m06s", ""),
        "data/indicators/everywhere.yml": indicator("qualifier: full_coverage", ""),
    }


def found(small: Project, changes: Changes) -> list[Diagnostic]:
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


PARTS = "parts: [indicators/{}, indicators/{}]"
THIRDS = "parts: [indicators/third, indicators/third, indicators/third]"
SUMS = {
    "two parts": ("whole", PARTS.format("one", "two"), ""),
    "one part that equals the total": ("firms", "parts: [indicators/two]", ""),
    "decimals, exactly": ("thirds", THIRDS, ""),
    "as many as there are records": ("third-of-all", "records_of: startup_records", ""),
    "two parts that make another total": ("two", PARTS.format("one", "two"), "2:8 [broken-sum] 25 + 50 ≠ 50"),
    "one part that does not equal the total": (
        "whole",
        "parts: [indicators/two]",
        "2:8 [broken-sum] 50 ≠ 75",
    ),
    "more records than the total": ("whole", "records_of: services", "2:8 [broken-sum] services: 1 ≠ 75"),
    "parts of different units": ("whole", PARTS.format("one", "firms"), "3:8 [sum-units] different units"),
    "a total of another unit": ("firms", PARTS.format("one", "two"), "3:8 [sum-units] different units"),
    "a duration": ("time", "parts: [indicators/time]", "2:8 [sum-values] durations"),
    "full coverage": ("whole", "parts: [indicators/everywhere]", "2:8 [sum-values] full coverage"),
    "an unknown collection": (
        "whole",
        "records_of: alliance",
        "3:13 [unknown-collection] no collection `alliance`",
    ),
    "units, which have no pages": (
        "whole",
        "records_of: units",
        "3:13 [unknown-collection] no collection `units`",
    ),
    "a part that is no record": (
        "whole",
        PARTS.format("one", "too"),
        "3:25 [dangling-id] no record `indicators/too`",
    ),
    "a part that is no figure of its record": (
        "whole",
        "parts: [services/music-line.raech]",
        "3:9 [no-such-figure] There is: reach",
    ),
}


@pytest.mark.parametrize(("total", "sides", "expected"), SUMS.values(), ids=SUMS)
def test_a_sum_holds_or_is_reported_where_it_is_declared(
    small: Project, total: str, sides: str, expected: str
) -> None:
    extra: Changes = {"data/indicators/third-of-all.yml": indicator("1")} if total == "third-of-all" else {}
    messages = found(small, sum_of(total, sides) | extra)
    if not expected:
        assert messages == []
        return
    place, code, words = expected.split(" ", 2)
    assert places(messages) == [f"data/sums/all.yml:{place} {code}"]
    assert words in messages[0].en
    assert_in_both_languages(messages[0])


def test_a_broken_sum_names_its_figures_and_where_each_is_typed(small: Project) -> None:
    [message] = found(small, sum_of("two", PARTS.format("one", "two")))
    assert "25 + 50 ≠ 50（indicators/two）" in message.zh
    assert [str(place) for place in message.also] == [
        "data/indicators/two.yml:6:9",
        "data/indicators/one.yml:6:9",
        "data/indicators/two.yml:6:9",
    ]


@pytest.mark.parametrize("sides", ["", "parts: [indicators/one]\nrecords_of: services"])
def test_a_sum_has_either_parts_or_records(small: Project, sides: str) -> None:
    _, [message] = load(small(sum_of("whole", sides)))
    at = f"{message.at.path}:{message.at.line}"
    assert at == ("data/sums/all.yml:3" if sides else "data/sums/all.yml:1")
    assert "`parts` or `records_of`" in message.en
    assert_in_both_languages(message)


def correction(
    was: str, now: str | None, day: str = "2026-11-23", figure: str = "services/music-line.reach"
) -> str:
    return (
        f"figure: {figure}\nwas: {{{was}}}\n"
        + (f"now: {{{now}}}\n" if now else "")
        + f"why: {{zh: 来源更正, en: The source corrected it}}\ndate: {{date: {day}, basis: stated}}\n"
    )


def shops(value: str) -> str:
    return f"value: {value}, unit: shop"


LINE = (
    "title: {{zh: 音乐专线, en: Music Line}}\nsummary: {{zh: 定时收运的专线。, en: A line that collects at set hours.}}\n"
    "evidence: [{{source: report, at: 晚报}}]\n{reach}"
)
HOME = (
    "---\ntitle: 首页\nsummary: 街区的公开记录。\nlayout: home\nfigures: [indicators/shops]\n---\n\n正文。\n"
)


def line(amount: str | None) -> Changes:
    """The music line with its reach as given, or without one; it is left out of the home page, which shows it."""
    reach = f"reach: {{{amount}, source: report, at: {anchor(amount)}}}\n" if amount else ""
    return {"data/services/music-line.yml": LINE.format(reach=reach), "docs/zh/index.md": HOME}


def test_a_published_figure_changed_without_a_correction_is_reported_where_it_stands(small: Project) -> None:
    [message] = found(small, line(shops("188")))
    assert places([message]) == ["data/services/music-line.yml:4:8 [silent-change]"]
    assert "`187 shop exact` and is now `188 shop exact`" in message.en
    assert "“187 shop exact”，现在是“188 shop exact”" in message.zh
    assert_in_both_languages(message)


def test_the_example_of_a_silent_change_is_the_correction_that_settles_it(small: Project) -> None:
    changed = line(shops("188") + ", qualifier: nearly")
    [message] = found(small, changed)
    assert found(small, changed | {"data/corrections/one.yml": message.example}) == []


SILENT = {
    "its value": shops("188"),
    "its value, 187 to 187万": shops("187万"),
    "its qualifier": shops("187") + ", qualifier: nearly",
    "its unit": "value: 187, unit: firm",
    "number to duration": "value: 29m06s",
    "number to full coverage": "qualifier: full_coverage",
}


@pytest.mark.parametrize("amount", SILENT.values(), ids=SILENT)
def test_no_part_of_a_published_figure_changes_in_silence(small: Project, amount: str) -> None:
    unit: Changes = {"data/units/firm.yml": "zh: 家\nen: {one: firm, other: firms}\n"}
    [message] = found(small, line(amount) | unit)
    assert places([message]) == ["data/services/music-line.yml:4:8 [silent-change]"]


def test_typing_the_same_figure_in_another_way_is_no_change(small: Project) -> None:
    assert found(small, line("value: 0.0187万, unit: shop, qualifier: exact")) == []


def test_a_change_with_its_correction_is_sound_and_shown_with_its_history(small: Project) -> None:
    corrected = line(shops("188")) | {"data/corrections/reach.yml": correction(shops("187"), shops("188"))}
    assert found(small, corrected) == []
    site_model = render_site(small(corrected))
    for locale, was, now in (("zh", "187户", "188户"), ("en", "187 shops", "188 shops")):
        page = site_model.pages[f"{locale}/services/music-line.md"]
        [history] = view_of(site_model, page).corrections(page.record)
        assert (history["was"], history["now"]) == (was, now)
        assert f"<del>{was}</del> → <ins>{now}</ins>" in site_model.markdown[page.src_uri]


def test_a_chain_of_two_corrections_leads_from_the_lock_to_the_figure(small: Project) -> None:
    chain: Changes = {
        "data/corrections/a-second.yml": correction(shops("188"), shops("189"), "2026-11-24"),
        "data/corrections/b-first.yml": correction(shops("187"), shops("188"), "2026-11-23"),
    }
    assert found(small, line(shops("189")) | chain) == []


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_two_corrections_of_one_day_make_a_chain_whatever_their_names(
    small: Project, names: tuple[str, str]
) -> None:
    first, second = names
    chain: Changes = {
        f"data/corrections/{first}.yml": correction(shops("187"), shops("188")),
        f"data/corrections/{second}.yml": correction(shops("188"), shops("189")),
    }
    assert found(small, line(shops("189")) | chain) == []


def test_a_chain_with_a_gap_is_a_silent_change(small: Project) -> None:
    gap: Changes = {
        "data/corrections/first.yml": correction(shops("186"), shops("187"), "2026-11-23"),
        "data/corrections/third.yml": correction(shops("188"), shops("189"), "2026-11-25"),
    }
    [message] = found(small, line(shops("189")) | gap)
    assert places([message]) == ["data/services/music-line.yml:4:8 [silent-change]"]


def test_a_figure_that_its_newest_correction_contradicts_is_reported_at_the_correction(
    small: Project,
) -> None:
    filed: Changes = {
        "data/corrections/first.yml": correction(shops("187"), shops("188"), "2026-11-23"),
        "data/corrections/second.yml": correction(shops("188"), shops("189"), "2026-11-24"),
    }
    messages = found(small, line(shops("188")) | filed)
    assert sorted(places(messages)) == [
        "data/corrections/second.yml:3:6 [contradicted-correction]",
        "data/services/music-line.yml:4:8 [silent-change]",
    ]
    contradicted = next(message for message in messages if message.code == "contradicted-correction")
    assert "says `189 shop exact`, the record says `188 shop exact`" in contradicted.en
    assert_in_both_languages(contradicted)


def test_a_figure_taken_out_without_a_word_is_reported(small: Project) -> None:
    [message] = found(small, line(None))
    assert places([message]) == ["data/services/music-line.yml:1:1 [silent-change]"]
    assert "is now `(removed)`" in message.en
    assert "（已删除）" in message.zh
    assert_in_both_languages(message)


def test_a_withdrawn_figure_is_sound_and_the_corrections_page_says_so(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: {}\n---\n"
    root = small(
        line(None)
        | {
            "data/corrections/gone.yml": correction(shops("187"), None),
            "docs/zh/corrections.md": page.format("更正", "更正。"),
            "docs/en/corrections.md": page.format("Corrections", "Corrections."),
        }
    )
    site_model = render_site(root)
    assert "<del>187户</del> → 已撤回" in site_model.markdown["zh/corrections.md"]
    assert "<del>187 shops</del> → withdrawn" in site_model.markdown["en/corrections.md"]
    assert "The source corrected it" in site_model.markdown["en/corrections.md"]


def test_a_deleted_record_s_figure_is_reported_in_the_lock(small: Project) -> None:
    root = small({})
    (root / "data/startup_records/kiln.yml").unlink()
    content, problems = load(root)
    [message] = mistakes(check(content))
    assert problems == []
    assert message.at.path == LOCK
    assert message.code == "silent-change"
    assert "startup_records/kiln.duration" in message.en
    assert_in_both_languages(message)


def test_a_withdrawn_figure_s_record_may_be_deleted(small: Project) -> None:
    gone = correction("value: 29m06s", None, figure="startup_records/kiln.duration")
    root = small({"data/corrections/gone.yml": gone})
    (root / "data/startup_records/kiln.yml").unlink()
    content, problems = load(root)
    assert (problems, mistakes(check(content))) == ([], [])
    assert "startup_records/kiln" not in locks.render(content)
    site_model = render_site(root)
    [shown] = view_of(site_model, site_model.pages["en/index.md"]).corrections()
    assert (shown["counts"], shown["of"], shown["now"]) == ("startup_records/kiln", None, None)


def test_a_withdrawn_figure_that_still_stands_is_reported_at_its_correction(small: Project) -> None:
    [message] = found(small, {"data/corrections/gone.yml": correction(shops("187"), None)})
    assert places([message]) == ["data/corrections/gone.yml:1:1 [contradicted-correction]"]
    assert "(withdrawn)" in message.en
    assert_in_both_languages(message)


def test_a_correction_of_an_unknown_figure_is_reported(small: Project) -> None:
    changes: Changes = {
        "data/corrections/one.yml": correction(shops("1"), shops("2"), figure="services/music-lin.reach"),
        "data/corrections/two.yml": correction(shops("1"), shops("2"), figure="services/music-line.raech"),
    }
    messages = found(small, changes)
    assert {
        "data/corrections/one.yml:1:9 [dangling-id]",
        "data/corrections/two.yml:1:9 [no-such-figure]",
    } <= set(places(messages))


def test_a_new_figure_waits_for_its_lock_and_stops_no_build(small: Project) -> None:
    content, _ = load(small({"data/indicators/new.yml": indicator("3")}))
    messages = [message for message in check(content) if message.code == "unlocked-figure"]
    assert places(messages) == [f"{LOCK}:1:1 [unlocked-figure]"]
    assert messages[0].pending
    assert "indicators/new.figure" in messages[0].en
    assert " lock" in messages[0].zh
    assert_in_both_languages(messages[0])
    assert mistakes(check(content)) == []


def test_a_project_without_a_lock_has_all_its_figures_to_lock(small: Project) -> None:
    root = small({})
    (root / LOCK).unlink()
    content, _ = load(root)
    assert dict(locks.unlocked(content)) == {
        field_ref("indicators/shops"): "300 shop nearly",
        field_ref("services/music-line.reach"): "187 shop exact",
        field_ref("startup_records/kiln.duration"): "29m06s exact",
    }


def test_what_is_locked_is_read_back_as_it_was(small: Project) -> None:
    root = small(
        sum_of("whole", PARTS.format("one", "two")) | {"data/units/cny.yml": "zh: 元\nen: {before: RMB}\n"}
    )
    small({"data/indicators/funds.yml": indicator("1544万", "cny")})
    assert cli.main(["--root", str(root), "lock"]) == 0
    content, problems = load(root)
    assert problems == []
    assert locks.unlocked(content) == {}
    assert dict(content.locked) == {ref: str(figure) for ref, figure in content.figures.items()}
    assert content.locked[field_ref("indicators/everywhere")] == "full_coverage"
    assert content.locked[field_ref("indicators/time")] == "29m06s exact"
    assert content.locked[field_ref("indicators/funds")] == "15440000 cny exact"
    assert (root / LOCK).read_text(encoding="utf-8") == locks.render(content)


def test_the_lock_command_refuses_to_lock_a_silent_change(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(line(shops("188")))
    before = (root / LOCK).read_bytes()
    assert cli.main(["--root", str(root), "lock"]) == 1
    assert (root / LOCK).read_bytes() == before
    assert "[silent-change]" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["music-line.reach", "services/Music.reach"])
def test_a_lock_that_was_edited_by_hand_is_reported_not_a_crash(small: Project, key: str) -> None:
    _, problems = load(small({LOCK: f"{key}: 187 shop exact\n"}))
    assert [problem.at for problem in problems] == [Position(LOCK, 1, 1)]


@pytest.mark.parametrize(
    "date",
    ["{date: 2026, basis: stated}", "{date: 2026-11, basis: stated}", "{date: 2026-11-23, basis: inferred}"],
)
def test_a_correction_is_dated_to_a_stated_day(date: str) -> None:
    text = correction(shops("187"), shops("188")).replace("{date: 2026-11-23, basis: stated}", date)
    document, _ = parse(text, "a.yml")
    record, [message] = validate(
        Correction, document.data, "a", lambda at, key: document.position(at, of_key=key)
    )
    assert record is None
    assert message.at == document.position(("date",))
    assert "dated to the day" in message.en
    assert "须写到日" in message.zh
    assert message.example == "date: {date: 2026-11-23, basis: stated}"


def test_corrections_stand_newest_first(small: Project) -> None:
    filed: Changes = {
        "data/corrections/a.yml": correction(shops("187"), shops("188"), "2026-11-23"),
        "data/corrections/b.yml": correction(shops("188"), shops("187"), "2026-12-01"),
    }
    content, _ = load(small(filed))
    assert [correction.id for correction in content.corrections] == ["b", "a"]
    assert [found.id for found in content.history(field_ref("services/music-line.reach"))] == ["b", "a"]
    assert content.history(field_ref("indicators/shops")) == ()
    assert Ref("services", "music-line") in content.records
    assert mistakes(check(content)) == []


def test_a_record_of_another_unit_word_is_the_same_figure(small: Project) -> None:
    """The lock holds units by id: renaming the word of a unit changes no figure."""
    assert found(small, {"data/units/shop.yml": "zh: 家商户\nen: {one: store, other: stores}\n"}) == []
