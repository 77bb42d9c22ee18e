"""Files put together: nothing is lost, nothing counts twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import require_answers
from sbyt_core.sales.several import combine_sales
from tests.sales.books import CLIENTS, HEADERS, NORTH, PROFIT, REVENUE, ROWS, VEGA, grid, read


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
    assert {choice.code: choice.rows for choice in sales.report.questions[0].choices} == {"once": 8, "newest": 8, "keep_all": 13}
    assert sales.report.rows_read == len(sales.lines) + sum(sales.report.skipped.values())
    everything = combine_sales([earlier, later], answers={"overlapping_files": "keep_all"})
    assert len(everything.lines) == 13
    assert everything.fingerprint != sales.fingerprint
    with pytest.raises(BadInput):
        combine_sales([earlier, later], answers={"overlapping_files": "some"})


def test_a_newer_export_may_correct_the_days_that_it_covers() -> None:
    corrected = [[*ROWS[1][:5], 450.0, 50.0, ROWS[1][7]]]  # 500 became 450 in the later report
    earlier, later = file(ROWS[:5], "май.xlsx"), file([ROWS[0], *corrected, *ROWS[2:]], "июнь.xlsx")
    assert combine_sales([earlier, later]).revenue == REVENUE + 450.0  # once: the old line and the corrected one both stand
    for parts in ([earlier, later], [later, earlier]):  # newer is what ends later, not what was added later
        newest = combine_sales(parts, answers={"overlapping_files": "newest"})
        assert (newest.revenue, newest.profit, len(newest.lines)) == (REVENUE - 50.0, PROFIT - 50.0, 8)
        assert newest.report.rows_read == len(newest.lines) + sum(newest.report.skipped.values())
        assert newest.report.skipped == {"duplicate": 4, "replaced": 1}


def test_another_branch_of_the_same_days_is_not_replaced() -> None:
    branch = [[day, f"Ф-{number}", *rest] for number, (day, _, *rest) in enumerate(ROWS[:4])]
    parts = [file(branch, "филиал.xlsx"), file(ROWS[:5], "май.xlsx"), file(ROWS, "июнь.xlsx")]
    sales = combine_sales(parts, answers={"overlapping_files": "newest"})
    assert sales.revenue == REVENUE + sum(row[5] for row in ROWS[:4])


@given(order=st.permutations(range(3)), answer=st.sampled_from(["once", "keep_all"]))
@settings(max_examples=12)
def test_the_order_of_the_files_changes_no_line(order: list[int], answer: str) -> None:
    parts = [file(ROWS[:4], "a.xlsx"), file(ROWS[2:6], "b.xlsx"), file(ROWS[5:], "c.xlsx")]

    def sold(sales: SalesData) -> list[tuple]:
        return sorted(sales.lines[["date", "client_key", "document", "revenue", "profit"]].itertuples(index=False, name=None))

    answers = {"overlapping_files": answer}
    assert sold(combine_sales([parts[at] for at in order], answers=answers)) == sold(combine_sales(parts, answers=answers))


def test_every_line_leads_back_to_its_file_though_two_have_one_name() -> None:
    sales = combine_sales([file(ROWS[:3], "продажи.xlsx"), file(ROWS[3:], "продажи.xlsx")])
    places = sales.lines.set_index("document")[["sheet", "row"]]
    assert tuple(places.loc["РТ-1"]) == ("продажи.xlsx · Лист1", 2)
    assert tuple(places.loc["РТ-3"]) == ("продажи.xlsx (2) · Лист1", 2)
    many = combine_sales([file(ROWS[at : at + 1], f"выгрузка из учётной программы за месяц {at + 1}.xlsx") for at in range(8)])
    assert many.report.name == "выгрузка из учётной программы за месяц 1.xlsx + 7"


def test_an_unfinished_month_is_told_only_of_the_file_that_ends_last() -> None:
    earlier, later = file(ROWS[:2], "январь.xlsx"), file(ROWS[2:7], "май.xlsx")
    assert "partial_period" in earlier.report.warnings
    found = [problem for problem in combine_sales([earlier, later]).report.problems if problem.code == "partial_period"]
    assert [problem.value for problem in found] == ["2025-05-02"]


def test_attributes_follow_the_client_that_a_code_makes_one() -> None:
    coded = read(grid([["Контрагент", "ИНН", "Город", "Выручка", "Прибыль"], [VEGA, "7700000001", None, 10.0, 1.0]]))
    plain = read(grid([["Контрагент", "Город", "Выручка", "Прибыль"], [VEGA, "Пермь", 20.0, 2.0]]))
    attributes = combine_sales([coded, plain]).attributes
    assert attributes[["client_key", "Город"]].to_numpy().tolist() == [["7700000001", "Пермь"]]


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


def test_a_file_without_figures_until_it_is_answered_stops_the_whole() -> None:
    unclear = read(grid([["Контрагент", "Сумма", "Прибыль"], [VEGA, "1.234", "1.001"], [NORTH, "2.345", "1.002"]]))
    assert [question.best for question in unclear.report.open_questions if question.code == "ambiguous_numbers"] == [None]
    both = combine_sales([file(ROWS, "a.xlsx"), unclear])
    with pytest.raises(BadInput, match="ambiguous_numbers"):
        require_answers(both)


def test_one_file_is_given_back() -> None:
    sales = file(ROWS, "a.xlsx")
    assert combine_sales([sales]) is sales
