"""Files put together: nothing is lost, nothing counts twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.several import combine_sales
from tests.sales.books import CLIENTS, HEADERS, PROFIT, REVENUE, ROWS, VEGA, grid, read


def file(rows: list[list[object]], name: str) -> SalesData:
    sales = read(grid([HEADERS, *rows]))
    return replace(sales, report=replace(sales.report, name=name))


@given(cut=st.integers(min_value=1, max_value=7))
@settings(max_examples=7)
def test_parts_of_a_report_add_up_to_it(cut: int) -> None:
    sales = combine_sales([file(ROWS[:cut], "a.xlsx"), file(ROWS[cut:], "b.xlsx")])
    assert (sales.revenue, sales.profit, sales.n_clients, len(sales.lines)) == (REVENUE, PROFIT, CLIENTS, 8)
    assert sales.report.questions == ()
    assert set(sales.lines["sheet"]) == {"a.xlsx · Лист1", "b.xlsx · Лист1"}


def test_next_month_s_export_adds_its_new_lines_only() -> None:
    earlier, later = file(ROWS[:5], "май.xlsx"), file(ROWS, "июнь.xlsx")
    sales = combine_sales([earlier, later])
    assert (sales.revenue, len(sales.lines)) == (REVENUE, 8)
    assert [question.code for question in sales.report.open_questions] == ["overlapping_files"]
    assert {choice.code: choice.rows for choice in sales.report.questions[0].choices} == {"once": 8, "keep_all": 13}
    assert sales.report.rows_read == len(sales.lines) + sum(sales.report.skipped.values())
    everything = combine_sales([earlier, later], answers={"overlapping_files": "keep_all"})
    assert len(everything.lines) == 13
    assert everything.fingerprint != sales.fingerprint
    with pytest.raises(BadInput):
        combine_sales([earlier, later], answers={"overlapping_files": "some"})


def test_repeats_within_a_file_stay_and_a_file_with_itself_is_itself() -> None:
    twice = [ROWS[0], ROWS[0], *ROWS[1:3]]
    once = read(grid([HEADERS, *twice]), answers={"duplicate_rows": "keep"})
    both = combine_sales([once, once])
    assert len(both.lines) == len(once.lines) == 4
    assert both.revenue == once.revenue


def test_a_client_is_one_across_files_by_its_code() -> None:
    coded = read(grid([["Контрагент", "ИНН", "Выручка", "Прибыль"], [VEGA, "7700000001", 10.0, 1.0]]))
    plain = read(grid([["Контрагент", "Выручка", "Прибыль"], [VEGA, 20.0, 2.0]]))
    sales = combine_sales([coded, plain])
    assert list(sales.lines["client_key"]) == ["7700000001", "7700000001"]


def test_one_file_is_given_back() -> None:
    sales = file(ROWS, "a.xlsx")
    assert combine_sales([sales]) is sales
