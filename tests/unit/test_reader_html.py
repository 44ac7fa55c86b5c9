"""The HTML of an entry: what makes no sense in a reader is gone, and every address holds away from the page."""

from __future__ import annotations

import pytest

from gazette.outputs.feed_html import reader_html


def whole(url: str) -> str:
    return f"https://record.example/zone/{url}"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<a href="../../alliances/tea/">x</a>',
            '<a href="https://record.example/zone/alliances/tea/">x</a>',
        ),
        (
            '<a class="m" href="#s-1">1</a>',
            '<a href="https://record.example/zone/news/a/#s-1">1</a>',
        ),
        ('<a href="./">x</a>', '<a href="https://record.example/zone/news/a/">x</a>'),
        ('<a href="../../">x</a>', '<a href="https://record.example/zone/">x</a>'),
        ('<a href="../../figures/&#35;f">x</a>', '<a href="https://record.example/zone/figures/#f">x</a>'),
        ('<a href="https://else.example/?a=1&amp;b=2">x</a>', '<a href="https://else.example/?a=1&amp;b=2">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        (
            '<img src="../../p/a.webp" srcset="../../p/a.webp 640w, ../../p/b.webp 960w" alt="A &lt;b&gt;" loading="lazy">',
            '<img src="https://record.example/zone/p/a.webp" '
            'srcset="https://record.example/zone/p/a.webp 640w, https://record.example/zone/p/b.webp 960w" '
            'alt="A &lt;b&gt;">',
        ),
        ('<p>a</p><form><input name="q"></form><script>x</script><!-- c -->', "<p>a</p>"),
        (
            '<p>a</p><!-- c --> 甲<div hidden><span role="img" aria-label="b"></span></div> 乙 &lt; <br>',
            "<p>a</p> 甲 乙 &lt; <br>",
        ),
        ("<p>a\x0bb\x0cc\ufffe\td</p>", "<p>abc\td</p>"),
        ('<div role="img" aria-label="Two bars"><svg></svg>1</div>', "<p>Two bars</p>"),
        ('<q lang="zh" style="color:red">字 &amp; &lt;b&gt;</q>', '<q lang="zh">字 &amp; &lt;b&gt;</q>'),
        ('<p hidden>a</p><details open><summary>b</summary>c</details>', "<details><summary>b</summary>c</details>"),
    ],
)  # fmt: skip
def test_html_of_a_page_as_a_reader_is_given_it(html: str, expected: str) -> None:
    assert reader_html(html, "news/a/", whole) == expected
