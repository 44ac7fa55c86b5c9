"""Articles from Word: the text of the page is the text that Word shows, and what cannot be shown is told."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring
from PIL import Image

from gazette import cli
from gazette.base.messages import Refused
from gazette.checks.markdown.readings import misread_text
from gazette.checks.markdown.typed_marks import wrong_calls
from gazette.content.calls import without_calls
from gazette.content.front_matter import Markdown
from gazette.content.model import Content, Prose
from gazette.editing.word.article import Draft, draft
from gazette.editing.word.blocks import Paragraph, Words, read_document
from gazette.editing.word.markdown import body
from gazette.editing.word.proposals import found_in, proposals, with_calls
from gazette.records.front_matter import PlainPage
from gazette.records.values import Localised
from gazette.site.model import load_readable
from tests.conftest import Project

NAMES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
PARTS = "http://schemas.openxmlformats.org/package/2006"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {
    "T": "Title",
    "H1": "heading 1",
    "H2": "heading 2",
    "H3": "heading 3",
    "C": "caption",
    "TOC1": "toc 1",
}
LEVELS = {
    "1": [("bullet", "\uf0b7")] * 3,
    "2": [("decimal", "%1."), ("decimal", "%2."), ("decimal", "%3.")],
    "3": [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    "4": [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")],
}
"""The lists of a document, by number: the form and the words of each level."""


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", num: str = "", level: int = 0) -> str:
    """A paragraph; a run that is no XML is plain text."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    inner = "".join(run if run.startswith("<w:") or run.startswith("<m") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: Sequence[str], of_cell: str = "") -> str:
    cells = ("".join(f"<w:tc><w:tcPr>{of_cell}</w:tcPr>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(name: str = "p", alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def jpeg(width: int = 700, *, place: bool = False) -> bytes:
    made, known = io.BytesIO(), Image.Exif()
    if place:
        known[0x8825] = {1: "N", 2: (36.0, 58.0, 0.0)}
    Image.new("RGB", (width, 480), "gray").save(made, "JPEG", exif=known)
    return made.getvalue()


def docx(
    file: Path,
    *blocks: str,
    pictures: Mapping[str, bytes] | None = None,
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write a document as Word does."""
    pictures = pictures or {}
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
            for n, (form, words) in enumerate(of)
        )
        + "</w:abstractNum>"
        for number, of in LEVELS.items()
    )
    levels += "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in LEVELS
    )
    levels += (
        '<w:num w:numId="9"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in STYLES.items()
    )
    styles += '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="g"/><w:rPr><w:vanish/></w:rPr></w:style>'
    links = "".join(
        f'<Relationship Id="{name}" Type="{KINDS}/image" Target="media/{name}.jpeg"/>'
        for name in (*pictures, "gone")
    )
    links += f'<Relationship Id="web" Type="{KINDS}/hyperlink" Target="https://example.org/a_b(c)" TargetMode="External"/>'
    links += (
        f'<Relationship Id="disk" Type="{KINDS}/hyperlink" Target="file:///C:/a.doc" TargetMode="External"/>'
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{PARTS}/content-types"><Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PARTS}/relationships"><Relationship Id="d" Type="{KINDS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PARTS}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{levels}</w:numbering>",
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        **{name: f"<w:part {NAMES}>{text}</w:part>" for name, text in (parts or {}).items()},
    }
    with zipfile.ZipFile(file, "w") as written:
        for name, text in made.items():
            written.writestr(name, text)
        for name, data in pictures.items():
            written.writestr(f"word/media/{name}.jpeg", data)
    return file


TITLE = p("样例标题", style="T")
LONG = "这一段比概述长，" * 20
MADE = Callable[..., Draft]


@pytest.fixture
def made(small: Project, tmp_path: Path) -> MADE:
    """The draft of a document with these blocks below its title."""
    content = load_readable(small({}))

    def make(*blocks: str, **more: object) -> Draft:
        return draft(read_document(docx(tmp_path / "a.docx", TITLE, *blocks, **more)), content, "sample")  # type: ignore[arg-type]

    return make


def shown(text: str) -> str:
    """What the parser that publishes makes of Markdown: all that is read on the page, numbers and bullets of lists too."""
    extensions = ["attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc"]
    html = markdown.markdown(without_calls(text), extensions=extensions)
    said: list[str] = []

    def read(element: HtmlElement) -> None:
        parent = element.getparent()
        if element.tag == "li" and parent is not None:
            items = [item for item in parent if item.tag == "li"]
            number = int(parent.get("start", "1")) + items.index(element)
            said.append("•" if parent.tag == "ul" else f"{number}.")
        said.append(element.text or "")
        for inner in element:
            read(inner)
        said.append(element.tail or "")

    read(fragment_fromstring(html, create_parent="div"))
    return re.sub(r"\s", "", "".join(said))


SIGNS = [
    "1. 不是列表", "- 不是列表", "+ 也不是", "# 不是标题", "> 不是引用", ": 不是释义", "~~~", "---", "===", "***", "2021. 年",
    "*星号* _下划线_ `反引号` **双**", "<b>标签</b> <https://a.example> a<b", "&lt; &amp; &copy; AT&T", "{{ figure(\"x\") }} {% if %} {# a #}",
    "[文字](地址) [^1] [a]: b [TOC]", "文件_名_里 C:\\目录\\*.txt", "| 甲 | 乙 |", "标题 {#id} {: .c}", "C#、F#", "﹣ • 项目 ● 项目",
    "＃全角", "＊全角＊", "［文字］（example.org）", "【样例】（样例）", "｛｛样例｝｝", "● 项目", "！[图](a.png)", "a\\b \\* \\\\", "100%}", "1) 项", "（1）项", "1、项",
]  # fmt: skip
DOCUMENTS: dict[str, tuple[list[str], str]] = {
    "plain": ([p(LONG), p("第二段。")], f"{LONG}第二段。"),
    "signs": ([p(LONG), *(p(sign) for sign in SIGNS)], LONG + "".join(SIGNS)),
    "signs in headings": ([p(LONG), *(p(s, style="H2") for s in SIGNS)], LONG + "".join(SIGNS)),
    "signs in items": ([p(LONG), *(p(s, num="1") for s in SIGNS)], LONG + "".join(f"•{s}" for s in SIGNS)),
    "signs in cells": ([p(LONG), table(*([p(s), p(s)] for s in SIGNS))], LONG + "".join(s + s for s in SIGNS)),
    "headings": (
        [p(LONG), p("甲", style="H1"), p("乙", style="H2"), p("丙", style="H3"), p("丁")],
        f"{LONG}甲乙丙丁",
    ),
    "lists": (
        [
            p(LONG),
            p("甲", num="2"),
            p("乙", num="1", level=1),
            p("丙", num="1", level=2),
            p("丁", num="2"),
            p("中间一段"),
            p("戊", num="2"),
            p("己", num="9"),
            p("庚", num="1"),
        ],
        f"{LONG}1.甲•乙•丙2.丁中间一段3.戊1.己•庚",
    ),
    "Chinese numbers": (
        [
            p(LONG),
            p("总则", style="H1", num="3"),
            p("甲", num="3", level=1),
            p("乙", num="3", level=1),
            p("细则", style="H1", num="3"),
            p("丙", num="3", level=1),
            p("丁", num="4", level=0),
            p("戊", num="4", level=1),
            p("己", num="4", level=2),
        ],
        f"{LONG}一、总则（一）甲（二）乙二、细则（一）丙1.丁1.1戊a)己",
    ),
    "looks": (
        [
            p(LONG),
            p("前", r("“粗。”", "<w:b/>"), "后", r("斜", "<w:i/>"), r("粗", "<w:b/>"), r("粗斜 ", "<w:b/><w:i/>"), "面积5m", r("2", '<w:vertAlign w:val="superscript"/>')),
            p(r("整段*粗*", '<w:b/><w:color w:val="FF0000"/>')),
            p(r("划去", "<w:strike/>"), '<w:hyperlink r:id="web">' + r("链接_（样例）]") + "</w:hyperlink>", "（后）"),
            p("软\u00ad连\u200b字\u00a0符\u3000。", "<w:r><w:br/></w:r>", "1. 换行后", "<w:r><w:tab/></w:r>", "制表"),
            p(""), p(" "),
        ],
        f"{LONG}前“粗。”后斜粗粗斜面积5m2整段*粗*划去链接_（样例）]（后）软连字符。1.换行后制表",
    ),
    "changes": (
        [
            p(LONG),
            p("甲", f'<w:ins w:id="1" w:author="a">{r("插入")}</w:ins>', f'<w:del w:id="2" w:author="a">{r("删除")}</w:del>', "乙"),
            p("丙", r("隐藏", "<w:vanish/>"), r("也隐藏", '<w:rStyle w:val="Ghost"/>'), '<w:fldSimple w:instr="DATE">' + r("域") + "</w:fldSimple>"),
            p(f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>", "音"),
            p("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p("框里") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>", "框外"),
            p("目录一", style="TOC1"),
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("上半") + "</w:p>",
            p("下半", num="3"),
            f"<w:sdt><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>",
        ],
        f"{LONG}甲插入乙丙域拼音框外框里一、上半下半控件里",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_text_of_the_page_is_the_text_that_word_shows(made: MADE, small: Project, name: str) -> None:
    blocks, text = DOCUMENTS[name]
    article = made(*blocks)
    expected = re.sub(r"[\s\u3000]", "", text)
    assert shown(article.body) == expected
    found = found_in(article, load_readable(small({})))
    assert [str(one) for one in found if not one.pending] == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text("样例aA1 .、-+#*_`~=|<>&;:{}%[]()!\\\"'（）【】＊｛•\u3000", min_size=1, max_size=14),
        min_size=1,
        max_size=6,
    )
)
def test_any_text_is_read_alike_by_both_parsers_and_as_it_stands(texts: list[str]) -> None:
    paragraphs = [Paragraph((Words(text), Words("粗", ("strong",)), Words(text, ("em",)))) for text in texts]
    made = body(paragraphs, 1, lambda _: "")
    assert shown(made) == re.sub(r"\s", "", "".join(f"{text}粗{text}" for text in texts))
    said = Localised(zh="样例", en="Sample")
    page = Prose("a", PlainPage.model_construct(title=said, summary=said), {"zh": Markdown("a.md", made, 1)})
    assert [str(one) for one in misread_text(Content.__new__(Content), [page])] == []
    assert [*wrong_calls(Content.__new__(Content), [page])] == []


def test_pictures_become_photographs_and_what_word_does_not_know_is_left_to_fill_in(
    made: MADE, small: Project
) -> None:
    article = made(
        p(LONG),
        p(picture("a", "店招 *近景*")),
        p("图 1 样例店招", style="C"),
        p(picture("b", "图片包含 建筑\n\n描述已自动生成")),
        p(picture("a"), "文字"),
        p(picture("c")),
        p(picture("gone")),
        pictures={"a": jpeg(), "b": jpeg(710, place=True), "c": jpeg(200)},
    )
    assert [*article.photos] == ["data/photos/sample-1.jpg", "data/photos/sample-2.jpg"]
    photos = article.data["photos"]
    assert isinstance(photos, list)
    (one, two) = photos
    assert isinstance(one, dict)
    assert isinstance(two, dict)
    assert (one["alt"], one["caption"]) == (
        {"zh": "店招 *近景*", "en": "【to fill in】"},
        {"zh": "图 1 样例店招", "en": "【to fill in】"},
    )
    assert (two["alt"], two["credit"]) == ({"zh": "【待填】", "en": "【to fill in】"},) * 2
    with Image.open(io.BytesIO(article.photos["data/photos/sample-2.jpg"] or b"")) as stripped:
        assert 0x8825 not in stripped.getexif()
        assert stripped.width == 710
    assert [line for line in article.body.split("\n") if "photo(" in line] == [
        '{{ photo("sample-1.jpg") }}',
        '{{ photo("sample-2.jpg") }}',
        '{{ photo("sample-1.jpg") }}',
    ]
    assert "第 3 张图片没有收入" in "".join(told.zh for told in article.told)
    assert "图片 1 张读不出来" in "".join(told.zh for told in article.told)
    wrong = [one for one in found_in(article, load_readable(small({}))) if not one.pending]
    assert [one.code for one in wrong] == ["markup-in-field"]


def test_figures_are_proposed_and_put_in_when_asked(made: MADE, small: Project) -> None:
    content = load_readable(small({}))
    article = made(p(LONG), p("专线服务沿街近300户，另有300户和5户。"))
    known = [*proposals(article, found_in(article, content), content)]
    assert [(one.number, one.words) for one in known] == [("近300", "近300户"), ("300", "")]
    assert known[0].call == '{{ figure("indicators/shops") }}'
    called = with_calls(article, known)
    assert '专线服务沿街{{ figure("indicators/shops") }}，另有300户和5户。' in called.body
    english = (called.files(content)["docs/en/news/sample.md"] or b"").decode("utf-8")
    assert '【to fill in】 {{ figure("indicators/shops") }}' in english
    assert not [one for one in found_in(called, content) if not one.pending]


@pytest.mark.parametrize(
    ("blocks", "title", "summary", "first"),
    [
        ([p("标题", style="T"), p("一句概述。"), p("节", style="H1")], "标题", "一句概述。", "## 节"),
        ([p("唯一的一级", style="H1"), p("概述。"), p("节", style="H2")], "唯一的一级", "概述。", "## 节"),
        ([p("短的第一行"), p(LONG)], "短的第一行", "【待填】", LONG),
        ([p("标题", style="T"), p("节", style="H1"), p("文。")], "标题", "【待填】", "## 节"),
    ],
)
def test_title_and_summary(
    tmp_path: Path, small: Project, blocks: list[str], title: str, summary: str, first: str
) -> None:
    content = load_readable(small({}))
    article = draft(read_document(docx(tmp_path / "a.docx", *blocks)), content)
    assert article.data["title"] == {"zh": title, "en": f"【to fill in】 {article.ref.id}"}
    assert article.data["summary"] == {"zh": summary, "en": "【to fill in】"}
    assert article.body.startswith(first)
    assert article.ref.id in ("biao-ti", "wei-yi-de-yi-ji", "duan-de-di-yi-xing")


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([p(LONG), table([p("甲")], [p("乙")], of_cell='<w:gridSpan w:val="2"/>')], "word-merged-cells"),
        ([p(LONG), table([p("甲"), table([p("丙")], [p("丁")])], [p("乙"), p("己")])], "word-merged-cells"),
        ([p(LONG)], "word-without-title"),
        ([p("标题"), f"<w:unknown>{p('看不见的一段')}</w:unknown>"], "word-text-lost"),
    ],
)
def test_what_a_page_has_no_form_for_is_refused(
    tmp_path: Path, small: Project, blocks: list[str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        draft(read_document(docx(tmp_path / "a.docx", *blocks)), load_readable(small({})))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0old", "word-old-or-locked"),
        (b"<html>", "word-unreadable"),
        (b"", "word-unreadable"),
    ],
)
def test_a_file_that_is_no_docx_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_document(file)
    assert refused.value.code == code


def test_what_is_dropped_is_counted(made: MADE) -> None:
    article = made(
        p(LONG, '<w:r><w:commentReference w:id="1"/></w:r>'),
        p(
            r("隐藏", "<w:vanish/>"),
            f'<w:del w:id="2">{r("删")}</w:del>',
            "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
        ),
        p('<w:hyperlink r:id="disk">' + r("本机") + "</w:hyperlink>"),
        parts={"word/header1.xml": p("页眉"), "word/footer1.xml": ""},
    )
    told = "\n".join(one.zh for one in article.told)
    for words in (
        "批注 1 条",
        "隐藏文字 1 处",
        "修订：1 处删除",
        "公式 1 个",
        "链接 1 个不指向网页",
        "页眉 1 处",
    ):
        assert words in told
    assert "页脚" not in told
    assert "本机" in article.body


def test_a_text_box_that_stands_in_two_forms_is_read_once_and_a_note_is_kept(made: MADE) -> None:
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    article = made(
        p(LONG),
        p(f"<w:r>{both}</w:r>", "框外"),
        p("有注", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。"),
        parts={"word/footnotes.xml": f'<w:footnote w:id="2">{p("注*文*")}</w:footnote>'},
    )
    assert article.body == f"{LONG}\n\n框外\n\n框里\n\n有注[^1]。\n\n[^1]: 注\\*文\\*\n"


def test_an_import_shows_the_draft_and_writes_it_when_asked(
    small: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({})
    file = docx(tmp_path / "a.docx", TITLE, p("概述。"), p(LONG + "近300户。"))

    def run(*arguments: str) -> tuple[int, str]:
        status = cli.main(["--root", str(root), *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    status, out = run("import", str(file))
    assert (status, "summary: 概述。" in out, "加 --write 再运行一次" in out) == (0, True, True)
    assert not (root / "docs/zh/news/yang-li-biao-ti.md").exists()
    assert run("import", str(file), "--write", "--id", "sample")[0] == 0
    status, out = run("check")
    assert (status, "[stray-number]" in out, "[left-to-fill-in]" in out) == (0, True, True)
    assert "用过了" in run("import", str(file), "--id", "sample")[1]
    chinese = root / "docs/zh/news/sample.md"
    chinese.write_text(chinese.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    status, out = run("check")
    assert (status, "[left-to-fill-in]" in out) == (1, True)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(Refused, match=r"requirements-edit\.lock"):
        read_document(docx(tmp_path / "a.docx", TITLE))
