"""Every warning that is about rows leads to them, and rows left out can be looked at."""

from __future__ import annotations

from dataclasses import replace

from sbyt_core.errors import Problem
from sbyt_core.sales.apart import wire
from sbyt_core.sales.concerned import rows_of_client, rows_of_problem, rows_of_reason
from sbyt_core.sales.kept_rows import MAX_ROWS
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.report_json import report_from_json, report_to_json
from sbyt_core.sales.several import combine_sales
from tests.sales.books import HEADERS, PROFIT, REVENUE, ROWS, grid, read

BAD = [
    ["31.02.2025", "РТ-8", "ООО «Вега»", "Кисть", 1.0, 10.0, 1.0, None],
    [ROWS[0][0], "РТ-9", None, "Кисть", 1.0, "много", 1.0, None],
    [ROWS[0][0], "РТ-10", "ООО «Вега»", "Кисть", 1.0, 20.0, None, None],
]  # rows 10, 11 and 12 of the sheet
TOTAL = ["Итого", None, None, None, None, REVENUE + 30.0, PROFIT + 2.0, None]


def bad() -> SalesData:
    return read(grid([HEADERS, *ROWS, *BAD, TOTAL], hidden=(3,)))


def problem(sales: SalesData, code: str) -> Problem:
    return next(one for one in sales.report.problems if one.code == code)


def test_cells_that_could_not_be_read_are_shown_as_the_file_has_them() -> None:
    sales = bad()
    dates = rows_of_problem(sales, problem(sales, "bad_dates"))
    assert dates is not None
    assert (dates.as_read, dates.total, dates.table["row"].tolist(), dates.table["Дата"].tolist()) == (True, 1, [10], ["31.02.2025"])
    numbers = rows_of_problem(sales, problem(sales, "unparsed_numbers"))
    assert numbers is not None
    assert (numbers.table["row"].tolist(), numbers.table["Выручка"].tolist()) == ([11], ["много"])
    hidden = rows_of_problem(sales, problem(sales, "hidden_rows"))
    assert hidden is not None
    assert hidden.table[["row", "Документ"]].to_numpy().tolist() == [[4, "ВП-1"]]


def test_what_the_lines_tell_is_found_in_them() -> None:
    sales = bad()
    nobody = rows_of_problem(sales, problem(sales, "unassigned_client"))
    no_profit = rows_of_problem(sales, problem(sales, "missing_profit"))
    assert nobody is not None
    assert no_profit is not None
    assert (nobody.as_read, nobody.table["row"].tolist()) == (False, [11])
    assert no_profit.table["row"].tolist() == [12]


def test_rows_left_out_can_be_looked_at_by_reason() -> None:
    sales = bad()
    total = rows_of_reason(sales.report, "total")
    assert total is not None
    assert (total.table["row"].tolist(), total.table["Выручка"].tolist(), total.total) == ([13], ["2730"], 1)
    assert rows_of_reason(sales.report, "blank") is None
    mismatch = rows_of_problem(sales, Problem("warning", "total_mismatch"))
    assert mismatch is not None
    assert mismatch.table["row"].tolist() == [13]


def test_a_warning_about_the_whole_table_has_no_rows() -> None:
    assert rows_of_problem(bad(), Problem("warning", "monthly_granularity")) is None


def test_spellings_that_a_code_joined_are_shown_each_once() -> None:
    names = ["ООО «Вега»", "Вега ООО", "Вега ООО", "АО «Полюс»"]
    rows = [[*ROWS[at][:2], name, "7700000001" if "Вега" in name else "7700000002", *ROWS[at][3:]] for at, name in enumerate(names)]
    sales = read(grid([[*HEADERS[:3], "ИНН", *HEADERS[3:]], *rows]))
    found = rows_of_problem(sales, problem(sales, "possible_duplicates"))
    assert found is not None
    assert found.table[["row", "Контрагент"]].to_numpy().tolist() == [[2, "ООО «Вега»"], [3, "Вега ООО"]]


def test_only_the_first_rows_of_a_kind_are_kept_and_all_are_counted() -> None:
    many = [[*ROWS[0][:5], "много", 1.0, None] for _ in range(MAX_ROWS + 50)]
    sales = read(grid([HEADERS, *ROWS * 50, *many]), answers={"duplicate_rows": "keep"})
    rows = rows_of_problem(sales, problem(sales, "unparsed_numbers"))
    assert rows is not None
    assert (len(rows.table), rows.total) == (MAX_ROWS, MAX_ROWS + 50)


def test_kept_rows_travel_and_are_kept() -> None:
    sales = bad()
    assert sales.report.kept_rows
    assert report_from_json(report_to_json(sales.report)) == sales.report
    report = [body for kind, body in wire.frames_of(sales) if kind == wire.REPORT]
    tables = [wire.table_of(body) for kind, body in wire.frames_of(sales) if kind == wire.LINES]
    attributes = [wire.table_of(body) for kind, body in wire.frames_of(sales) if kind == wire.ATTRIBUTES]
    assert wire.sales_of(tables, attributes, bytes(report[0])).report == sales.report


def test_of_several_files_a_row_says_which() -> None:
    sales = bad()
    other = replace(sales, report=replace(sales.report, name="второй.xlsx"))
    both = combine_sales([sales, other])
    found = [one for one in both.report.problems if one.code == "bad_dates"]
    sheets = [rows.table["sheet"].tolist() for one in found if (rows := rows_of_problem(both, one))]
    assert sheets == [["book.xlsx · Лист1"], ["второй.xlsx · Лист1"]]


def test_the_figures_of_a_client_lead_to_their_rows() -> None:
    found = rows_of_client(read(grid([HEADERS, *ROWS], name="Продажи")), "ООО «Вега»")
    assert (found.as_read, found.total) == (False, 3)
    assert found.table[["row", "revenue"]].values.tolist() == [[7, 700.0], [4, -200.0], [2, 1000.0]]
    assert set(found.table["sheet"]) == {"Продажи"}
