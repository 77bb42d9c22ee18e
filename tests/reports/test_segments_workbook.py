"""The workbook of segments: sheets there, sums reconciled with the lines, set up as a person would, the same bytes again."""

from __future__ import annotations

import math
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pandas as pd
import pytest

from sbyt_core.clients.facts import match_facts, read_fact_table
from sbyt_core.errors import Problem
from sbyt_core.reports import segments_workbook
from sbyt_core.sales.plain_table import read_table
from sbyt_core.segments import PRESETS, Criteria, Override
from sbyt_core.strategies import StrategyBook
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import REPORT, base, lines, opened, table_of

MADE = datetime(2026, 1, 15, 12, 30)
SHEETS = {
    "ru": ["Итоги", "A", "B", "C", "Новые", "Стратегии", "Критерии", "Проверка данных", "Кривая"],
    "en": ["Summary", "A", "B", "C", "New", "Strategies", "Criteria", "Data check", "Curve"],
}
OPTIONS = {
    "project_name": "ООО «Ромашка & Ко»",
    "author": "Иван",
    "made_at": MADE,
    "criteria_name": "Критерии собственника",
    "report": REPORT,
}


@pytest.fixture(scope="module")
def segmentation():
    return base(overrides=[Override("k003", "A", "Ключевой партнёр", "Собственник")])


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request, segmentation):
    return request.param, segments_workbook(segmentation, lang=request.param, **OPTIONS)


def rows_by_name(sheet) -> dict:
    """First cell → the other cells of its row, of a sheet."""
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}


def test_the_sheets_stand_in_order(made):
    lang, content = made
    assert opened(content).sheetnames == SHEETS[lang]


def test_the_total_is_the_money_of_the_lines(made):
    # straight from the lines: the last twelve whole months, 2025
    lang, content = made
    period = lines().loc[lambda t: t["date"].between("2025-01-01", "2025-12-31")]
    total = rows_by_name(opened(content)[SHEETS[lang][0]])[speech(lang)("report.period_total")]
    numbers = [value for value in total if isinstance(value, (int, float))]
    assert numbers[1] == pytest.approx(period["revenue"].sum(), abs=1e-6)
    assert numbers[2] == pytest.approx(period["profit"].sum(), abs=1e-6)
    assert period["client_key"].isna().any()
    assert period["aggregate"].any()


def test_hours_that_were_spent_stand_beside_the_classes_with_the_profit_of_one(segmentation):
    names = segmentation.frame["client"].tolist()
    file = BytesIO()
    pd.DataFrame({"Контрагент": names[:2], "Часы": [24.0, 6.0]}).to_excel(file, index=False)
    facts = match_facts(read_fact_table(read_table(file.getvalue())), lines())  # of twelve months, as no other number is told
    sheet = opened(segments_workbook(segmentation, client_facts=facts))[SHEETS["ru"][0]]
    header = next(row for row in sheet.iter_rows(values_only=True) if "Прибыль за час, ₽" in row)
    spent, an_hour = header.index("Часов ушло в месяц"), header.index("Прибыль за час, ₽")
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    first = segmentation.frame.iloc[:2]
    for segment, known in first.assign(hours=[2.0, 0.5]).groupby("segment"):
        row = rows[speech("ru")(f"strategy.{segment}.name")]
        assert row[spent] == pytest.approx(known["hours"].sum())
        assert row[an_hour] == pytest.approx(known["profit"].sum() / (12 * known["hours"].sum()), abs=0.01)
    assert rows[speech("ru")("report.classed")][spent] == pytest.approx(2.5)
    assert rows[speech("ru")("report.classed")][an_hour] is None, "a sum of profits an hour means nothing"


def test_the_sheets_of_classes_add_up_to_the_summary_and_to_the_lines(made, segmentation):
    lang, content = made
    book = opened(content)
    say = speech(lang)
    revenue, profit, documents = (f"{say('report.column.revenue')}, ₽", f"{say('report.column.profit')}, ₽", say("report.column.documents"))
    summary = rows_by_name(book[SHEETS[lang][0]])
    for code in ("A", "B", "C", "new"):
        sheet = book[say(f"report.sheet.{code}")]
        rows = table_of(sheet) if sheet.auto_filter.ref else pd.DataFrame(columns=[revenue, profit, documents], dtype=float)
        cells = summary[say(f"strategy.{code}.name")]
        assert len(rows) == cells[0] == segmentation.summary.loc[code, "clients"]
        if len(rows):
            assert math.fsum(rows[revenue]) == pytest.approx(cells[2], abs=1e-6)
            assert math.fsum(rows[profit].dropna()) == pytest.approx(cells[4], abs=1e-6)
    named = lines().loc[lambda t: t["date"].between("2025-01-01", "2025-12-31") & t["client_key"].notna() & ~t["aggregate"]]
    everyone = pd.concat([table_of(book[name]) for name in SHEETS[lang][1:5] if book[name].auto_filter.ref])
    assert everyone[revenue].sum() == pytest.approx(named["revenue"].sum(), abs=1e-6)
    assert len(everyone) == named["client_key"].nunique()


def worked_out(formula: str, sheet) -> float | None:
    """A formula of the four kinds that the workbook has, worked out from the values of its sheet."""

    def summed(area: str) -> float:
        cells = [cell.value for row in sheet[area] for cell in row]
        return math.fsum(value for value in cells if isinstance(value, (int, float)))

    formula = formula.replace("$", "")
    if area := re.fullmatch(r"=(?:SUM\(|SUBTOTAL\(109,)([A-Z]+\d+:[A-Z]+\d+)\)", formula):
        return summed(area[1])
    if less := re.fullmatch(r"=([A-Z]+\d+)-([A-Z]+\d+)", formula):
        return sheet[less[1]].value - sheet[less[2]].value
    parts = re.fullmatch(r'=IF\((.+)>0,([A-Z]+\d+)/(.+),""\)', formula)
    assert parts, formula
    assert parts[1] == parts[3]
    area = re.fullmatch(r"SUM\((.+)\)", parts[1])
    whole = summed(area[1]) if area else sheet[parts[1]].value
    return sheet[parts[2]].value / whole if whole > 0 else None


def test_every_formula_is_ours_and_carries_its_value(made, segmentation):
    lang, content = made
    formulas, values = opened(content, values=False), opened(content)
    found = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    found += 1
                    known = worked_out(cell.value, values[sheet.title])
                    assert values[sheet.title][cell.coordinate].value == (known if known is None else pytest.approx(known, abs=1e-6))
    assert found > 20
    summary = rows_by_name(values[SHEETS[lang][0]])
    shares = [summary[speech(lang)(f"strategy.{code}.name")][1] for code in "ABC"]
    assert shares == pytest.approx(segmentation.summary["clients_share"].tolist()[:3])
    assert sum(shares) == pytest.approx(1)


def test_a_person_would_have_set_it_up_so(made):
    lang, content = made
    book = opened(content)
    for name in SHEETS[lang]:
        sheet = book[name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # one page wide, as long as it takes
        assert "&P" in sheet.oddFooter.right.text
    clients = book["B"]
    assert clients.freeze_panes == "B4"
    assert clients.print_title_rows == "$3:$3"
    assert clients.auto_filter.ref.startswith("A3:")
    assert clients.page_setup.orientation == "landscape"
    assert clients.column_dimensions["A"].width > 25
    headers = {cell.value: cell.column for cell in clients[3]}
    money = clients.cell(4, headers[f"{speech(lang)('report.column.revenue')}, ₽"])
    assert money.number_format.startswith("#,##0.00")
    assert clients.cell(4, headers[speech(lang)("report.column.last_purchase")]).is_date


def test_the_chart_is_excels_own_and_its_title_is_the_finding(made, segmentation):
    lang, content = made
    archive = zipfile.ZipFile(BytesIO(content))
    chart = archive.read("xl/charts/chart1.xml").decode()
    n, share = int(segmentation.summary.loc["A", "clients"]), segmentation.summary.loc["A", "profit_share"]
    assert speech(lang).percent(share) in chart
    assert SHEETS[lang][-1] in chart
    assert str(n) in chart
    curve = list(opened(content)[SHEETS[lang][-1]].iter_rows(min_row=2, values_only=True))
    assert curve[0] == (0, 0, 0)
    assert curve[-1][:2] == (segmentation.n, 1)
    assert curve[-1][2] == pytest.approx(1)


def test_the_override_stands_beside_the_computed_class(segmentation):
    clients = table_of(opened(segments_workbook(segmentation))["A"])
    decided = clients[clients["Решение человека"].notna()]
    assert decided["Клиент"].tolist() == ["ООО «Клиент 3»"]
    assert "Ключевой партнёр" in decided["Решение человека"].item()
    assert "Собственник" in decided["Решение человека"].item()


def test_every_client_has_its_reasons_in_words(segmentation):
    for name in "ABC":
        clients = table_of(opened(segments_workbook(segmentation))[name])
        assert clients["Почему в этом сегменте"].str.len().min() > 20


def test_criteria_data_check_and_source_are_printed(made):
    lang, content = made
    book = opened(content)
    criteria = [str(cell) for row in book[SHEETS[lang][6]].iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"0f" * 32, "Продажи.xlsx", "Иван", "Критерии собственника"} <= set(criteria)
    check = rows_by_name(book[SHEETS[lang][7]])
    assert check[speech(lang)("report.rows.lines")][0] == 96
    assert check[speech(lang)("report.rows.read")][0] == 100
    assert check[speech(lang)("report.rows.difference")][0] == 0.5


def test_the_same_input_gives_the_same_bytes(segmentation):
    assert segments_workbook(segmentation, **OPTIONS) == segments_workbook(segmentation, **OPTIONS)


def test_a_file_without_profit_shows_none():
    book = opened(segments_workbook(base(profit=False)))
    texts = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
    assert not any(text.startswith(("Прибыль, ", "Доля прибыли", "Маржа")) for text in texts)
    assert any("выручки" in text for text in texts)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_preset_can_be_written(name, lang):
    assert opened(segments_workbook(base(12, criteria=PRESETS[name]), lang=lang)).sheetnames == SHEETS[lang]


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(trouble=True, task="growth", guards="advise"),
        Criteria(guards="off", task="relief", newcomer_months=0, aggregate_inside=True),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_can_be_written(criteria, lang):
    segmentation = base(12, criteria=criteria)
    content = segments_workbook(segmentation, lang=lang, currency="USD")
    total = rows_by_name(opened(content)[SHEETS[lang][0]])[speech(lang)("report.period_total")]
    assert total[2] == pytest.approx(segmentation.clients.total.revenue, abs=1e-6)


def test_an_empty_class_says_so():
    segmentation = base(6, criteria=Criteria(cut_a=1.0, cut_b=1.0, guards="off", regularity=False))
    assert segmentation.summary.loc["B", "clients"] == 0
    sheet = opened(segments_workbook(segmentation, lang="en"))["B"]
    assert "No clients in this segment" in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_an_edited_strategy_is_printed_letter_by_letter(segmentation):
    default = StrategyBook.default()
    strategies = default.with_standard(replace(default["B"], goal="=Моя цель {n}", first_moves=("раз", None, None)))
    texts = [cell for row in opened(segments_workbook(segmentation, strategies))["Стратегии"].iter_rows(values_only=True) for cell in row]
    assert "=Моя цель {n}" in texts
    assert any(isinstance(text, str) and text.startswith("1. раз\n2. ") for text in texts)


def test_a_warning_without_words_shows_its_code(segmentation):
    report = replace(REPORT, problems=(Problem("warning", "never_heard_of", count=3),))
    check = rows_by_name(opened(segments_workbook(segmentation, report=report))["Проверка данных"])
    assert check["never_heard_of"][0] == 3
