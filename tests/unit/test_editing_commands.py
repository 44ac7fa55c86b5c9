"""Records are removed, figures corrected and updated by command: what is written is what the content must say, or nothing is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Plain
from gazette.checks import check
from gazette.content.loader import load
from gazette.editing import adding, undo
from gazette.records import DATA_FOLDERS
from gazette.records.sources import Indicator
from gazette.records.values import Ref
from tests.conftest import Project
from tests.expectations import TESTS, mistakes

WHY = ("--why-zh", "样例原因。", "--why-en", "A sample reason.")
DAY = ("--today", "2031-02-03")
SHOPS = "data/indicators/shops.yml"
LINE = "data/services/music-line.yml"
FIGURE = "figure: {value: 300, unit: shop, qualifier: nearly, source: report, at: 近300户}\n"
AS_OF = "as_of: {date: 2021, basis: inferred}\n"
REASON = "why: {zh: 样例原因。, en: A sample reason.}\ndate: {date: 2031-02-03, basis: stated}\n"


@pytest.fixture
def locked(small: Project) -> Path:
    """The small zone as it is published."""
    root = small({})
    assert gazette(root, "lock") == 0
    return root


def gazette(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), *arguments])


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def written(root: Path) -> dict[str, bytes]:
    """Every file but what is kept between runs."""
    found = (file for file in root.rglob("*") if file.is_file() and ".cache" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}


def is_well(root: Path) -> None:
    content, problems = load(root)
    assert mistakes([*problems, *check(content)]) == []


def test_a_published_figure_is_corrected_in_its_place_with_its_correction(locked: Path) -> None:
    before = read(locked, SHOPS)
    assert gazette(locked, "correct", "indicators/shops", "value=310", "at=近310户", *WHY, *DAY) == 0
    assert read(locked, SHOPS) == before.replace("value: 300", "value: 310").replace("近300户", "近310户")
    assert read(locked, "data/corrections/shops-2031-02-03.yml") == (
        "figure: indicators/shops\nwas: {value: 300, unit: shop, qualifier: nearly}\n"
        f"now: {{value: 310, unit: shop, qualifier: nearly}}\n{REASON}"
    )
    is_well(locked)
    # A second of the same day follows the first; a qualifier that is left out goes.
    assert (
        gazette(locked, "correct", "indicators/shops", "value=311", "at=311户", "qualifier=", *WHY, *DAY) == 0
    )
    assert "figure: {value: 311, unit: shop, source: report, at: 311户}\n" in read(locked, SHOPS)
    assert "now: {value: 311, unit: shop}" in read(locked, "data/corrections/shops-2031-02-03-2.yml")
    is_well(locked)


def test_what_was_not_published_is_changed_without_a_correction(small: Project) -> None:
    root = small({"data/figures.lock.yml": None})
    assert gazette(root, "correct", "indicators/shops", "value=310", "at=近310户") == 0
    assert not (root / "data/corrections").exists()


def test_better_evidence_of_the_same_figure_is_no_correction(locked: Path) -> None:
    assert gazette(locked, "correct", "services/music-line.reach", "at=商户187户") == 0
    assert "at: 商户187户}" in read(locked, LINE)
    assert not (locked / "data/corrections").exists()
    is_well(locked)


def test_figures_that_a_sum_holds_together_are_corrected_at_once(small: Project) -> None:
    part = read(small({}), SHOPS).replace(", qualifier: nearly", "").replace("近", "")
    other = part.replace("沿街商户", "沿街的另一半商户").replace(
        "Shops along the street", "The other shops there"
    )
    root = small(
        {
            SHOPS: part,
            "data/indicators/part.yml": other,
            "data/figures.lock.yml": "{}\n",
            "data/sums/shops.yml": "title: {zh: 总数, en: total}\ntotal: indicators/shops\nparts: [indicators/part]\n",
        }
    )
    assert gazette(root, "translated", "--all") == gazette(root, "lock") == 0
    before = written(root)
    assert gazette(root, "correct", "indicators/part", "value=301", "at=301户", *WHY) == 1
    assert written(root) == before
    new = ("value=301", "at=301户")
    assert gazette(root, "correct", "indicators/part", *new, "indicators/shops", *new, *WHY, *DAY) == 0
    assert sorted(file.name for file in (root / "data/corrections").iterdir()) == [
        "part-2031-02-03.yml",
        "shops-2031-02-03.yml",
    ]
    is_well(root)


def test_a_changed_figure_is_updated_and_the_earlier_value_stays_below(locked: Path) -> None:
    before = read(locked, SHOPS)
    new = ("value=320", "source=report", "at=320户")
    assert gazette(locked, "update", "indicators/shops", *new, "--as-of", "2022") == 0
    earlier = f"observations:\n  - {FIGURE}    {AS_OF}"
    assert read(locked, SHOPS) == before.replace(
        FIGURE, "figure: {value: 320, unit: shop, source: report, at: 320户}\n"
    ).replace(AS_OF, "as_of: {date: 2022, basis: stated}\n" + earlier)
    is_well(locked)
    # One more, between the two, and one before them all: newest first.
    assert gazette(locked, "update", "indicators/shops", *new, "--as-of", "2021-Q3", "--inferred") == 0
    assert gazette(locked, "update", "indicators/shops", *new, "--as-of", "2020") == 0
    shops = load(locked)[0].records[Ref("indicators", "shops")]
    assert isinstance(shops, Indicator)
    assert [one.as_of.typed for one in shops.observations] == ["2021-Q3", "2021", "2020"]
    is_well(locked)


def test_a_correction_of_the_only_value_names_its_date_once_there_are_two(locked: Path) -> None:
    assert gazette(locked, "correct", "indicators/shops", "value=310", "at=近310户", *WHY, *DAY) == 0
    new = ("value=320", "source=report", "at=320户")
    assert gazette(locked, "update", "indicators/shops", *new, "--as-of", "2022") == 0
    assert read(locked, "data/corrections/shops-2031-02-03.yml").startswith("figure: indicators/shops@2021\n")
    assert gazette(locked, "correct", "indicators/shops@2021", "value=311", "at=近311户", *WHY, *DAY) == 0
    assert "value: 311" in read(locked, SHOPS).split("observations:")[1]
    is_well(locked)


PHOTO = (
    "  - {{file: {}, alt: {{zh: 图, en: A}}, caption: {{zh: 图, en: A}}, "
    "credit: {{zh: 图, en: A}}, licence: {{zh: 图, en: A}}}}\n"
)
OWN, SHARED = PHOTO.format("own.jpg"), PHOTO.format("shared.jpg")
PICTURE = (TESTS / "zones/full/data/photos/lane-after.jpg").read_bytes()
SECOND = (
    "title: {zh: 二线, en: Second line}\nsummary: {zh: 又一条专线。, en: One more line.}\n"
    "reach: {value: 88, unit: shop, source: report, at: 88户}\n"
)
ALONE: dict[str, str | bytes] = {
    "data/services/second-line.yml": f"{SECOND}photos:\n{OWN}{SHARED}",
    "data/photos/own.jpg": PICTURE,
}
OTHERS = {
    "data/services/third-line.yml": f"{SECOND.replace('二', '三').replace('Second', 'Third')}photos:\n{SHARED}",
    "data/photos/shared.jpg": PICTURE,
}


def test_a_removed_record_is_retired_and_its_published_figures_withdrawn(small: Project) -> None:
    root = small(ALONE | OTHERS)
    assert gazette(root, "translated", "--all") == gazette(root, "lock") == 0
    assert gazette(root, "remove", "services/second-line", *WHY, *DAY) == 0
    assert not {*ALONE} & written(root).keys()
    assert {*OTHERS} <= written(root).keys()
    assert read(root, "data/retired/services-second-line.yml") == f"was: services/second-line\n{REASON}"
    assert read(root, "data/corrections/second-line-reach-2031-02-03.yml") == (
        f"figure: services/second-line.reach\nwas: {{value: 88, unit: shop}}\n{REASON}"
    )
    is_well(root)
    assert gazette(root, "lock") == 0
    assert gazette(root, "check", "--final") == 0


def test_a_figure_that_was_withdrawn_before_does_not_hold_its_record(small: Project) -> None:
    withdrawn = f"figure: services/second-line.reach\nwas: {{value: 88, unit: shop}}\n{REASON}"
    second = f"{SECOND}photos:\n{OWN}{SHARED}".replace("reach: ", "evidence:\n  - ")
    second = second.replace("value: 88, unit: shop, ", "")
    root = small(
        {**ALONE, **OTHERS, "data/services/second-line.yml": second, "data/corrections/reach.yml": withdrawn}
    )
    assert gazette(root, "translated", "--all") == gazette(root, "lock") == 0
    assert gazette(root, "remove", "services/second-line", *WHY, *DAY) == 0
    is_well(root)


def test_the_retirement_of_another_is_not_written_over(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "data/retired/news-line-opens.yml"
    root = small({file: f"was: news/old-line\n{REASON}"})
    assert gazette(root, "lock") == 0
    assert gazette(root, "remove", "news/line-opens", *WHY) == 1
    assert f"{file} is there already" in capsys.readouterr().err
    assert read(root, file) == f"was: news/old-line\n{REASON}"


def test_an_article_is_removed_in_both_languages_and_leads_on(locked: Path) -> None:
    assert gazette(locked, "remove", "news/line-opens", "--now", "services/music-line", *DAY) == 0
    assert not [path for path in written(locked) if "line-opens.md" in path]
    assert read(locked, "data/retired/news-line-opens.yml").startswith(
        "was: news/line-opens\nnow: services/music-line\n"
    )
    is_well(locked)


def test_what_was_never_published_is_removed_without_a_trace(small: Project) -> None:
    root = small({})
    before = written(root)
    assert gazette(root, "remove", "news/line-opens") == 0
    assert before.keys() - written(root).keys() == {
        "docs/en/news/line-opens.md",
        "docs/zh/news/line-opens.md",
    }
    assert not (root / "data/retired").exists()


def test_a_record_that_is_referred_to_is_not_removed_and_each_place_is_told(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    words = '\n{{ figure("services/music-line.reach") }}[甲](services/music-line.md)\n'
    about = {
        f"docs/{locale}/about.md": read(TESTS / "zones/small", f"docs/{locale}/about.md") + words
        for locale in ("zh", "en")
    }
    root = small(about)
    before = written(root)
    assert gazette(root, "remove", "services/music-line", *WHY) == 1
    told = capsys.readouterr().err.splitlines()
    line = about["docs/zh/about.md"].count("\n")
    assert f"docs/zh/about.md:{line}:1" in told
    assert f"docs/zh/about.md:{line}:46" in told
    assert any(place.startswith("docs/en/about.md:") for place in told)
    assert written(root) == before


REFUSED = {
    "no such record": (("remove", "services/music-lin"), "Do you mean `services/music-line`?"),
    "removed without a reason": (("remove", "news/line-opens"), "say what takes its place"),
    "a reason in one language": (("remove", "news/line-opens", "--why-zh", "甲"), "in both languages"),
    "corrected without a reason": (("correct", "indicators/shops", "value=1", "at=1户"), "was published as nearly 300 shops"),
    "no such figure": (("correct", "indicators/shop", "value=1"), "Do you mean `indicators/shops`?"),
    "no collection": (("correct", "shops", "value=1"), "`shops` is not understood"),
    "a reason without quotes": (
        ("correct", "indicators/shops", "value=1", "at=1户", "--why-zh", "错了", "--why-en", "A", "line", "was"),
        "`line` is not understood. A figure is named by its collection and id",
    ),
    "spaces at the sign": (("update", "indicators/shops", "value", "=", "1", "--as-of", "2022"), "`value` is not understood"),
    "a record without its collection": (("remove", "music-line", *WHY), "no record `music-line` to remove. Do you mean `services/music-line`?"),
    "renamed without its collection": (("rename", "music-line", "a"), "no record `music-line`. Do you mean `services/music-line`?"),
    "nothing to change": (("correct", "indicators/shops"), "Name the figure"),
    "no value": (("correct", "indicators/shops", "value=many", *WHY), "`many` is not a quantity"),
    "no such key": (("correct", "indicators/shops", "valu=1", *WHY), "Do you mean `value`?"),
    "an anchor of another value": (("correct", "indicators/shops", "value=1", *WHY), "[anchor-says-otherwise]"),
    "updated without evidence": (("update", "indicators/shops", "value=1", "--as-of", "2022"), "must have `source`"),
    "updated for a date that has one": (
        ("update", "indicators/shops", "value=1", "source=report", "at=1户", "--as-of", "2021"),
        "has a value as of 2021 already",
    ),
    "updated where there is one value": (
        ("update", "services/music-line.reach", "value=1", "--as-of", "2022"),
        "only figures of data/indicators",
    ),
    "updated two at once": (
        ("update", "indicators/shops", "value=1", "services/music-line.reach", "at=1", "--as-of", "2022"),
        "Name the figure",
    ),
    "nothing to undo": (("undo",), "no change to undo"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told_in_both_languages_and_nothing_is_written(
    locked: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written(locked)
    capsys.readouterr()
    assert gazette(locked, *arguments) == 1
    error = capsys.readouterr().err
    assert said in error
    assert any("\u4e00" <= character <= "\u9fff" for character in error)
    assert written(locked) == before


def test_the_last_change_is_undone_once(locked: Path) -> None:
    before = written(locked)
    assert gazette(locked, "remove", "news/line-opens", "--now", "services/music-line") == 0
    assert gazette(locked, "undo") == 0
    assert written(locked) == before
    assert gazette(locked, "undo") == 1


def test_a_change_is_not_undone_over_what_was_typed_since(locked: Path) -> None:
    assert gazette(locked, "rename", "services/music-line", "song-line") == 0
    file = locked / "data/services/song-line.yml"
    file.write_bytes(file.read_bytes() + b"# typed since\n")
    before = written(locked)
    with pytest.raises(Refused, match="have been changed since") as refused:
        undo.undo(locked)
    assert "data/services/song-line.yml" in str(refused.value)
    assert written(locked) == before


RECORD: dict[str, Plain] = {
    "points": [{"text": {"zh": "一条样例。", "en": "A sample."}, "source": "report", "at": "晚报"}],
    "title": {"zh": "样例专线", "en": "Sample line"},
    "since": {"date": "2021-06-01", "basis": "inferred"},
    "summary": {"zh": "样例。", "en": "A sample."},
}
NEWS: dict[str, Plain] = {
    "evidence": [{"source": "report", "at": "晚报"}],
    "title": {"zh": "样例动态", "en": "Sample news"},
    "summary": {"zh": "样例。", "en": "A sample."},
}


def test_a_new_record_and_a_new_article_are_files_that_pass(small: Project) -> None:
    root = small({})
    content, _ = load(root)
    files = adding.add(content, Ref("services", "sample-line"), RECORD)
    assert (files["data/services/sample-line.yml"] or b"").decode("utf-8") == (
        "title: {zh: 样例专线, en: Sample line}\n"
        "summary: {zh: 样例。, en: A sample.}\n"
        "since: {date: 2021-06-01, basis: inferred}\n"
        "points:\n"
        "  - text: {zh: 一条样例。, en: A sample.}\n"
        "    source: report\n"
        "    at: 晚报\n"
    )
    files |= adding.add(content, Ref("news", "sample"), NEWS, {"zh": "正文。\n", "en": "Text.\n"})
    assert files["docs/en/news/sample.md"] == b"---\ntitle: Sample news\nsummary: A sample.\n---\n\nText.\n"
    undo.write(root, files)
    is_well(root)


def test_the_fields_of_a_record_stand_as_editors_write_them() -> None:
    for model in DATA_FOLDERS.values():
        order = adding.order_of(model)
        assert {*model.model_fields} <= {*order, "id"}
    assert adding.order_of(Indicator)[:6] == ("title", "summary", "order", "group", "figure", "period")


@pytest.mark.parametrize("id_", ["music-line", "old-line", "older-line", "Song Line", "index"])
def test_an_id_that_is_or_was_in_use_or_is_none_is_refused(small: Project, id_: str) -> None:
    root = small(
        {
            "data/retired/a.yml": "was: services/old-line\nwhy: {zh: 甲, en: A}\ndate: {date: 2026-11-23, basis: stated}\n",
            "data/ids.lock.yml": "ids:\n  - services/older-line\n",
        }
    )
    with pytest.raises(Refused):
        adding.add(load(root)[0], Ref("services", id_), RECORD)


def test_an_id_is_proposed_from_a_title_and_is_free(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    content, _ = load(small({"data/ids.lock.yml": "ids:\n  - services/yin-yue\n  - services/yin-yue-2\n"}))
    assert adding.proposed_id(content, "services", "音乐") == "yin-yue-3"
    assert adding.proposed_id(content, "news", "2020年，“ABC”样例项目开工") == "nian-abc-yang-li-xiang"
    assert adding.proposed_id(content, "startup_records", "2020") == "startup-records"
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(Refused, match=r"requirements-edit\.lock"):
        adding.proposed_id(content, "services", "音乐")
