"""One small company written in every layout that people upload gives the same figures (added by hand in books.py)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sbyt_core.errors import BadFile
from tests.sales.books import CLIENTS, HEADERS, IP, LINES, PROFIT, REVENUE, ROWS, SERVICE, TOTAL, VEGA, assert_company, codes, grid, read

CLIENT_NAMES = sorted({str(row[2]) for row in ROWS})


def total(label: str | None, rows: list[list[object]] = ROWS, at: int = 0) -> list[object]:
    row: list[object] = [None] * len(HEADERS)
    row[at] = label
    for j in (4, 5, 6):
        row[j] = round(sum(float(r[j]) for r in rows), 2)  # type: ignore[arg-type]
    return row


def test_flat_table() -> None:
    sales = read(grid([HEADERS, *ROWS]))
    assert_company(sales)
    assert sales.report.header_row == 1
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (date(2025, 1, 9), date(2025, 6, 26))


@pytest.mark.parametrize(
    ("before", "after", "left_out"),
    [
        ([["ООО «Тест»"], ["Отчёт по продажам"], [None], ["Ответственный:", "Петров"], [None]], [], {}),
        ([], [total("Итого")], {"total": 1}),
        ([], [total("ВСЕГО:", at=3)], {"total": 1}),
        ([], [total("Grand Total", at=2)], {"total": 1}),
        ([], [[None] * 8, total(None)], {"blank": 1, "total": 1}),
        ([], [[None] * 8, HEADERS, total("Итого")], {"blank": 1, "repeated_header": 1, "total": 1}),
        ([], [total("Итого"), ["Главный бухгалтер ____ Петрова"]], {"total": 1, "note": 1}),
    ],
)
def test_titles_totals_and_notes_are_no_lines(before: list, after: list, left_out: dict[str, int]) -> None:
    sales = read(grid([*before, HEADERS, *ROWS, *after]))
    assert_company(sales)
    assert dict(sales.report.skipped) == left_out
    assert sales.report.header_row == len(before) + 1


def test_the_total_of_the_file_is_the_control_total() -> None:
    control = read(grid([HEADERS, *ROWS, total("Итого")])).report.control_total
    assert control is not None
    assert (control.revenue, control.difference) == (REVENUE, 0)


def test_a_total_that_differs_is_told() -> None:
    wrong = [*TOTAL]
    wrong[0], wrong[5] = "Итого", 2800.0
    sales = read(grid([HEADERS, *ROWS, wrong]))
    assert sales.report.control_total is not None
    assert sales.report.control_total.difference == -100
    assert "total_mismatch" in sales.report.warnings


def test_excel_subtotals_leave_the_client_called_total() -> None:
    rows = []
    for client in CLIENT_NAMES:
        own = [row for row in ROWS if row[2] == client]
        rows += [*own, total(f"{client} Итог", own, at=2)]
    sales = read(grid([HEADERS, *rows, total("Общий итог", at=2)]))
    assert_company(sales)
    assert dict(sales.report.skipped) == {"total": 1, "subtotal": CLIENTS}
    assert SERVICE in set(sales.lines["client"])


def test_subtotals_without_words_are_proved_by_arithmetic() -> None:
    rows = []
    for manager in ("Иванова", "Петров"):
        own = [row for row in ROWS if row[7] == manager]
        rows += [*own, total(manager, own, at=7)]
    assert_company(read(grid([HEADERS, *rows])))


def test_a_client_named_like_a_total_stays() -> None:
    more: list[object] = [datetime(2025, 2, 2), "РТ-9", "Всего понемногу ООО", "Кисть", 1.0, 10.0, 1.0, "Петров"]
    sales = read(grid([HEADERS, *ROWS, more]))
    assert len(sales.lines) == LINES + 1


def test_header_of_two_rows_with_merged_cells_and_without() -> None:
    upper = ["Дата", "Документ", "Покупатель", "Товар", None, "Суммы, руб.", None, "Менеджер"]
    lower = [None, None, None, "Наименование", "Кол-во", "Выручка", "Прибыль", None]
    assert_company(read(grid([upper, lower, *ROWS], merged=((0, 3, 0, 4), (0, 5, 0, 6)))))
    assert_company(read(grid([upper, lower, *ROWS])))


def test_rows_of_units_and_of_numbers_belong_to_the_header() -> None:
    units = [None, None, None, None, "шт.", "руб.", "руб.", None]
    assert_company(read(grid([HEADERS, units, list(range(1, 9)), *ROWS])))


def test_blank_and_double_headers_get_names_of_their_own() -> None:
    sales = read(grid([[*HEADERS[:3], None, *HEADERS[4:], "Заметка", "Заметка"], *[[*row, "а", "б"] for row in ROWS]]))
    assert_company(sales)
    assert sales.report.headers == (*HEADERS[:3], "D", *HEADERS[4:], "Заметка", "Заметка (2)")


def test_a_sheet_without_header_keeps_its_first_sale() -> None:
    sales = read(grid(ROWS))
    assert codes(sales) == ["no_header", "no_profit"]
    assert len(sales.lines) == LINES
    assert sales.n_clients == CLIENTS
    mapped = read(grid(ROWS), mapping={"revenue": "F", "profit": "G"}, answers={"no_header": "first_row_is_data"})
    assert_company(mapped)


def tree(keys: str, mark: str | None, header: list[str], sums: bool = True):
    """Rows nested by the letters of keys: c client, d document, i item, f folder."""
    names = {
        "c": lambda row: row[2],
        "d": lambda row: f"Реализация {row[1]} от {row[0]:%d.%m.%Y} 0:00:00",
        "i": lambda row: row[3],
        "f": lambda row: "Опт" if row[2] in (VEGA, IP) else "Розница",
    }
    rows: list[list[object]] = [[header[0], "Количество", "Выручка", "Валовая прибыль"], *[[name] for name in header[1:]]]
    marks: dict[int, int] = {}

    def nest(own: list[list[object]], level: int) -> None:
        if level == len(keys):
            return
        for name in dict.fromkeys(names[keys[level]](row) for row in own):
            inside = [row for row in own if names[keys[level]](row) == name]
            figures = [round(sum(float(row[j]) for row in inside), 2) for j in (4, 5, 6)]  # type: ignore[arg-type]
            rows.append(["    " * level * (mark == "spaces") + name, *(figures if sums or level == len(keys) - 1 else [None] * 3)])
            marks[len(rows) - 1] = level
            nest(inside, level + 1)

    nest(ROWS, 0)
    rows.append(["Итого", 28.0, REVENUE, PROFIT])
    return grid(rows, **({mark: marks} if mark in ("outline", "indent") else {}))


@pytest.mark.parametrize("mark", ["outline", "indent", "spaces"])
@pytest.mark.parametrize(
    ("keys", "header"),
    [
        ("cdi", ["Контрагент", "Регистратор", "Номенклатура"]),
        ("icd", ["Номенклатура", "Контрагент", "Регистратор"]),
        ("dci", ["Регистратор", "Контрагент", "Номенклатура"]),
        ("fcd", ["Контрагент"]),
        ("cd", ["Контрагент"]),
        ("cd", ["Контрагент / Документ"]),
    ],
)
def test_hierarchies_with_any_mark_in_any_order(keys: str, header: list[str], mark: str) -> None:
    sales = read(tree(keys, mark, header))
    assert_company(sales)
    assert sales.lines["date"].min().date() == date(2025, 1, 9)
    assert sales.report.skipped["total"] == 1
    assert sales.report.control_total is not None
    assert sales.report.control_total.difference == 0


def test_groups_without_sums_of_their_own() -> None:
    assert_company(read(tree("cd", "indent", ["Контрагент", "Регистратор"], sums=False)))


@pytest.mark.parametrize("keys", ["cd", "cdi", "ci"])
def test_a_hierarchy_without_marks_is_proved_by_sums_and_asked(keys: str) -> None:
    names = {"c": "Контрагент", "d": "Регистратор", "i": "Номенклатура"}
    sales = read(tree(keys, None, [names[key] for key in keys]))
    assert_company(sales, lines=None, asked=["hierarchy_unclear"])


def test_a_hierarchy_whose_levels_nothing_tells_is_refused() -> None:
    rows = [["Контрагент", "Выручка"], ["Регистратор"], [VEGA, 500.0], ["РТ-1", 100.0], ["РТ-2", 300.0]]
    with pytest.raises(BadFile) as caught:
        read(grid(rows))
    assert caught.value.code == "hierarchy_unclear"


def test_client_named_in_a_heading_row_or_once_a_group() -> None:
    heading, once = [["Контрагент", "Документ", "Дата", "Выручка", "Прибыль"]], [["Контрагент", "Документ", "Дата", "Выручка", "Прибыль"]]
    for client in CLIENT_NAMES:
        own = [[None, row[1], row[0], row[5], row[6]] for row in ROWS if row[2] == client]
        heading += [[client, None, None, None, None], *own]
        once += [[client, *own[0][1:]], *own[1:]]
    assert_company(read(grid(heading)))
    assert_company(read(grid(once)))


def test_pivot_months_do_not_become_clients() -> None:
    rows: list[list[object]] = [["Названия строк", "Сумма по полю Выручка", "Сумма по полю Прибыль"]]
    for client in CLIENT_NAMES:
        own = [row for row in ROWS if row[2] == client]
        rows.append([client, sum(float(row[5]) for row in own), sum(float(row[6]) for row in own)])  # type: ignore[arg-type]
        rows += [[["янв", "фев", "мар", "апр", "май", "июн"][row[0].month - 1], row[5], row[6]] for row in own]  # type: ignore[attr-defined]
    sales = read(grid([*rows, ["Общий итог", REVENUE, PROFIT]]))
    assert_company(sales, asked=["pivot_layout"])


@pytest.mark.parametrize("first", ["Январь 2025 г.", "янв.25", "01.2025", datetime(2025, 1, 1), "Jan 2025"])
def test_months_across(first: object) -> None:
    form = {
        "Январь 2025 г.": ["Январь 2025 г.", "Февраль 2025 г.", "Март 2025 г.", "Апрель 2025 г.", "Май 2025 г.", "Июнь 2025 г."],
        "янв.25": ["янв.25", "фев.25", "мар.25", "апр.25", "май.25", "июн.25"],
        "01.2025": [f"{month:02}.2025" for month in range(1, 7)],
        "Jan 2025": ["Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025", "Jun 2025"],
    }
    months = form[first] if isinstance(first, str) else [datetime(2025, month, 1) for month in range(1, 7)]
    rows: list[list[object]] = [["Контрагент", *months, "Итого"]]
    for client in CLIENT_NAMES:
        cells = [sum(float(row[5]) for row in ROWS if row[2] == client and row[0].month == month) or None for month in range(1, 7)]  # type: ignore[attr-defined, arg-type]
        rows.append([client, *cells, sum(cell or 0 for cell in cells)])
    rows.append(["Итого", *[sum(float(row[j] or 0) for row in rows[1:]) for j in range(1, 8)]])  # type: ignore[arg-type]
    sales = read(grid(rows))
    assert_company(sales, lines=8, profit=None, asked=["no_profit"])
    assert "monthly_granularity" in sales.report.warnings
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (date(2025, 1, 1), date(2025, 6, 30))


def test_a_table_on_its_side_is_refused_by_name() -> None:
    with pytest.raises(BadFile) as caught:
        read(grid([["Контрагент", VEGA, IP], ["Выручка", 5.0, 6.0], ["Прибыль", 1.0, 2.0]]))
    assert caught.value.code == "no_client_column"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Уважаемые коллеги"], ["Просим прислать отчёт"]], "no_table_found"),
        ([HEADERS], "no_rows"),
        ([["Дата", "Номенклатура", "Выручка"], [datetime(2025, 1, 1), "Краска", 5.0]], "no_client_column"),
        ([["Дата", "Контрагент", "Телефон"], [datetime(2025, 1, 1), VEGA, "+7 900"]], "no_amount_column"),
    ],
)
def test_what_is_no_sales_table_says_why(rows: list, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(grid(rows))
    assert caught.value.code == code


MONTH_NAMES = ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь"]


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (["Год", "Месяц"], lambda day: [2025.0, MONTH_NAMES[day.month - 1]]),
        (["Год", "Месяц"], lambda day: [2025.0, float(day.month)]),
        (["Период"], lambda day: [f"{MONTH_NAMES[day.month - 1]} 2025 г."]),
        (["Месяц"], lambda day: [day.replace(day=1)]),
    ],
)
def test_months_that_stand_for_days(headers: list[str], cells) -> None:
    sales = read(grid([[*headers, "Контрагент", "Выручка", "Прибыль"], *[[*cells(row[0]), row[2], row[5], row[6]] for row in ROWS]]))
    assert_company(sales)
    assert "monthly_granularity" in sales.report.warnings
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (date(2025, 1, 1), date(2025, 6, 30))


def test_every_sale_twice_in_the_total_is_never_read_silently() -> None:
    rows: list[list[object]] = [["Контрагент", "Выручка", "Прибыль"], [VEGA, 100.0, 10.0], [IP, 60.0, 7.0], [SERVICE, 40.0, 3.0]]
    with pytest.raises(BadFile) as caught:
        read(grid([*rows, ["Итого", 100.0, 10.0]]))
    assert caught.value.code == "hierarchy_unclear"


def test_figures_that_no_money_can_be_are_unread() -> None:
    sales = read(grid([HEADERS, *ROWS[:-1], [*ROWS[-1][:5], 1e300, *ROWS[-1][6:]]]))
    assert sales.revenue == REVENUE - 99.5
    assert "unparsed_numbers" in sales.report.warnings
