"""One object for page, report and command line: its parts agree with each other and with the client table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.rates import Rate, Rates
from sbyt_core.reports.owner.chapters import owner_story
from sbyt_core.results.findings import Findings
from sbyt_core.results.kpis import Beside
from sbyt_core.results.outcome import Outcome, outcome
from sbyt_core.results.sources.line_cost import line_cost
from sbyt_core.results.sources.prices import Prices
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import read_sales
from sbyt_core.texts import speech
from tests.clients.making import day

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "sales.xlsx"


@pytest.fixture(scope="module")
def sales() -> SalesData:
    return read_sales(SAMPLE)


@pytest.fixture(scope="module")
def found(sales: SalesData) -> Outcome:
    return outcome(sales, rollout=day("2025-07-01"), measure="profit")


def test_the_board_is_the_client_table(sales: SalesData, found: Outcome) -> None:
    table = client_table(sales, found.windows.after)
    assert found.figure("revenue")["after"] == pytest.approx(table.total.revenue)
    assert found.figure("profit")["after"] == pytest.approx(table.total.profit)
    assert found.figure("documents")["after"] == table.frame["documents"].sum()
    buyers = table.frame[~table.frame["is_aggregate"] & (table.frame["documents"] > 0)]
    assert found.figure("active_clients")["after"] == len(buyers)


def test_every_waterfall_is_of_the_same_change(found: Outcome) -> None:
    profit = found.figure("profit")
    assert found.decomposition.change == pytest.approx(profit["after"] - profit["before"])
    assert found.items is not None
    assert found.items.change == pytest.approx(found.decomposition.change)
    assert found.months.set_index("month").loc["2025-07":, "now"].sum() == pytest.approx(profit["after"])
    assert found.months.set_index("month").loc["2025-07":, "year_before"].sum() == pytest.approx(profit["before"])


def test_segments_managers_and_months_add_up(found: Outcome) -> None:
    for group in ("manager", "branch", "month"):
        rows = found.by[group]
        assert rows.loc[rows["code"] == "profit", "before"].sum() == pytest.approx(found.figure("profit")["before"], rel=1e-3)


def test_constant_prices_take_the_rise_of_prices_out(sales: SalesData, found: Outcome) -> None:
    constant = outcome(sales, rollout=day("2025-07-01"), measure="profit", prices=Prices(rate=0.08))
    nominal, real = (float(one.figure("revenue")["change"]) for one in (found, constant))
    assert 1 + real == pytest.approx((1 + nominal) / 1.08, abs=1e-3)
    assert constant.decomposition.amount("new") == pytest.approx(found.decomposition.amount("new"), rel=0.05)


def test_net_profit_is_profit_less_what_serving_costs(sales: SalesData, found: Outcome) -> None:
    costs = line_cost(sales, Rates(document=Rate(money=150.0)))
    net = outcome(sales, rollout=day("2025-07-01"), measure="net", line_cost=costs)
    inside = sales.lines["date"].between("2025-07-01", "2025-12-31")
    assert net.figure("cost_to_serve")["after"] == pytest.approx(float(costs[inside].sum()))
    assert net.figure("net_profit")["after"] == pytest.approx(found.figure("profit")["after"] - float(costs[inside].sum()))
    change = net.figure("net_profit")["after"] - net.figure("net_profit")["before"]
    assert sum(part.amount for part in net.decomposition.parts) == pytest.approx(change)
    by_manager = net.by["manager"]
    assert by_manager.loc[by_manager["code"] == "net_profit", "after"].sum() == pytest.approx(net.figure("net_profit")["after"], rel=1e-3)


@pytest.mark.parametrize(("lang", "word"), [("ru", "Прибыль до стоимости обслуживания"), ("en", "Profit before cost to serve")])
def test_items_under_net_profit_show_profit_and_say_so(sales: SalesData, lang: str, word: str) -> None:
    net = outcome(sales, rollout=day("2025-07-01"), measure="net", line_cost=line_cost(sales, Rates(document=Rate(money=150.0))))
    said = Findings(net, speech(lang))
    assert said.items().startswith(word)
    chapters = {chapter.code: chapter for chapter in owner_story(net, speech(lang)).chapters}
    assert chapters["items"].title == said.items()
    assert said.items_not_net() in chapters["items"].points
    assert chapters["items"].chart.series[0].name == speech(lang)("measure.profit")  # type: ignore[union-attr]
    assert speech(lang)("owner.net") in chapters["method"].points
    plain = Findings(outcome(sales, rollout=day("2025-07-01"), measure="profit"), speech(lang))
    assert not plain.items().startswith(word)
    assert plain.items_not_net() == ""


def test_only_a_profit_is_said_to_have_a_margin(sales: SalesData, found: Outcome) -> None:
    revenue = Findings(outcome(sales, rollout=day("2025-07-01"), measure="revenue"), speech("en"))
    assert "margin" not in revenue.kept()
    assert "margin" in Findings(found, speech("en")).kept()


def test_managers_that_the_list_of_people_leaves_out_are_named(sales: SalesData, found: Outcome) -> None:
    managers = sorted(sales.lines["manager"].dropna().unique())
    listed = Beside(hours=1.0, people=(managers[0].upper(), *managers[2:]))
    some = replace(found, beside=(Beside(), listed))
    assert (some.unlisted("before"), some.unlisted("after")) == ((), (managers[1],)), "a name in capitals is the same name"
    said = Findings(some, speech("ru"))
    assert said.unlisted() == [speech("ru")("owner.unlisted.after", names=managers[1], n=1)]
    assert said.unlisted()[0] in owner_story(some, speech("ru")).chapters[-1].points
    assert Findings(found, speech("ru")).unlisted() == []


def test_without_a_rollout_this_year_stands_against_the_last(sales: SalesData) -> None:
    alone = outcome(sales, measure="revenue")
    assert (alone.rung, alone.effect, alone.arms) == ("L1", None, None)
    assert alone.windows.months == 12
    assert pd.Timestamp(alone.windows.after.end) == pd.Timestamp("2025-12-31")


def test_net_profit_by_month_and_in_segments_is_profit_less_cost(sales: SalesData) -> None:
    """A document costs 600: the months of a window add up to its net profit, and so do the frozen segments with the rest."""
    rates = Rates(document=Rate(money=600.0))
    net = outcome(sales, rollout=day("2025-07-01"), measure="net", line_cost=line_cost(sales, rates))
    figure = net.figure("net_profit")
    months = net.months.set_index("month")
    assert months.loc["2025-07":, "now"].sum() == pytest.approx(figure["after"])
    assert months.loc["2025-07":, "year_before"].sum() == pytest.approx(figure["before"])
    assert net.segments is not None
    assert net.segments.measure == "net"
    plain = outcome(sales, rollout=day("2025-07-01"), measure="profit")
    assert plain.segments is not None
    assert (net.segments.frame["after"] < plain.segments.frame["after"]).all()
