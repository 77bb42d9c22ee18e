"""Tables of figures alone, without a header and without a word: columns are called by letters and told by the user."""

from __future__ import annotations

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.read import read_sales_bytes

# a long figure leaves a single space before it, a short one two or more; the sum is added up by hand
LINES = (
    " 00004 0001 19970101  2   29.33",
    " 00314 0026 19970113 10  166.89",
    " 00021 0002 19970118  3 1166.80",
    " 00050 0003 19970102  1    6.79",
)
KEPT = {"duplicate_rows": "keep"}
TOTAL = 29.33 + 166.89 + 1166.80 + 6.79


def table(times: int) -> bytes:
    """The lines so many times, each line with a number of its own in front."""
    return "\n".join(f" {place:05d}{line[6:]}" for place, line in enumerate(LINES * times)).encode()


@pytest.mark.parametrize("times", [1, 90, 800], ids=["short", "long", "so many distinct values that they are read together"])
def test_columns_named_by_letters(times: int) -> None:
    sales = read_sales_bytes(table(times), name="sales.txt", mapping={"client": "B", "date": "C", "revenue": "E"}, answers=KEPT)
    assert len(sales.lines) == 4 * times
    assert sales.lines["revenue"].sum() == pytest.approx(times * TOTAL)
    assert sales.lines["date"].notna().all()


def test_without_a_word_the_client_has_to_be_told() -> None:
    with pytest.raises(BadFile) as told:
        read_sales_bytes(table(1), name="sales.txt")
    assert told.value.code == "no_client_column"


def test_two_lines_of_figures_are_no_table() -> None:
    with pytest.raises(BadFile):
        read_sales_bytes("\n".join(LINES[:2]).encode(), name="sales.txt")


def test_very_many_figures_of_one_kind_are_read() -> None:
    lines = [f"{place:05d} {place % 100:03d} 20250109 {place}.{place % 90 + 10}" for place in range(1, 3001)]
    sales = read_sales_bytes("\n".join(lines).encode(), name="sales.txt", mapping={"client": "B", "date": "C", "revenue": "D"})
    assert sales.lines["revenue"].sum() == pytest.approx(sum(float(line.split()[3]) for line in lines))
