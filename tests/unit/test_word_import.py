"""Articles from Word: the text of the page is the text that Word shows, and what cannot be shown is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import markdown
import pytest
from lxml.html import HtmlElement, fragment_fromstring
from PIL import Image

from gazette.content.calls import without_calls
from gazette.editing.word.article import Draft, draft
from gazette.editing.word.blocks import read_document
from gazette.editing.word.proposals import found_in
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
        f'<Relationship Id="{name}" Type="{KINDS}/image" Target="media/{name}.jpeg"/>' for name in pictures
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
            f"<w:sdt><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>",
        ],
        f"{LONG}甲插入乙丙域拼音框外框里控件里",
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
