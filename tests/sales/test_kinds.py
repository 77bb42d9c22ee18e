"""Tables as other people write them: other words, other layouts, other habits; the company of books.py gives its figures in each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.model import SalesData
from tests.sales.books import CLIENTS, HEADERS, LINES, PROFIT, REVENUE, ROWS, VEGA, assert_company, codes, grid, read

DAY, DOC, CLIENT, ITEM, PIECES, MONEY, GAIN, MANAGER = range(8)
GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня"]
MONTHS = ["январь", "февраль", "март", "апрель", "май", "июнь"]


def table(headers: list[str], *cells: Callable[[list], object]) -> list[list[object]]:
    return [list(headers), *[[cell(row) for cell in cells] for row in ROWS]]


def at(j: int) -> Callable[[list], object]:
    return lambda row: row[j]


def by_client() -> dict[str, list[list]]:
    return {str(name): [row for row in ROWS if row[CLIENT] == name] for name in dict.fromkeys(str(row[CLIENT]) for row in ROWS)}


def total(rows: list[list], j: int) -> float:
    return round(sum(row[j] for row in rows), 2)


def in_month(rows: list[list], month: int, j: int) -> float | None:
    return total([row for row in rows if row[DAY].month == month], j) or None


@pytest.mark.parametrize(
    "headers",
    [
        ["Дата УПД", "№ УПД", "Контрагент\n(покупатель)", "Отгружено, шт", "Отгружено, руб.", "ВП, руб."],
        ["OrderDate", "OrderNumber", "CustomerName", "OrderQuantity", "SalesAmount", "GrossProfit"],
        ["Дата реал-ции", "№ накл.", "Контр-т", "Кол-во", "Объём продаж, руб.", "Приб."],
        ["Дата", "Документ отгрузки", "Потребитель", "Кол-во, шт", "Продажная стоимость", "Доход"],
        ["ДАТА ПРОДАЖИ", "№ ЗАКАЗА", "НАИМЕНОВАНИЕ ОРГАНИЗАЦИИ", "КОЛ.", "ВЫРУЧКА ОТ РЕАЛИЗАЦИИ", "ПРИБЫЛЬ ОТ ПРОДАЖ"],
        ["Posting Date", "Doc #", "Sold-to party", "Billed Quantity", "Net Value", "Profit, RUB"],
        ["День", "УПД №", "ФИО клиента", "Кол-во (шт)", "Сумма в рублях", "Валовый доход"],
        ["Ship Date", "Invoice #", "Account Name", "Qty shipped", "Extended Price", "GP $"],
        ["Дата", "Накладная", "Дебитор", "Кол-во", "Отгрузка, руб.", "Финрезультат"],
        ["Дата", "Накладная", "Клиент", "Кол-во", "Продажная стоимость", "Торговая наценка, руб."],
    ],
)
def test_headers_in_other_words(headers: list[str]) -> None:
    assert_company(read(grid(table(headers, at(DAY), at(DOC), at(CLIENT), at(PIECES), at(MONEY), at(GAIN)))))


def test_a_sign_in_a_header_breaks_nothing() -> None:
    headers = ["№ УПД", "§ Клиент №", "Дата*", "Сумма (₽)", "Прибыль [₽]"]
    sales = read(grid(table(headers, at(DOC), at(CLIENT), at(DAY), at(MONEY), at(GAIN))), mapping={"client": "§ Клиент №"})
    assert_company(sales)


def test_a_column_that_counts_rows_is_no_document_and_hides_no_double() -> None:
    rows = [[i, row[DAY], row[CLIENT], row[ITEM], row[MONEY], row[GAIN]] for i, row in enumerate([*ROWS, *ROWS[2:6]], start=1)]
    sales = read(grid([["№", "Дата", "Клиент", "Товар", "Сумма", "Прибыль"], *rows]))
    assert "document" not in sales.report.columns
    assert_company(sales, asked=["duplicate_rows"])


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Закупочная цена", lambda row: (row[MONEY] - row[GAIN]) / row[PIECES]),
        ("Себестоимость за ед.", lambda row: (row[MONEY] - row[GAIN]) / row[PIECES]),
        ("Unit cost", lambda row: (row[MONEY] - row[GAIN]) / row[PIECES]),
        ("Расходы", lambda row: row[GAIN] - row[MONEY]),  # expenses below zero
        ("Себест.", lambda row: abs(row[MONEY] - row[GAIN])),  # that of a return written without its sign
        ("Наценка, %", lambda row: 100 * row[GAIN] / (row[MONEY] - row[GAIN])),
        ("Рентабельность, %", lambda row: 100 * row[GAIN] / row[MONEY]),
    ],
)
def test_profit_from_what_stands_beside(header: str, cell: Callable[[list], float]) -> None:
    sales = read(grid(table(["Дата", "Клиент", "Кол-во", "Сумма", header], at(DAY), at(CLIENT), at(PIECES), at(MONEY), cell)))
    assert sales.profit == pytest.approx(PROFIT)
    assert codes(sales) == []


def test_an_empty_column_of_profit_is_none() -> None:
    assert codes(read(grid(table(["Дата", "Клиент", "Сумма", "Прибыль"], at(DAY), at(CLIENT), at(MONEY), lambda row: None)))) == [
        "no_profit"
    ]


@pytest.mark.parametrize(
    "written",
    [
        lambda day: f"Чт, {day:%d.%m.%Y}",
        lambda day: f"{day:%d. %m. %Y}",
        lambda day: f"{day:%Y%m%d}143000",
        lambda day: (day - datetime(1970, 1, 1)).total_seconds() + 3600,
        lambda day: f"{day:%A, %B %d, %Y}",
        lambda day: f"{day:%a %b %d %Y 00:00:00 GMT+0300}",
        lambda day: f"«{day:%d}» {GENITIVE[day.month - 1]} {day:%Y} г.",
    ],
)
def test_days_written_otherwise(written: Callable[[datetime], object]) -> None:
    sales = read(grid(table(["Дата", "Клиент", "Сумма", "Прибыль"], lambda row: written(row[DAY]), at(CLIENT), at(MONEY), at(GAIN))))
    assert_company(sales)
    assert (sales.lines["date"].min().date(), sales.lines["date"].max().date()) == (date(2025, 1, 9), date(2025, 6, 26))


@pytest.mark.parametrize(
    "form", ["УПД 12/{0:%d.%m.%Y}", "Счёт № 5 от {0.day} марта 2025 г.", "Invoice 7 ({0:%Y-%m-%d})", "{0:%d.%m.%Y} Отгрузка"]
)
def test_days_inside_the_names_of_documents(form: str) -> None:
    sales = read(
        grid(table(["Документ", "Клиент", "Сумма", "Прибыль"], lambda row: form.format(row[DAY]), at(CLIENT), at(MONEY), at(GAIN)))
    )
    assert sales.lines["date"].notna().all()


def test_year_month_and_day_in_columns_of_their_own() -> None:
    parts = [lambda row: row[DAY].year, lambda row: row[DAY].month, lambda row: row[DAY].day]
    sales = read(grid(table(["Год", "Месяц", "День", "Клиент", "Сумма", "Прибыль"], *parts, at(CLIENT), at(MONEY), at(GAIN))))
    assert_company(sales)
    assert "monthly_granularity" not in sales.report.warnings
    assert sales.lines["date"].max().date() == date(2025, 6, 26)


def test_months_without_a_year_take_the_year_of_the_report() -> None:
    rows = table(["Месяц", "Клиент", "Сумма", "Прибыль"], lambda row: MONTHS[row[DAY].month - 1], at(CLIENT), at(MONEY), at(GAIN))
    sales = read(grid([["Продажи за 2025 год"], [None], *rows]))
    assert_company(sales)
    assert sales.lines["date"].max().date() == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Период: с 1 января 2025 г. по 31 марта 2025 г.", date(2025, 1, 1), date(2025, 3, 31)),
        ("Период: Январь 2025 г. - Июнь 2025 г.", date(2025, 1, 1), date(2025, 6, 30)),
        ("Продажи, январь-июнь 2025 г.", date(2025, 1, 1), date(2025, 6, 30)),
        ("за 9 месяцев 2025 г.", date(2025, 1, 1), date(2025, 9, 30)),
        ("Период: 1 полугодие 2025 г.", date(2025, 1, 1), date(2025, 6, 30)),
        ("Период: 2025-01-01 - 2025-06-30", date(2025, 1, 1), date(2025, 6, 30)),
    ],
)
def test_periods_of_reports(title: str, first: date, last: date) -> None:
    sales = read(grid([[title], [None], ["Клиент", "Сумма", "Прибыль"], [VEGA, 100.0, 10.0], ["ИП Иной", 50.0, 5.0]]))
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (first, last)


@pytest.mark.parametrize("form", ["Выручка за {} 2025 г.", "{} 2025, руб.", "2025 {}", "Выручка ({} 2025)"])
def test_months_among_other_words_across(form: str) -> None:
    rows = [[name, *(in_month(own, month, MONEY) for month in range(1, 7))] for name, own in by_client().items()]
    sales = read(grid([["Контрагент", *(form.format(name) for name in MONTHS)], *rows]))
    assert (sales.revenue, sales.n_clients) == (REVENUE, CLIENTS)
    assert "monthly_granularity" in sales.report.warnings
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (date(2025, 1, 1), date(2025, 6, 30))


def test_measures_in_rows_are_never_added_up() -> None:
    rows: list[list[object]] = []
    for name, own in by_client().items():
        rows.append([name, "Выручка", *(in_month(own, month, MONEY) for month in range(1, 7))])
        rows.append([None, "Прибыль", *(in_month(own, month, GAIN) for month in range(1, 7))])
    sales = read(grid([["Контрагент", "Показатель", *(f"{name} 2025" for name in MONTHS)], *rows]))
    assert_company(sales, lines=None)


def test_measures_above_months_without_merged_cells() -> None:
    names = [f"{month:02}.2025" for month in range(1, 7)]
    rows = [
        [name, *(in_month(own, month, MONEY) for month in range(1, 7)), *(in_month(own, month, GAIN) for month in range(1, 7))]
        for name, own in by_client().items()
    ]
    sales = read(grid([["Контрагент", "Выручка", *[None] * 5, "Прибыль", *[None] * 5], [None, *names, *names], *rows]))
    assert_company(sales, lines=None)


def test_subtotals_among_months_across() -> None:
    rows: list[list[object]] = []
    for manager in ("Иванова", "Петров"):
        own = [row for row in ROWS if row[MANAGER] == manager]
        for name in dict.fromkeys(row[CLIENT] for row in own):
            rows.append([manager, name, *(in_month([r for r in own if r[CLIENT] == name], month, MONEY) for month in range(1, 7))])
        rows.append([f"Итого по {manager}", None, *(in_month(own, month, MONEY) for month in range(1, 7))])
    sales = read(grid([["Менеджер", "Контрагент", *(f"{name} 2025" for name in MONTHS)], *rows]))
    assert (sales.revenue, sales.report.skipped["subtotal"]) == (REVENUE, 2)


def test_units_in_a_row_of_their_own() -> None:
    rows = [[name, total(own, MONEY) / 1000, total(own, GAIN)] for name, own in by_client().items()]
    sales = read(grid([["Контрагент", "Выручка", "Прибыль"], [None, "тыс. руб.", "руб."], *rows]))
    assert_company(sales, lines=CLIENTS)
    assert "unit_mismatch" in sales.report.warnings


def test_firms_as_headings_over_their_documents() -> None:
    rows: list[list[object]] = []
    for name, own in by_client().items():
        rows += [[name, None, None, None], *[[row[DAY], row[DOC], row[MONEY], row[GAIN]] for row in own]]
        rows.append(["Итого:", None, total(own, MONEY), total(own, GAIN)])
    sales = read(grid([["Дата", "Документ", "Сумма", "Прибыль"], *rows]))
    assert_company(sales)
    assert dict(sales.report.skipped) == {"total": CLIENTS, "group": CLIENTS}


def test_firms_as_headings_with_the_word_for_them_and_subtotals() -> None:
    rows: list[list[object]] = []
    for name, own in by_client().items():
        rows += [[f"Контрагент: {name}", None, None, None], *[[row[DAY], row[DOC], row[MONEY], row[GAIN]] for row in own]]
        rows.append(["Итого по контрагенту", None, total(own, MONEY), total(own, GAIN)])
    assert_company(read(grid([["Дата", "Документ", "Сумма", "Прибыль"], *rows])))


@pytest.mark.parametrize("summed", [False, True])
def test_a_heading_that_sounds_like_a_total_is_a_client(summed: bool) -> None:
    headings, stairs, once = [], [], []
    for name, own in by_client().items():
        called = "Всего ООО" if name == VEGA else name
        sums = [total(own, MONEY), total(own, GAIN)] if summed else [None, None]
        lines = [[row[DAY], row[DOC], row[MONEY], row[GAIN]] for row in own]
        headings += [[called, None, *sums], *lines]
        stairs += [[called, None, None, *sums], *[[None, *line] for line in lines]]
        once += [[called if i == 0 else None, *line] for i, line in enumerate(lines)]
    head: list[object] = ["Дата", "Документ", "Сумма", "Прибыль"]
    for rows in ([head, *headings], [["Контрагент", *head], *stairs], [["Контрагент", *head], *once]):
        sales = read(grid(rows))
        assert_company(sales)
        assert sales.lines.loc[sales.lines["client"] == "Всего ООО", "revenue"].sum() == total(by_client()[VEGA], MONEY)


def test_totals_of_months_add_up_to_the_control_total() -> None:
    rows: list[list[object]] = []
    for month, name in enumerate(MONTHS, 1):
        own = [row for row in ROWS if row[DAY].month == month]  # type: ignore[attr-defined]
        rows += [[f"{name} 2025"], *[[row[CLIENT], row[DOC], row[MONEY], row[GAIN]] for row in own]]
        rows.append(["Итого за месяц", None, total(own, MONEY), total(own, GAIN)])
    sales = read(grid([["Контрагент", "Документ", "Выручка", "Прибыль"], *rows]))
    assert_company(sales)
    assert sales.report.control_total is not None
    assert sales.report.control_total.revenue == REVENUE


def test_levels_one_step_to_the_right_each() -> None:
    rows: list[list[object]] = []
    for manager in ("Иванова", "Петров"):
        own = [row for row in ROWS if row[MANAGER] == manager]
        rows.append([manager, None, None, None, total(own, MONEY), total(own, GAIN)])
        for name in dict.fromkeys(row[CLIENT] for row in own):
            his = [row for row in own if row[CLIENT] == name]
            rows.append([None, name, None, None, total(his, MONEY), total(his, GAIN)])
            rows += [[None, None, row[DOC], row[DAY], row[MONEY], row[GAIN]] for row in his]
    sales = read(grid([["Менеджер", "Контрагент", "Документ", "Дата", "Сумма", "Прибыль"], *rows]))
    assert_company(sales)
    assert set(sales.lines["manager"]) == {"Иванова", "Петров"}


def returned(header: str, cell: Callable[[list], object], *, pieces: Callable[[list], object] = lambda row: abs(row[PIECES])) -> SalesData:
    rows = table(
        ["Дата", "Клиент", header, "Кол-во", "Сумма", "Прибыль"],
        at(DAY), at(CLIENT), cell, pieces, lambda row: abs(row[MONEY]), lambda row: abs(row[GAIN]),
    )  # fmt: skip
    return read(grid(rows))


def test_returns_told_by_a_flag_or_by_pieces_that_came_back() -> None:
    assert_company(returned("Возврат", lambda row: "Да" if row[MONEY] < 0 else "Нет"), asked=["returns_sign"])
    assert_company(returned("Возврат", lambda row: 1 if row[MONEY] < 0 else 0), asked=["returns_sign"])
    assert_company(returned("Город", lambda row: "Тула", pieces=at(PIECES)), asked=["returns_sign"])


def test_returns_in_a_column_of_their_own_are_subtracted() -> None:
    sold, back = (lambda row: max(row[MONEY], 0.0)), (lambda row: max(-row[MONEY], 0.0))
    headers = ["Дата", "Клиент", "Продажи", "Возвраты", "Прибыль"]
    assert_company(read(grid(table(headers, at(DAY), at(CLIENT), sold, back, at(GAIN)))), asked=["returns_sign"])
    proved = read(grid(table([*headers, "Чистая выручка"], at(DAY), at(CLIENT), sold, back, at(GAIN), at(MONEY))))
    assert_company(proved)


def test_a_stage_that_only_sounds_like_won_is_not() -> None:
    stages = ["Оплачен", "Неоплачен", "Оплачен", "Не оплачен"]
    rows = [[VEGA, stage, datetime(2025, 1, i + 1), 100.0, 10.0] for i, stage in enumerate(stages)]
    sales = read(grid([["Клиент", "Статус", "Дата", "Сумма", "Прибыль"], *rows]))
    assert (codes(sales), sales.revenue) == (["status_column"], 200)


@pytest.mark.parametrize(
    ("header", "won", "others"),
    [("Статус", "Закрыт", "К выполнению"), ("Статус", "Выполнен", "К исполнению"), ("Выиграна", "да", "нет")],
)
def test_what_is_to_be_done_is_not_won(header: str, won: str, others: str) -> None:
    rows = [[VEGA, stage, datetime(2025, 1, i + 1), 100.0, 10.0] for i, stage in enumerate([won, others, won, others])]
    sales = read(grid([["Клиент", header, "Дата", "Сумма", "Прибыль"], *rows]))
    assert (codes(sales), sales.revenue) == (["status_column"], 200)


@pytest.mark.parametrize("words", ["Подытог", "{} (итог)", "Сумма по {}"])
def test_subtotals_by_other_words(words: str) -> None:
    rows: list[list[object]] = []
    for name, own in by_client().items():
        rows += [[name if i == 0 else None, row[DAY], row[DOC], row[MONEY], row[GAIN]] for i, row in enumerate(own)]
        rows.append([words.format(name), None, None, total(own, MONEY), total(own, GAIN)])
    assert_company(read(grid([["Контрагент", "Дата", "Документ", "Сумма", "Прибыль"], *rows])))


def test_a_plan_beside_the_facts_is_not_sold() -> None:
    head = [["Контрагент", "Дата", "План", None, "Факт", None], [None, None, "Выручка", "Прибыль", "Выручка", "Прибыль"]]
    rows = [[row[CLIENT], row[DAY], 1000.0, 500.0, row[MONEY], row[GAIN]] for row in ROWS]
    assert_company(read(grid([*head, *rows])))


def test_levels_listed_in_one_header_with_a_comma_inside_a_name() -> None:
    rows: list[list[object]] = []
    for month, name in enumerate(MONTHS, 1):
        own = [row for row in ROWS if row[DAY].month == month]  # type: ignore[attr-defined]
        rows.append([f"{name} 2025", total(own, MONEY), total(own, GAIN)])
        for client in dict.fromkeys(row[CLIENT] for row in own):
            his = [row for row in own if row[CLIENT] == client]
            rows.append([client, total(his, MONEY), total(his, GAIN)])
    assert_company(read(grid([["Период, месяц / Контрагент", "Выручка", "Прибыль"], *rows])), lines=None)


def test_months_in_figures_stand_for_their_days() -> None:
    rows = table(
        ["Период", "Клиент", "Сумма", "Прибыль"], lambda row: row[DAY].year * 100 + row[DAY].month, at(CLIENT), at(MONEY), at(GAIN)
    )
    sales = read(grid(rows))
    assert_company(sales)
    assert "monthly_granularity" in sales.report.warnings
    assert sales.lines["date"].max().date() == date(2025, 6, 30)


def test_a_header_with_nothing_but_a_total_has_no_rows() -> None:
    with pytest.raises(BadFile) as fault:
        read(grid([HEADERS, ["Итого", None, None, None, 0, 0, 0, None]]))
    assert fault.value.code == "no_rows"


def test_a_month_without_rows_yet_does_not_stop_the_others() -> None:
    sales = read(grid([HEADERS, *ROWS], name="Июнь"), grid([HEADERS], name="Июль"))
    assert_company(sales, asked=["several_sheets"])
    other = [HEADERS[j] for j in (2, 0, 1, 3, 4, 5, 6, 7)]
    turned = [[row[j] for j in (2, 0, 1, 3, 4, 5, 6, 7)] for row in ROWS[4:]]
    assert_company(read(grid([HEADERS, *ROWS[:4]], name="1"), grid([other, *turned], name="2")), asked=["several_sheets"])


def test_one_column_of_names_needs_no_header() -> None:
    short = dict(zip(by_client(), ("Вега", "Пробный", "Сервис", "Север"), strict=True))
    rows = [[row[DAY], short[str(row[CLIENT])], row[MONEY]] for row in ROWS]
    sales = read(grid(rows))
    assert (codes(sales), len(sales.lines), sales.n_clients, sales.revenue) == (["no_header", "no_profit"], LINES, CLIENTS, REVENUE)


def test_sideways_with_words_among_the_measures() -> None:
    own = by_client()
    rows = [["Контрагент", *own], ["ИНН", *range(1, 5)], ["Выручка", *(total(r, MONEY) for r in own.values())]]
    with pytest.raises(BadFile) as fault:
        read(grid([*rows, ["Прибыль", *(total(r, GAIN) for r in own.values())]]))
    assert fault.value.code == "no_client_column"


@pytest.mark.parametrize(
    "name", ["Не определён", "Контрагент не указан", "<пустая ссылка>", "Неизвестный клиент", "без названия", "Unknown"]
)
def test_nobody_by_other_names(name: str) -> None:
    rows = [*ROWS, [datetime(2025, 6, 27), "РТ-8", name, "Кисть", 1.0, 10.0, 1.0, "Петров"]]
    sales = read(grid([HEADERS, *rows]))
    assert (sales.n_clients, int(sales.lines["client_key"].isna().sum())) == (CLIENTS, 1)


@pytest.mark.parametrize("code", ["ИНН 7707083893", "7707083893,00", "7707083893.0", "7707083893/770101001", 7707083893])
def test_one_inn_in_any_writing(code: object) -> None:
    rows = [[datetime(2025, 1, 1), "ООО «Вега»", "7707083893", 1.0, 1.0], [datetime(2025, 1, 2), "Вега, ООО", code, 1.0, 1.0]]
    assert read(grid([["Дата", "Клиент", "ИНН", "Сумма", "Прибыль"], *rows])).n_clients == 1


def test_one_equal_pair_among_numbered_rows_is_no_paste() -> None:
    rows = [[i, row[DAY], row[CLIENT], row[ITEM], row[MONEY], row[GAIN]] for i, row in enumerate([*ROWS, ROWS[7]], start=1)]
    sales = read(grid([["Row ID", "Дата", "Клиент", "Товар", "Сумма", "Прибыль"], *rows]))
    assert (len(sales.lines), codes(sales)) == (LINES + 1, [])
