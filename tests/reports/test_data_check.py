"""The sheet of the data check as a bookkeeper adds it up: sums as formulas, every warning with the rows it is about."""

from __future__ import annotations

import pytest

from sbyt_core.clients import client_table
from sbyt_core.reports import segments_workbook
from sbyt_core.segments import segment
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import opened
from tests.sales.books import HEADERS, REVENUE, ROWS, grid, read


def check(lang: str, *, values: bool) -> list[tuple]:
    rows = [list(row) for row in ROWS]
    rows[3][0] = "31.02.2025"
    rows[4][5] = "много"  # 50.50 is not counted then
    stated = [None, None, None, None, None, REVENUE, None, None]
    sales = read(grid([HEADERS, *rows, ["Итого", *stated[1:]]], name="Продажи"))
    book = opened(segments_workbook(segment(client_table(sales)), lang=lang, report=sales.report), values=values)
    return [row for row in book[speech(lang)("report.sheet.check")].iter_rows(values_only=True) if any(row)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_less_the_file_s_own_total_is_a_formula(lang: str) -> None:
    say = speech(lang)
    seen = {row[0]: row[1] for row in check(lang, values=True)}
    assert seen[say("check.sum_of_lines")] == 2649.5  # 2700.00 of the books less 50.50
    assert seen[say("report.rows.control_total")] == REVENUE
    assert seen[say("report.rows.difference")] == -50.5
    formula = {row[0]: row[1] for row in check(lang, values=False)}[say("report.rows.difference")]
    assert formula.startswith("=B")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cells_that_were_not_understood_stand_with_their_place(lang: str) -> None:
    say = speech(lang)
    rows = check(lang, values=True)
    behind = rows[[row[0] for row in rows].index(say("check.behind")) + 1 :]
    told = {row[1]: row[2] for row in behind}
    assert "31.02.2025" in told[say("check.place", sheet="Продажи", row="5")]  # the header is row 1
    assert "много" in told[say("check.place", sheet="Продажи", row="6")]
