"""The frame of this project's pages as a Hugo template, taken from a page that it built.

What belongs to the page shown becomes a field of Hugo's; all else stands in the template as it is.
"""

from __future__ import annotations

import html
import json
import re

from bench.corpus import Text

_BODY = re.compile(
    r'(<header\b[^>]*\bclass="?page-head\b.*?</header>\s*).*(?=<footer\b[^>]*\bclass="?page-foot\b)',
    re.DOTALL,
)
_PIECES = (
    "{{ .Title }}",
    "{{ .Description }}",
    "{{ .Content }}",
    "{{ .Permalink }}",
    "{{ .Params.root }}",
    "{{ .Params.home }}",
    "{{ .Params.there }}",
    "{{ .Params.source }}",
    "<article data-pagefind-body ",
)
"""What a page of ours has in its frame: where one is not found, the template would be another page than ours."""


def template(built: str, page: Text, address: str) -> str:
    """The template from the HTML of `page`, a record, on the site at `address`."""
    text = _BODY.sub(r"\1{{ .Content }}\n", built, count=1)
    root, home = to_root(page), to_home(page)
    section = page.path.rpartition("/")[0]
    said = {
        address + page.there: "{{ .Site.BaseURL }}{{ .Params.there }}",
        address + page.url: "{{ .Permalink }}",
        root + page.there: "{{ .Params.root }}{{ .Params.there }}",
        root: "{{ .Params.root }}",
        f'"{root.removesuffix("/")}"': '"{{ .Params.root }}"',
        page.source: "{{ .Params.source }}",
        **dict.fromkeys(_forms(page.summary), "{{ .Description }}"),
        **dict.fromkeys(_forms(page.title), "{{ .Title }}"),
        home: "{{ .Params.home }}",
        f'"{home.removesuffix("/")}"': '"{{ .Params.home }}"',
        '"../"': f'"{{{{ .Params.home }}}}{section}/"',
    }
    # What holds another is replaced before it: the English address ends like the Chinese one.
    for old in sorted(said, key=len, reverse=True):
        text = text.replace(old, said[old])
    # Pagefind is told where the text of a page stands, as its documentation advises.
    text = text.replace("<article ", "<article data-pagefind-body ", 1)
    if missing := [piece for piece in _PIECES if piece not in text]:
        raise ValueError(f"not found in the page {page.url}: {', '.join(missing)}")
    return text


def to_root(page: Text) -> str:
    """The way from a page to the root of the site."""
    return "../" * page.url.count("/") or "./"


def to_home(page: Text) -> str:
    """The way from a page to the home page of its language."""
    return "../" * page.url.removeprefix("en/").count("/") or "./"


def _forms(words: str) -> tuple[str, ...]:
    """Words as HTML and as JSON have them."""
    return (html.escape(words), html.escape(words, quote=False), json.dumps(words, ensure_ascii=False)[1:-1])
