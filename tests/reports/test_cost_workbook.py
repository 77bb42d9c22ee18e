"""The workbook of net profit: sums that reconcile, parts that add up, what was not counted, and the template of client facts."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.cost import cost_to_serve, with_cost
from sbyt_core.clients.cost_words import unused_time
from sbyt_core.clients.fact_columns import FACTS, fact_columns
from sbyt_core.clients.facts import match_facts, read_fact_table
from sbyt_core.clients.rates import Minute, Rate, Rates
from sbyt_core.reports.service.cost_workbook import cost_workbook
from sbyt_core.reports.service.facts_template import facts_template
from sbyt_core.sales.plain_table import read_table
from sbyt_core.segments import Criteria
from sbyt_core.segments.service_change import service_change
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import lines, opened, sales_of, table_of

LINES = lines()
CLIENTS = client_table(sales_of(LINES))
RATES = Rates(minute=10.0, document=Rate(minutes=30), delivery=Rate(money=500), hour=Rate(money=900), overdue=0.2)
FILE = pd.DataFrame(
    {
        "Контрагент": ["ООО «Клиент 1»", "@SUM(1+1)", "ООО «Клиент 2»"],
        "Доставок": [4, 1, None],
        "Часы": [2.5, 1, 1],
        "Просроченный долг": [100_000, None, 0],
        "Дней просрочки": [30, None, None],
    }
)


def facts_file() -> bytes:
    buffer = BytesIO()
    FILE.to_excel(buffer, index=False)
    return buffer.getvalue()


FACTS_READ = match_facts(read_fact_table(read_table(facts_file())), LINES)
COST = cost_to_serve(CLIENTS, RATES, FACTS_READ)
CHANGE = service_change(with_cost(CLIENTS, COST), Criteria())


def made(lang: str = "ru") -> bytes:
    return cost_workbook(CHANGE, COST, facts=FACTS_READ, lang=lang, project_name="Пример", made_at=datetime(2026, 1, 12))


def steps(lang: str = "ru") -> dict[str, float]:
    sheet = opened(made(lang))[speech(lang)("report.sheet.service")]
    return {row[0].value: row[1].value for row in sheet.iter_rows(max_row=20) if isinstance(row[1].value, (int, float))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_steps_lead_from_revenue_to_net_profit_to_the_kopeck(lang: str) -> None:
    say, found = speech(lang), steps(lang)
    year = LINES[LINES["date"].between(str(CLIENTS.period.start), str(CLIENTS.period.end)) & LINES["client_key"].notna()]  # type: ignore[union-attr]
    revenue, profit = year["revenue"].sum(), year["profit"].sum()
    assert found[say("report.service.revenue")] == pytest.approx(revenue, abs=0.005)
    assert found[say("report.service.profit")] == pytest.approx(profit, abs=0.005)
    # by hand: every document costs 30 · 10; of the facts 4 · 500, 3.5 · 900 and 100 000 · 20 % · 30 / 365
    documents = year[year["kind"] == "sale"].groupby("client_key")["document"].nunique().sum()
    services = {"document": 300 * documents, "delivery": 2000, "hour": 3150, "overdue": 100_000 * 0.2 * 30 / 365}
    for driver, money in services.items():
        assert found[say(f"driver.{driver}")] == pytest.approx(-money, abs=0.005)
    assert found[say("report.service.net")] == pytest.approx(profit - sum(services.values()), abs=0.005)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_sheet_says_what_unused_time_costs(lang: str) -> None:
    say = speech(lang)
    cost = cost_to_serve(CLIENTS, Rates(minute=Minute(1_000_000, 1_000_000), document=Rate(minutes=30)))
    book = cost_workbook(service_change(with_cost(CLIENTS, cost), Criteria()), cost, lang=lang)
    said = [row[0].value for row in opened(book)[say("report.sheet.service")].iter_rows()]
    assert unused_time(say, cost, "RUB") in said


def test_parts_of_a_client_add_up_and_the_sheet_sums_to_the_first_one() -> None:
    table = table_of(opened(made())["Затраты по клиентам"])
    drivers = ["Документы", "Доставки", "Часы людей", "Просроченный долг"]
    cost, profit, net = table["Стоимость обслуживания, ₽"], table["Прибыль, ₽"], table["Чистая прибыль, ₽"]
    assert table[drivers].astype(float).sum(axis=1).tolist() == pytest.approx(cost.tolist(), abs=0.005)
    assert (profit - cost).tolist() == pytest.approx(net.tolist(), abs=0.005)
    assert net.sum() == pytest.approx(steps()["Чистая прибыль"], abs=0.005)


def test_what_was_not_counted_stands_empty() -> None:
    table = table_of(opened(made())["Затраты по клиентам"]).set_index("Клиент")
    assert table.loc["ООО «Клиент 1»", "Доставки"] == 2000
    assert pd.isna(table.loc["ООО «Клиент 3»", "Доставки"])
    assert table.loc["ООО «Клиент 2»", "Просроченный долг"] == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_is_there_and_rows_without_client_keep_their_text(lang: str) -> None:
    say, book = speech(lang), opened(made(lang), values=False)
    sheets = ("service", "service_clients", "service_moved", "service_drains", "facts_unmatched")
    assert book.sheetnames == [say(f"report.sheet.{name}") for name in sheets]
    rows = table_of(book[say("report.sheet.facts_unmatched")])
    assert rows.iloc[0].tolist()[:2] == ["3", "@SUM(1+1)"]
    cell = next(c for row in book[say("report.sheet.facts_unmatched")].iter_rows() for c in row if c.value == "@SUM(1+1)")
    assert cell.data_type == "s"


def test_every_drain_has_its_net_profit_below_and_its_causes() -> None:
    drains = table_of(opened(made())["Кто съедает прибыль"])
    frame = CHANGE.after.clients.frame
    losing = frame[(frame["net_profit"] <= 0) & ~frame["is_aggregate"]]
    assert set(drains["Клиент"]) == set(losing["client"])
    # every ninth client sells at a loss by the making of the base: the margin is the first thing said of it
    said = drains.set_index("Клиент").loc["ООО «Клиент 4»", "Почему"]
    assert said.startswith(speech("ru")("cause.margin"))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_is_read_by_the_program_that_made_it(lang: str) -> None:
    content = facts_template(CLIENTS.frame, lang=lang)
    sheet = opened(content).worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    assert list(fact_columns(headers)) == ["client", "client_code", *FACTS]
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert names == CLIENTS.frame.sort_values(["revenue", "client"], ascending=[False, True])["client"].tolist()
