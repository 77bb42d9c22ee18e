"""What must not be decided alone is asked, and the figures of a choice are those that answering it gives."""

from __future__ import annotations

from datetime import datetime

import pytest

from sbyt_core.errors import BadInput
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import require_answers
from sbyt_core.sales.table import QUESTIONS
from tests.sales.books import HEADERS, IP, NORTH, REVENUE, ROWS, SERVICE, VEGA, codes, grid, read

DAY = datetime(2025, 3, 14)


def question(sales: SalesData, code: str):
    return next(question for question in sales.report.questions if question.code == code)


def returns():
    rows = [
        [row[0], "Возврат от покупателя" if float(row[5]) < 0 else "Реализация", row[2], abs(float(row[5])), abs(float(row[6]))]
        for row in ROWS
    ]  # type: ignore[arg-type]
    return grid([["Дата", "Вид документа", "Контрагент", "Сумма", "Прибыль"], *rows])


def deals():
    stages = ["Успешно реализовано", "Закрыто и не реализовано", "Переговоры", "Успешно реализовано"]
    rows = [
        [f"Сделка {i}", name, stage, DAY, 100.0 * (i + 1)]
        for i, (name, stage) in enumerate(zip((VEGA, IP, SERVICE, NORTH), stages, strict=True))
    ]
    return grid([["Сделка", "Компания", "Этап", "Дата закрытия", "Сумма"], *rows])


def vat():
    rows = [[DAY, name, amount, amount * 0.2, amount * 1.2, amount * 0.3] for name, amount in ((VEGA, 100.0), (IP, 200.0), (NORTH, 300.0))]
    return grid(
        [["Дата", "Клиент", "Сумма с НДС", "НДС", "Сумма без НДС", "Прибыль"], *[[r[0], r[1], r[4], r[3], r[2], r[5]] for r in rows]]
    )


def currencies():
    rows = [[DAY, VEGA, 100.0, 10.0, "RUB"], [DAY, IP, 200.0, 20.0, "руб."], [DAY, NORTH, 5.0, 1.0, "USD"]]
    return grid([["Дата", "Клиент", "Сумма", "Прибыль", "Валюта"], *rows])


def slashes():
    days = ["01/09/2025", "02/01/2025", "03/04/2025", "04/02/2025"]
    return grid(
        [
            ["Дата", "Клиент", "Сумма", "Прибыль"],
            *[[day, name, 10.0, 1.0] for day, name in zip(days, (VEGA, IP, NORTH, SERVICE), strict=True)],
        ]
    )


def dots():
    return grid([["Клиент", "Сумма"], [VEGA, "1.234"], [IP, "5.678"]])


def pasted():
    return grid([HEADERS, *ROWS, *ROWS[:3]])


CASES = {
    "returns_sign": (returns, {"subtract": (8, 2700.0), "as_is": (8, 3100.0)}),
    "status_column": (deals, {"won_only": (2, 500.0), "all": (4, 1000.0)}),
    "amount_column": (vat, {"Сумма без НДС": (3, 600.0), "Сумма с НДС": (3, 720.0)}),
    "currency": (currencies, {"RUB": (2, 300.0), "USD": (1, 5.0), "as_one": (3, 305.0)}),
    "ambiguous_dates": (slashes, {"month_first": (4, 40.0), "day_first": (4, 40.0)}),
    "ambiguous_numbers": (dots, {"thousands": (2, 6912.0), "decimal": (2, 6.91)}),
    "duplicate_rows": (pasted, {"remove": (8, REVENUE), "keep": (11, REVENUE + 1300.0)}),
}


@pytest.mark.parametrize("code", CASES)
def test_a_question_shows_what_each_answer_leads_to(code: str) -> None:
    make, expected = CASES[code]
    sales = read(make())
    assert code in codes(sales)
    assert {choice.code: (choice.rows, choice.revenue) for choice in question(sales, code).choices} == expected
    for choice in question(sales, code).choices:
        answered = read(make(), answers={code: choice.code})
        assert code not in codes(answered)
        assert len(answered.lines) == choice.rows
        assert round(answered.revenue or 0, 2) == choice.revenue
        days = sorted(f"{day:%Y-%m-%d}" for day in answered.lines["date"].dropna())
        assert (choice.period_start, choice.period_end) == ((days[0], days[-1]) if days else (None, None))
        assert answered.fingerprint != sales.fingerprint


@pytest.mark.parametrize("code", sorted(set(CASES) - {"ambiguous_numbers"}))
def test_the_best_reading_stands_first_and_holds_until_somebody_answers(code: str) -> None:
    make, expected = CASES[code]
    sales = read(make())
    best = question(sales, code).best
    assert best == next(iter(expected))
    assert (len(sales.lines), round(sales.revenue or 0, 2)) == expected[best]


def test_a_question_without_a_best_reading_gives_no_figure() -> None:
    sales = read(dots())
    assert sales.revenue is None
    with pytest.raises(BadInput) as caught:
        require_answers(sales)
    assert caught.value.code == "ambiguous_numbers"
    require_answers(read(dots(), answers={"ambiguous_numbers": "thousands"}))


def test_month_first_is_best_where_the_rows_then_follow_in_time() -> None:
    assert read(slashes()).lines["date"].is_monotonic_increasing


def test_profit_that_the_file_lacks_stays_missing_until_a_margin_is_named() -> None:
    rows = grid([["Дата", "Клиент", "Сумма"], [DAY, VEGA, 100.0], [DAY, IP, 50.0]])
    sales = read(rows)
    assert codes(sales) == ["no_profit"]
    assert sales.profit is None
    assert sales.lines["profit"].isna().all()
    assert {choice.code: choice.profit for choice in question(sales, "no_profit").choices}["margin_20"] == 30.0
    assert read(rows, answers={"no_profit": "margin_25"}).profit == 37.5
    for wrong in ("margin_0", "margin_100", "half"):
        with pytest.raises(BadInput) as caught:
            read(rows, answers={"no_profit": wrong})
        assert caught.value.code == "not_a_choice"


def test_answers_are_checked() -> None:
    with pytest.raises(BadInput) as caught:
        read(returns(), answers={"returns_sign": "twice"})
    assert caught.value.code == "not_a_choice"
    with pytest.raises(BadInput) as caught:
        read(returns(), answers={"colour": "red"})
    assert caught.value.code == "unknown_setting"


def test_an_answer_to_a_question_nobody_asks_is_kept_for_another_file() -> None:
    assert codes(read(grid([HEADERS, *ROWS]), answers={"returns_sign": "as_is"})) == []


def test_equal_lines_of_one_order_are_no_question() -> None:
    rows = [[DAY, "Д1", VEGA, 10.0, 1.0]] * 30 + [[DAY, "Д2", IP, 100.0, 10.0]]
    assert codes(read(grid([["Дата", "Документ", "Контрагент", "Выручка", "Прибыль"], *rows]))) == []


def test_sheets_of_one_form_are_read_together_and_a_copy_is_not() -> None:
    january, rest = grid([HEADERS, *ROWS[:2]], name="Январь"), grid([HEADERS, *ROWS[2:]], name="Дальше")
    sales = read(january, rest)
    assert codes(sales) == ["several_sheets"]
    assert sales.revenue == REVENUE
    assert set(sales.lines["sheet"]) == {"Январь", "Дальше"}
    assert read(january, rest, answers={"several_sheets": "Январь"}).revenue == 1500.0
    copied = read(grid([HEADERS, *ROWS], name="Лист1"), grid([HEADERS, *ROWS], name="Лист1 (2)"))
    assert codes(copied) == ["several_sheets"]
    assert copied.revenue == REVENUE
    assert codes(read(january, rest, sheet="Дальше")) == []


def test_a_month_with_a_column_more_or_other_words_goes_on_with_the_table() -> None:
    more = [[*row, "срочно"] for row in ROWS[4:]]
    assert read(grid([HEADERS, *ROWS[:4]], name="1"), grid([[*HEADERS, "Комментарий"], *more], name="2")).revenue == REVENUE
    short = [[row[0], row[2], row[5], row[6]] for row in ROWS]
    ours, theirs = ["Дата", "Контрагент", "Выручка", "Прибыль"], ["Дата продажи", "Клиент", "Сумма продажи", "Маржа, руб."]
    sales = read(grid([ours, *short[:4]], name="Тула"), grid([theirs, *short[4:]], name="Орёл"))
    assert (codes(sales), sales.revenue) == (["several_sheets"], REVENUE)


def test_the_year_beside_its_months_is_not_added_to_them() -> None:
    sales = read(grid([HEADERS, *ROWS], name="Все"), grid([HEADERS, *ROWS[:3]], name="1"), grid([HEADERS, *ROWS[3:]], name="2"))
    assert (codes(sales), sales.revenue) == (["several_sheets"], REVENUE)


def test_a_sheet_of_other_columns_is_asked_about_and_not_added() -> None:
    paid = grid([["Дата", "Контрагент", "Сумма"], [DAY, VEGA, 300.0], [DAY, IP, 100.0]], name="Казань")
    sales = read(grid([HEADERS, *ROWS], name="Тула"), paid)
    assert (codes(sales), sales.revenue) == (["several_sheets"], REVENUE)
    assert read(grid([HEADERS, *ROWS], name="Тула"), paid, answers={"several_sheets": "all_sheets"}).revenue == REVENUE + 400.0
    whole = grid([["Дата", "Контрагент", "Сумма"], [DAY, VEGA, 2000.0], [DAY, IP, 700.0]], name="Свод")
    assert codes(read(grid([HEADERS, *ROWS], name="Тула"), whole)) == []


def test_every_question_is_declared_with_its_answers() -> None:
    assert set(CASES) <= set(QUESTIONS)
    for code, (_, expected) in CASES.items():
        assert set(QUESTIONS[code]) <= set(expected)
