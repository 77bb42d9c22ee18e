"""Public workbooks read to the figures that were counted beside the program (expected.json beside them)."""

from __future__ import annotations

import json

import pytest

from sbyt_core.cli.inspect_file import summary
from sbyt_core.errors import SbytError
from sbyt_core.sales.read import read_sales
from tests.shared_data import ABSENT, DATA

FOLDER = DATA / "real"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8")) if (FOLDER / "expected.json").exists() else {}
FIGURES = ("rows", "n_clients", "revenue", "profit", "period_start", "period_end")
DOLLARS = 500 + 1000 + 300.1 + 750.01 + 300 + 250  # six cells, two of them texts «$1,000.00» and «$750.01»
pytestmark = pytest.mark.skipif(not EXPECTED, reason=f"the public workbooks are {ABSENT}")


@pytest.mark.parametrize("name", EXPECTED)
def test_the_figures_are_those_counted_beside(name: str) -> None:
    case = EXPECTED[name]
    found = summary(read_sales(FOLDER / name))
    assert {figure: found[figure] for figure in FIGURES} == {figure: case[figure] for figure in FIGURES}
    assert case["outcome"] == "ok" or case["error_kind"] in found["questions"]  # type: ignore[operator]


def test_dollars_written_as_text_add_up() -> None:
    sales = read_sales(FOLDER / "pbp_sales_cleanup_dollar_text.xlsx")
    assert (len(sales.lines), sales.revenue) == (6, pytest.approx(DOLLARS))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("calamine_biff5_write.xls", "no_table_found"),
        ("calamine_date_1904.xlsb", "no_table_found"),
        ("calamine_pass_protected.xlsx", "password_protected"),
        ("pbp_shipping_tables_offset.xlsx", "no_client_column"),  # orders by state, nobody's name and no money
    ],
)
def test_a_workbook_without_sales_is_refused_by_name(name: str, code: str) -> None:
    with pytest.raises(SbytError) as caught:
        read_sales(FOLDER / name)
    assert caught.value.code == code
