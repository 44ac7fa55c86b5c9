"""The small zone with long lists: articles of three years, and more terms and start-up records than fit on a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.zones import Zone, adopt

ARTICLES = {
    **{f"old-{n}": f"2031-{n % 12 + 1:02}" for n in range(15)},
    **{f"mid-{n}": "2032" for n in range(20)},
    **{f"busy-{n}": f"2033-06-{n % 28 + 1:02}" for n in range(60)},
    **{f"late-{n}": f"2033-09-{n % 28 + 1:02}" for n in range(25)},
}
"""120 articles over three years, half of them in one month."""
NEW_SECTIONS = {
    "startup-records/index": ("开办", "Start-ups", "section"),
    "glossary/index": ("名称", "Names", "section"),
    "figures": ("数据", "Figures", "figures"),
    "timeline": ("大事记", "Timeline", "timeline"),
}


def grow(root: Path) -> Zone:
    """The zone in `root`, its new sections in the nav."""
    zone = adopt(root)
    for path, text in _files():
        target = zone.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    pages = "".join(f"      - {path}.md\n" for path in ("method", *NEW_SECTIONS))
    zone.edit("mkdocs.yml", "      - method.md\n", pages)
    return zone


def _files() -> Iterator[tuple[str, str]]:
    for path, (zh, en, layout) in NEW_SECTIONS.items():
        yield (
            f"docs/zh/{path}.md",
            f"---\ntitle: {zh}\nsummary: 全部{zh}\nlayout: {layout}\n---\n",
        )
        yield f"docs/en/{path}.md", f"---\ntitle: {en}\nsummary: All {en}\n---\n"
    for id_, date in ARTICLES.items():
        yield (
            f"docs/zh/news/{id_}.md",
            f"---\ntitle: 文章{id_}\nsummary: 摘要{id_}\ndate: {{date: {date}, basis: stated}}\n"
            "tags: [subject]\nevidence: [{source: gazette, at: 定期开会}]\n---\n\n"
            '{{ figure("startup_records/kiln.duration") }}\n',
        )
        yield (
            f"docs/en/news/{id_}.md",
            f"---\ntitle: Article {id_}\nsummary: Summary {id_}\n---\n\n"
            '{{ figure("startup_records/kiln.duration") }}\n',
        )
    words = "summary: {{zh: 摘要{0}, en: Summary {0}}}\nevidence: [{{source: gazette, at: 样例日报}}]\n"
    for n in range(60):
        letter = "abcdefghij"[n % 10]
        yield (
            f"data/glossary/{letter}-term-{n}.yml",
            f"title: {{zh: 名词{n:02}号, en: Term {n:02}}}\n{words.format(n)}kind: term\nenglish: working\n",
        )
        yield (
            f"data/startup_records/firm-{n}.yml",
            f"title: {{zh: 企业{n}号, en: Firm {n}}}\n{words.format(f'f{n}')}scope: {{zh: 办照, en: registration}}\n"
            f"duration: {{value: {20 + n}m00s, source: gazette, at: {20 + n}分钟}}\n"
            f"date: {{date: {2031 + n % 3}-{n % 12 + 1:02}, basis: stated}}\n",
        )
    yield (
        "data/glossary/subject.yml",
        f"title: {{zh: 主题词, en: Subject}}\n{words.format('t')}kind: term\nenglish: working\n",
    )
