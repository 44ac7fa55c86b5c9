"""What may stand in docs/ beside pages, and at which address it is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.loader import load
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, places
from tests.pictures import drawn, jpeg, saved

PAGE = "---\ntitle: 页\nsummary: 页。\n---\n"


def test_files_stand_at_the_address_of_their_folder(small: Project) -> None:
    expected = {
        "zh/news/hall.JPG": "news/hall.JPG",
        "en/news/hall.pdf": "en/news/hall.pdf",
        "assets/images/map.png": "assets/images/map.png",
        "root/CNAME": "CNAME",
        "root/google0123abcd.html": "google0123abcd.html",
        "root/MP_verify_abc.txt": "MP_verify_abc.txt",
        "root/BingSiteAuth.xml": "BingSiteAuth.xml",
    }
    contents = {".JPG": jpeg(), ".png": saved(drawn(90, 60), "PNG"), ".pdf": b"%PDF-1.7\n%%EOF\n"}
    root = small({f"docs/{path}": contents.get(Path(path).suffix, "x") for path in expected})
    content, problems = load(root)
    assert problems == []
    assert content.media == expected
    assert render_site(root).content.media == expected


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/about/index.html", "misplaced"),
        ("docs/index.html", "misplaced"),
        ("docs/CNAME", "misplaced"),
        ("docs/stray.md", "misplaced"),
        ("docs/stylesheets/extra.css", "misplaced"),
        ("docs/zh/page.html", "not-a-page-file"),
        ("docs/assets/page.html", "not-an-asset"),
        ("docs/assets/extra.js", "not-an-asset"),
        ("docs/assets/images/map.svg", "not-an-asset"),
        ("docs/zh/map.svg", "not-a-page-file"),
        ("docs/zh/data/units.csv", "address-taken"),
        ("docs/assets/page.md", "not-an-asset"),
        ("docs/assets/photos/hall.png", "address-taken"),
        ("docs/assets/Share/hall.png", "address-taken"),
        ("docs/assets/images/favicon.png", "address-taken"),
        ("docs/zh/en/hall.png", "address-taken"),
        ("docs/zh/assets/hall.png", "address-taken"),
        ("docs/root/pictures/a.txt", "not-a-root-file"),
        ("docs/root/script.js", "not-a-root-file"),
        ("docs/root/cname", "not-a-root-file"),
        ("docs/root/page.md", "not-a-root-file"),
        ("docs/root/index.html", "address-taken"),
        ("docs/root/Index.html", "address-taken"),
        ("docs/root/404.html", "address-taken"),
        ("docs/root/sitemap.xml", "address-taken"),
        ("docs/root/robots.txt", "address-taken"),
        ("docs/root/feed.xml", "address-taken"),
        ("docs/root/data.html", "address-taken"),
        ("docs/root/about.html", "address-taken"),
        ("docs/root/About.html", "address-taken"),
        ("docs/root/services.html", "address-taken"),
        ("docs/root/en.html", "address-taken"),
    ],
)
def test_what_has_no_place_or_takes_anothers_is_refused(small: Project, path: str, code: str) -> None:
    root = small({path: "x"})
    with pytest.raises(ContentError) as error:
        render_site(root)
    assert places(error.value.diagnostics) == [f"{path}:1:1 [{code}]"]
    (message,) = error.value.diagnostics
    assert_in_both_languages(message)


def test_a_domain_whose_name_a_page_has_is_refused(small: Project) -> None:
    root = small({"docs/root/CNAME": "x.example", "docs/zh/cname.md": PAGE, "docs/en/cname.md": PAGE})
    with pytest.raises(ContentError) as error:
        render_site(root)
    assert places(error.value.diagnostics) == ["docs/root/CNAME:1:1 [address-taken]"]


def test_the_address_of_a_page_that_was_given_up_is_still_its_own(small: Project) -> None:
    gone = "was: history\ndate: {date: 2021-06-01, basis: stated}\nwhy: {zh: 合并, en: Merged}\n"
    root = small({"docs/root/history.html": "x", "data/retired/history.yml": gone})
    with pytest.raises(ContentError) as error:
        render_site(root)
    assert "docs/root/history.html:1:1 [address-taken]" in places(error.value.diagnostics)


def test_a_file_of_the_root_is_small(small: Project) -> None:
    kept = "x" * 64 * 1024
    assert load(small({"docs/root/proof.txt": kept}))[1] == []
    (message,) = load(small({"docs/root/proof.txt": kept + "x"}))[1]
    assert places([message]) == ["docs/root/proof.txt:1:1 [root-file-too-large]"]
    assert "65 KB" in message.en
    assert_in_both_languages(message)
