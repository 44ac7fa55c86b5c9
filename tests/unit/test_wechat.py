"""An article for a WeChat official account: what its editor keeps, and nothing that it drops."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from gazette import cli
from gazette.outputs.wechat import wechat_html
from tests import pictures
from tests.zones import adopt

ENDING = """
<h2>出处</h2>
<ol class="sources"><li id="source-1"><a href="../../sources/report/">样例报道</a> <span class="sources__citation">样例报 · 2021年 · <a href="https://news.example/1">原文</a></span>
<ul class="notes"><li>12家</li></ul></li></ol>
<h2>相关条目</h2><ul><li>别的</li></ul>
"""


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ('<p class="a" id="b">专线<a href="../x/">服务</a></p>', '<p style="margin:0 0 1em">专线服务</p>'),
        ('<p><span class="figure">12家</span><sup class="mark"><a href="#source-1">[1]</a></sup></p>', '12家<sup style="font-size:11px">[1]</sup>'),
        ("<p><q>原文</q>。</p>", "“原文”。"),
        ("<p><q>原<b>文</b></q>。</p>", "“原<b>文</b>”。"),
        ('<div role="img" aria-label="共12家"><b>12</b></div>', '<p style="margin:0 0 1em">共12家</p>'),
        ('<p><img src="../../assets/plan.png" alt="示意图"></p>', "示意图"),
        ("<details><summary>更多</summary><p>文字</p></details>", '<section><p style="margin:0 0 1em">更多</p><p style="margin:0 0 1em">文字</p></section>'),
    ],
)  # fmt: skip
def test_what_a_page_has_becomes_what_wechat_keeps(body: str, made: str) -> None:
    assert made in wechat_html(body, "<p></p>", {})


def test_the_sources_are_a_list_with_their_addresses_and_nothing_else_follows() -> None:
    made = wechat_html("<p>正文。</p>", ENDING, {})
    document = lxml_html.fromstring(made)
    assert [item.text_content() for item in document.iter("li")] == [
        "样例报道 样例报 · 2021年 · https://news.example/1"
    ]
    assert "相关条目" not in made


def test_the_command_writes_a_page_and_a_picture_in_either_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://record.example/zone/")
    root = adopt(tmp_path / "zone", "full").root
    (root / "data/photos").mkdir(exist_ok=True)
    (root / "data/photos/hall.jpg").write_bytes(pictures.jpeg(900, 1200))
    file = root / "docs/zh/news/tea-meets.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("\n---\n", "\n" + pictures.photos("hall.jpg") + "---\n", 1),
        encoding="utf-8",
        newline="\n",
    )
    for locale in ("zh", "en"):
        assert cli.main(["--root", str(root), "share", f"docs/{locale}/news/tea-meets.md"]) == 0
        made = (root / f"share/tea-meets/tea-meets-{locale}.html").read_text(encoding="utf-8")
        head, _, body = made.partition("<hr>")
        _, title, summary = (
            (root / f"docs/{locale}/news/tea-meets.md").read_text(encoding="utf-8").split("\n")[:3]
        )
        document = lxml_html.fromstring(body)
        assert not document.xpath("//@class | //@href | //@id | //script | //style | //a")
        (picture,) = document.xpath("//img/@src")
        told = lxml_html.fromstring(head).text_content()
        for said in (
            title.removeprefix("title: "),
            summary.removeprefix("summary: "),
            f"tea-meets-{locale}.png",
            picture,
            f"https://record.example/zone/{'en/' if locale == 'en' else ''}news/tea-meets/",
        ):
            assert said in told
        assert (root / "share/tea-meets" / picture).read_bytes()[:2] == b"\xff\xd8"
        assert (root / f"share/tea-meets/tea-meets-{locale}.png").read_bytes()[:4] == b"\x89PNG"
    assert "share/tea-meets/tea-meets-zh.html" in capsys.readouterr().out
    assert cli.main(["--root", str(root), "share", "docs/zh/news/unfinished.md"]) == 0, "a draft"
    assert cli.main(["--root", str(root), "share", "docs/zh/method.md"]) == 1
    assert "no such article" in capsys.readouterr().err
