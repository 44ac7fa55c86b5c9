"""The feeds of a built site: sound for readers, the same entry for good, no draft, nothing relative."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.feed_rules import ATOM, addresses, assert_good_atom, assert_good_json_feed, is_whole
from tests.zones import Zone

ADDRESS = "https://record.example/zone/"
FOLDERS = [
    f"{language}{section}"
    for language in ("", "en/")
    for section in ("", "news/", "records/", "corrections/")
]
CORRECTION = """\
figure: startup_records/kiln.duration
was: {value: 42m00s}
now: {value: 41m07s}
why: {zh: 公报更正 <1>。, en: The gazette corrected it <1>.}
date: {date: 2031-02-03, basis: stated}
"""


def items(zone: Zone, folder: str = "") -> dict[str, Any]:
    """The entries of a feed by their titles."""
    feed = json.loads((zone.root / "site" / folder / "feed.json").read_text(encoding="utf-8"))
    return {item["title"]: item for item in feed["items"]}


def correct(zone: Zone) -> None:
    (zone.root / "data/corrections").mkdir()
    (zone.root / "data/corrections/kiln-time.yml").write_text(CORRECTION, encoding="utf-8", newline="\n")


def commit(zone: Zone, day: str) -> None:
    """Commit all that changed, on a day."""
    moment = f"{day}T12:00:00+08:00"
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *command],
            cwd=zone.root,
            check=True,
            env={**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
        )


def test_every_feed_is_sound_and_all_its_addresses_are_whole(zone: Zone) -> None:
    correct(zone)
    build = zone.build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    for folder in FOLDERS:
        locale = "en" if folder.startswith("en/") else "zh"
        path = zone.root / "site" / folder
        atom = assert_good_atom(path / "feed.xml", f"{ADDRESS}{folder}feed.xml", locale)
        feed = assert_good_json_feed(path / "feed.json", f"{ADDRESS}{folder}feed.json", locale)
        assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]
        assert atom.feed.link == feed["home_page_url"]
        assert is_whole(feed["home_page_url"])
        for item in feed["items"]:
            assert is_whole(item["url"])
            assert all(is_whole(address) for address in addresses(item["content_html"]))


def test_each_address_in_a_feed_without_a_site_address_leads_to_a_file_of_the_site(zone: Zone) -> None:
    assert zone.build().status == 0
    for folder in FOLDERS:
        path = zone.root / "site" / folder
        assert_good_atom(path / "feed.xml", "./feed.xml", "en" if folder.startswith("en/") else "zh")
        for item in items(zone, folder).values():
            for address in (item["url"], *addresses(item["content_html"])):
                target = path / address.partition("#")[0]
                assert (target / "index.html" if target.is_dir() else target).is_file(), (folder, address)


def test_the_feeds_hold_articles_records_and_corrections_in_their_language(zone: Zone) -> None:
    correct(zone)
    zone.build()
    assert set(items(zone, "en/news/")) == {"The Tea Alliance meets"}
    assert set(items(zone, "en/records/")) == {"Tea Alliance", "Silk Alliance", "Kiln project"}
    (correction,) = items(zone, "en/corrections/").values()
    assert correction["title"] == "Kiln project: registration: 42 min corrected to 41 min 07 s"
    assert "The gazette corrected it &lt;1&gt;." in correction["content_html"]
    assert len(items(zone, "en/")) == 5
    assert set(items(zone)) >= {"茶业联盟开会", "茶业联盟", "窑厂项目"}


def test_a_draft_is_in_no_feed(zone: Zone) -> None:
    zone.build()
    for path in (zone.root / "site").rglob("feed.*"):
        assert not re.search("还没写完|[Uu]nfinished|Not yet finished", path.read_text(encoding="utf-8")), (
            path
        )


def test_names_with_marks_of_html_are_words_in_a_feed(zone: Zone) -> None:
    hostile = '<script>x</script> & "q" <b>'
    named = 'x <script src=x & "q" <b'
    zone.edit("data/alliances/tea.yml", "en: Tea Alliance", f"en: '{named}'")
    zone.edit("mkdocs.yml", "site_name: The Sample Record", f"site_name: '{hostile}'")
    assert zone.build().status == 0
    root = ElementTree.fromstring((zone.root / "site/en/feed.xml").read_bytes())
    assert root.findtext(f"{ATOM}title") == hostile
    assert named in [title.text for title in root.findall(f"{ATOM}entry/{ATOM}title")]
    for item in items(zone, "en/").values():
        assert not re.search("<script|<b ", item["content_html"])
    titles = re.findall(
        r'<link rel="alternate" type="application/[a-z]+\+[a-z]+" title="([^"]+)"', zone.page("en/news")
    )
    assert {unescape(title) for title in titles} == {hostile, f"{hostile}: News"}


@pytest.mark.parametrize(
    ("title", "moment", "dated", "said"),
    [
        ("Tea Alliance", "2030-01-02", ("2030-01-02", "stated", "event"), "2 January 2030. An alliance"),
        ("The Tea Alliance meets", "2030-02-01", ("2030-02", "stated", "event"), "February 2030. "),
        ("Kiln project", "2030-03-01", ("2030-03", "stated", "report"), "Date not stated (reported in March 2030). "),
    ],
)  # fmt: skip
def test_a_date_is_given_as_far_as_it_is_known_and_without_a_history_is_none_of_publication(
    zone: Zone, title: str, moment: str, dated: tuple[str, str, str], said: str
) -> None:
    zone.build()
    item = items(zone, "en/")[title]
    assert "date_published" not in item
    assert item["date_modified"] == f"{moment}T00:00:00+08:00"
    assert tuple(item["_gazette"].values()) == dated
    assert item["summary"].startswith(said)
    assert said in item["content_html"]


def test_an_inferred_year_is_said_to_be(zone: Zone) -> None:
    zone.edit("data/alliances/tea.yml", "2030-01-02, basis: stated", "2030, basis: inferred")
    zone.build()
    item = items(zone)["茶业联盟"]
    assert (item["_gazette"]["date"], item["_gazette"]["basis"]) == ("2030", "inferred")
    assert item["summary"].startswith("2030年（推断）。")


def test_a_new_title_or_address_leaves_every_id_as_it_was(zone: Zone) -> None:
    zone.build(SITE_URL=ADDRESS)
    before = {title: item["id"] for title, item in items(zone).items()}
    zone.edit("data/alliances/tea.yml", "zh: 茶业联盟", "zh: 茶叶联盟")
    zone.build(SITE_URL="https://elsewhere.example/")
    after = {title: item["id"] for title, item in items(zone).items()}
    assert after.pop("茶叶联盟") == before.pop("茶业联盟")
    assert after == before


def test_an_entry_has_another_id_in_the_other_language_and_on_another_site(zone: Zone) -> None:
    zone.build()
    chinese = {item["id"] for item in items(zone).values()}
    english = {item["id"] for item in items(zone, "en/").values()}
    zone.edit("mkdocs.yml", "site_name: 样例纪事\n      tagline", "site_name: 另一样例\n      tagline")
    zone.build()
    other = {item["id"] for item in items(zone).values()}
    assert len(chinese | english | other) == 3 * len(chinese)


def test_an_edit_changes_the_moment_of_its_own_entry_only_and_brings_it_first(zone: Zone) -> None:
    commit(zone, "2031-01-01")
    zone.build()
    before = items(zone)
    zone.edit("data/alliances/tea.yml", "茶企的联盟", "茶叶企业的联盟")
    commit(zone, "2031-05-06")
    zone.build()
    after = items(zone)
    changed = {title for title in after if after[title]["date_modified"] != before[title]["date_modified"]}
    assert changed == {"茶业联盟"}
    assert next(iter(after)) == "茶业联盟"
    assert after["茶业联盟"]["date_modified"] == "2031-05-06T00:00:00+08:00"
    assert after["茶业联盟"]["date_published"] == before["茶业联盟"]["date_published"]
    read = assert_good_atom(zone.root / "site/feed.xml", "./feed.xml", "zh")
    assert read.feed.updated == "2031-05-06T00:00:00+08:00"


def test_an_entry_is_as_new_as_its_publication_however_old_what_it_tells_is(zone: Zone) -> None:
    commit(zone, "2031-01-01")
    zone.edit("data/alliances/tea.yml", "茶企的联盟", "茶叶企业的联盟")
    for locale in ("zh", "en"):
        text = (zone.root / f"docs/{locale}/news/tea-meets.md").read_text(encoding="utf-8")
        text = text.replace("2030-02", "1998-02").replace("title: ", "title: 1998 ")
        zone.write(f"docs/{locale}/news/found.md", text)
    commit(zone, "2031-05-06")
    correct(zone)
    commit(zone, "2031-06-07")
    assert zone.build().status == 0
    correction, found, *_ = items(zone).values()
    assert correction["date_published"] == "2031-06-07T00:00:00+08:00"
    assert correction["_gazette"] == {"date": "2031-02-03", "basis": "stated", "of": "correction"}
    assert found["title"] == "1998 茶业联盟开会", "the alliance changed that day, and was published before"
    assert found["date_published"] == found["date_modified"] == "2031-05-06T00:00:00+08:00"
    assert found["_gazette"]["date"] == "1998-02"
    assert found["summary"].startswith("1998年2月。")
    assert next(iter(items(zone, "news/"))) == found["title"]


def test_an_article_is_published_when_it_is_a_draft_no_more(zone: Zone) -> None:
    draft = next(
        file for file in zone.root.glob("docs/zh/news/*.md") if "draft: true" in file.read_text("utf-8")
    )
    commit(zone, "2031-01-01")
    zone.edit(draft.relative_to(zone.root).as_posix(), "draft: true\n", "")
    commit(zone, "2031-05-06")
    assert zone.build().status == 0
    for folder in ("", "en/"):
        newest, *others = items(zone, folder).values()
        assert newest["date_published"] == "2031-05-06T00:00:00+08:00"
        assert {item["date_published"] for item in others} == {"2031-01-01T00:00:00+08:00"}


def test_a_renamed_record_was_published_when_it_first_was(zone: Zone) -> None:
    commit(zone, "2031-01-01")
    (zone.root / "data/alliances/silk.yml").rename(zone.root / "data/alliances/satin.yml")
    zone.write(
        "data/retired/silk.yml",
        "was: alliances/silk\nnow: alliances/satin\ndate: {date: 2031-05-06, basis: stated}\n",
    )
    commit(zone, "2031-05-06")
    build = zone.build()
    assert build.status == 0, build.said
    renamed = items(zone, "en/")["Silk Alliance"]
    assert renamed["url"].endswith("alliances/satin/")
    assert renamed["date_published"] == "2031-01-01T00:00:00+08:00"
    assert renamed["date_modified"] == "2031-05-06T00:00:00+08:00"


def test_a_shallow_clone_dates_no_publication_and_gives_the_same_entries(zone: Zone) -> None:
    commit(zone, "2031-01-01")
    zone.edit("data/alliances/tea.yml", "茶企的联盟", "茶叶企业的联盟")
    commit(zone, "2031-05-06")
    zone.build()
    whole = items(zone)
    shallow = Zone(zone.root.with_name("shallow"))
    subprocess.run(["git", "clone", "-q", "--depth", "1", zone.root.as_uri(), str(shallow.root)], check=True)
    assert shallow.build().status == 0
    found = items(shallow)
    assert not [item for item in found.values() if "date_published" in item]
    assert all("date_published" in item for item in whole.values())
    assert {item["id"] for item in found.values()} == {item["id"] for item in whole.values()}
    assert shallow.built_from_nothing() == shallow.published()


def test_a_feed_without_entries_is_dated_by_the_content(zone: Zone) -> None:
    zone.build()
    read = assert_good_atom(zone.root / "site/corrections/feed.xml", "./feed.xml", "zh")
    assert read.entries == []
    assert read.feed.updated == "2030-03-01T00:00:00+08:00"


def test_a_feed_has_at_most_fifty_entries_those_that_changed_last(zone: Zone) -> None:
    for number in range(60):
        text = (zone.root / "data/alliances/silk.yml").read_text(encoding="utf-8")
        text = text.replace("Silk", f"Silk {number}") + f"founded: {{date: {1960 + number}, basis: stated}}\n"
        (zone.root / f"data/alliances/silk-{number}.yml").write_text(text, encoding="utf-8", newline="\n")
    assert zone.build().status == 0
    feed = items(zone, "en/records/")
    assert len(feed) == 50
    assert "Silk 59 Alliance" in feed
    assert "Silk 0 Alliance" not in feed


@pytest.mark.parametrize("url", ["", "en", "alliances/tea", "en/news/tea-meets", "en/news", "news/2030"])
def test_a_page_tells_readers_and_people_of_the_feeds_of_its_language(zone: Zone, url: str) -> None:
    zone.build()
    html = zone.page(url)
    page = zone.root / "site" / url
    head = re.findall(
        r'<link rel="alternate" type="application/(\w+)\+\w+" title="([^"]+)" href="([^"]+)">', html
    )
    assert {kind for kind, _, _ in head} == {"atom", "feed"}
    foot = re.findall(
        r'<a href="([^"]*feed\.xml)">([^<]+)</a>', html[html.index('<footer class="md-footer"') :]
    )
    assert [words for _, words in foot] == (
        ["Everything", "News", "Records", "Corrections"]
        if url.startswith("en")
        else ["全部", "动态", "记录", "更正"]
    )
    language = zone.root / "site" / ("en" if url.startswith("en") else "")
    for address in [*(address for _, _, address in head), *(address for address, _ in foot)]:
        target = Path(page / unescape(address)).resolve()
        assert target.is_file()
        assert target.is_relative_to(language.resolve())
    assert ("news/feed.xml" in str((page / head[0][2]).resolve())) == url.endswith("news")
