"""Links that say or hide where they lead: another host's address as their words, and addresses that only look like one."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError
from gazette.site.identity import report_address
from gazette.site.model import load_checked
from tests.attacks.test_prose_html import checked, content_of
from tests.conftest import Project
from tests.zones import ZONES

MISLEADING = (
    "[https://www.gov.cn](⟦https://evil.example⟧)", "[www.gov.cn](⟦https://evil.example/⟧)", "[WWW.Gov.cn](⟦about.md⟧)", "[gov.cn](⟦about.md⟧)",
    "[见 https://www.gov.cn 首页](⟦https://evil.example/⟧)", '<a href="⟦https://evil.example⟧">www.<b>gov</b>.cn</a>', "[ｗｗｗ．ｇｏｖ．ｃｎ](⟦about.md⟧)",
    "[https://www.gov.cn][a]\n\n[a]: ⟦https://evil.example/⟧", "[www\\.gov\\.cn](⟦about.md⟧)", "[www&#46;gov&#46;cn](⟦about.md⟧)",
    '[甲](⟦https://evil.example⟧ "https://www.gov.cn")', "[https://www.gov.cn@evil.example](⟦https://evil.example⟧)", "[![www.gov.cn](../assets/a.png)](⟦https://evil.example⟧)",
)  # fmt: skip
"""What is refused, and between ⟦…⟧ where."""
MALFORMED = (
    "//evil.example/x", "/\\evil.example", "https:evil.example", "http:/evil.example", "https://www.gov.cn@evil.example/", "https://a:b@evil.example",
    "https://xn--gov-x.cn/", "https://www.xn--gov-x.cn", "https://www.gоv.cn/", "https://www．gov．cn", "https://0x7f.1/", "https://2130706433/",
    "https://www.gov.cn%2eevil.example/", "https://www.gov.cn\\@evil.example", "https:///evil.example", "https://gov.cn:80x/",
)  # fmt: skip
WELL_FORMED = (
    "https://www.gov.cn", "HTTP://WWW.GOV.CN/a?b=c@d#e", "https://example.org:8080/a", "http://61.153.1.1/", "https://a--b.example.org/李白",
    "http://xn.example.org",
)  # fmt: skip
GOOD = (
    "[https://www.gov.cn](https://www.gov.cn)", "[www.gov.cn](https://gov.cn/a)", "[https://www.gov.cn/的公告](https://www.gov.cn/x)", "[Node.js](https://nodejs.org/)",
    "[3.5亩](about.md)", "[about.md](about.md)", "<https://example.org/>", "www.gov.cn，[甲](https://example.org)", "[www.gov.cn](https://www.gov.cn)、[甲](https://example.org)",
)  # fmt: skip


def told(small: Project, text: str) -> list[str]:
    found = checked(content_of(small({})), text)[0]
    return [f"{one.code} {one.at.line - 5}:{one.at.column}" for one in found if "/zh/" in one.at.path]


def place(marked: str) -> str:
    before = marked[: marked.index("⟦")]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("marked", MISLEADING)
def test_a_link_leads_where_its_words_say(small: Project, marked: str) -> None:
    found = told(small, marked.replace("⟦", "").replace("⟧", ""))
    assert f"misleading-link {place(marked)}" in found


@pytest.mark.parametrize("form", ["[甲](⟦{}⟧)", '<a href="⟦{}⟧">甲</a>', "[甲][a]\n\n[a]: ⟦{}⟧"])
@pytest.mark.parametrize("address", MALFORMED)
def test_an_address_names_its_host_as_it_is(small: Project, form: str, address: str) -> None:
    marked = form.format(address)
    assert f"markup-address {place(marked)}" in told(small, marked.replace("⟦", "").replace("⟧", ""))


@pytest.mark.parametrize("text", [*GOOD, *(f"[甲]({address})" for address in WELL_FORMED)])
def test_a_link_that_hides_nothing_passes(small: Project, text: str) -> None:
    assert told(small, text) == []


@pytest.mark.parametrize("address", [*MALFORMED, *WELL_FORMED])
def test_a_field_takes_the_same_addresses(small: Project, address: str) -> None:
    source = (ZONES / "small/data/sources/report.yml").read_text(encoding="utf-8")
    root = small({"data/sources/report.yml": f"{source}url: '{address}'\n"})
    right = address.replace("HTTP", "http")
    if address in WELL_FORMED and right == address:
        assert load_checked(root)
    else:
        with pytest.raises(ContentError, match="url"):
            load_checked(root)
    faults = report_address(f"extra:\n  report_errors: '{right.replace('http:', 'https:')}/{{page}}'\n")[1]
    assert bool(faults) == (address in MALFORMED)
