"""What was issued to a site is taken as it was issued, or not at all."""

from __future__ import annotations

import pytest

from gazette.site import identity
from tests.expectations import assert_in_both_languages

FORM = "site_name: 样例\nextra:\n  filings:\n    {key}: {value}\n"

GOOD = [
    ("site_id_code", "3701000001"),
    ("site_id_code", "0701000001"),
    ("site_id_code", "bm12000001"),
    ("icp", "鲁ICP备12345678号-1"),
    ("icp", "京ICP备2021000001号-12"),
    ("public_security", "鲁公网安备 37011202000123号"),
    ("public_security", "鲁公网安备37011202000123号"),
]
BAD = [
    ("site_id_code", '" "', "3701000001"),
    ("site_id_code", "370100000", "3701000001"),
    ("site_id_code", "37010000011", "3701000001"),
    ("site_id_code", "３７０１０００００１", "3701000001"),
    ("site_id_code", '"3701000001 "', "3701000001"),
    ("icp", '" "', "鲁ICP备12345678号-1"),
    ("icp", "鲁ICP备12345678号", "鲁ICP备12345678号-1"),
    ("icp", "鲁ICP备1234567号-1", "鲁ICP备12345678号-1"),
    ("icp", "鲁ICP备12345678-1", "鲁ICP备12345678号-1"),
    ("icp", "ICP备12345678号-1", "鲁ICP备12345678号-1"),
    ("icp", "鲁icp备12345678号-1", "鲁ICP备12345678号-1"),
    ("icp", "鲁ICP备12345678号-0", "鲁ICP备12345678号-1"),
    ("icp", '"鲁ICP备12345678号-1\\n"', "鲁ICP备12345678号-1"),
    ("icp", "备案：鲁ICP备12345678号-1", "鲁ICP备12345678号-1"),
    ("public_security", '"\\t"', "鲁公网安备 37011202000123号"),
    ("public_security", "鲁公网安备 3701120200012号", "鲁公网安备 37011202000123号"),
    ("public_security", "鲁公网安备 370112020001234号", "鲁公网安备 37011202000123号"),
    ("public_security", "公网安备 37011202000123号", "鲁公网安备 37011202000123号"),
    ("public_security", "鲁公网安备 37011202000123", "鲁公网安备 37011202000123号"),
    ("public_security", "[37011202000123]", "鲁公网安备 37011202000123号"),
]


@pytest.mark.parametrize(("key", "value"), GOOD)
def test_a_number_is_kept_as_it_was_issued(key: str, value: str) -> None:
    found, problems = identity.filings(FORM.format(key=key, value=value))
    assert problems == []
    assert getattr(found, key) == value


@pytest.mark.parametrize(("key", "value", "example"), BAD)
def test_what_was_never_issued_in_this_form_is_refused_with_its_place_and_a_right_example(
    key: str, value: str, example: str
) -> None:
    found, (problem,) = identity.filings(FORM.format(key=key, value=value))
    assert found == identity.Filings()
    assert str(problem.at) == f"mkdocs.yml:4:{len(key) + 7}"
    assert example in problem.example
    assert_in_both_languages(problem)


@pytest.mark.parametrize(
    "text", ["site_name: 样例\n", "extra:\n  filings:\n", FORM.format(key="icp", value="")]
)
def test_nothing_is_issued_where_nothing_is_written(text: str) -> None:
    assert identity.filings(text) == (identity.Filings(), [])
    assert identity.Filings().links == ()


def test_a_misspelt_filing_is_not_passed_over() -> None:
    _, (problem,) = identity.filings(FORM.format(key="ipc", value="鲁ICP备12345678号-1"))
    assert "icp" in str(problem)
