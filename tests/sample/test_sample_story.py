"""The story: true types are found by the method's own rules, and the profit stands where the method says it stands."""

import math

import pandas as pd
import pytest

from .method import WINDOW, gap_ratio, is_seasonal, profit_class


@pytest.fixture(scope="module")
def window(sales, clients):
    """Money of 2025 and months with purchases, of clients with a tax number and not new."""
    lines = sales[sales["Дата"].between(*WINDOW)].dropna(subset="ИНН")
    table = lines.groupby("ИНН").agg(revenue=("Выручка", "sum"), profit=("Валовая прибыль", "sum"))
    monthly = lines.pivot_table(index="ИНН", columns=lines["Дата"].dt.month, values="Выручка", aggfunc="sum").fillna(0.0)
    table["active"] = (monthly > 0).mean(axis=1)
    table["cv"] = monthly.std(axis=1, ddof=0) / monthly.mean(axis=1)
    table = table.join(clients["type"])
    return table[table["type"] != "new"]


def of_type(sales, clients, name):
    codes = clients.index[clients["type"] == name]
    return [sales[sales["ИНН"] == code] for code in codes]


def test_counts_of_types(truth, clients):
    counts = dict(truth["counts"])
    assert counts.pop("loss_making") == clients["loss_making"].sum() == 39
    assert clients["type"].value_counts().to_dict() == counts
    assert (counts["drain"], counts["seasonal"], counts["new"], counts["lost"]) == (9, 15, 12, 32)


def test_a_quarter_of_the_clients_holds_the_main_profit(window):
    label = profit_class(window["profit"])
    share = label.value_counts(normalize=True)
    assert 0.18 <= share["A"] <= 0.25
    assert share["C"] >= 0.45
    tied = (window["active"] >= 0.5) | (window["cv"] <= 1)
    left = window.loc[(label.reindex(window.index) == "A") & tied, "profit"].sum()
    assert 0.62 <= left / window["profit"].clip(lower=0).sum() <= 0.75


def test_service_drains_are_large_and_bring_nothing(window):
    large = window["revenue"].rank(ascending=False) <= math.ceil(0.2 * len(window))
    found = window.index[large & (window["profit"] <= 0)]
    assert sorted(found) == sorted(window.index[window["type"] == "drain"])
    assert 0.08 <= (window["profit"] <= 0).mean() <= 0.13
    thin = window[window["type"] == "thin"]
    assert ((thin["profit"] > 0) & (thin["profit"] < 0.08 * thin["revenue"])).all()


def test_profitable_project_buyers_are_not_tied_to_us(window):
    project = window[window["type"] == "project"]
    label = profit_class(window["profit"])
    assert ((project["active"] < 0.5) & (project["cv"] > 1)).all()
    assert (label[project.index] == "A").sum() >= 5


def test_new_clients_are_exactly_those_of_the_last_three_months(sales, clients):
    first = sales.dropna(subset="ИНН").groupby("ИНН")["Дата"].min()
    new = first.index[first >= pd.Timestamp("2025-10-01")]
    assert sorted(new) == sorted(clients.index[clients["type"] == "new"])


def test_lost_clients_bought_nothing_in_the_last_year(sales, clients):
    lines = of_type(sales, clients, "lost")
    assert len(lines) == 32
    assert all(x["Дата"].max() < WINDOW[0] and x["Документ"].nunique() > 2 for x in lines)


@pytest.mark.parametrize(("name", "low", "high"), [("late", 1.5, 3), ("asleep", 3, 6)])
def test_late_and_asleep_by_their_own_gaps(sales, clients, name, low, high):
    ratios = [gap_ratio(x) for x in of_type(sales, clients, name)]
    assert len(ratios) >= 9
    assert all(low <= ratio < high for ratio in ratios), ratios


def test_seasonal_clients_are_seasonal_in_both_years(sales, clients):
    assert all(is_seasonal(x) for x in of_type(sales, clients, "seasonal"))
    assert sum(is_seasonal(x) for x in of_type(sales, clients, "regular")) <= 2


def test_one_off_clients_bought_once(sales, clients):
    assert all((x["Выручка"] > 0).groupby(x["Документ"]).any().sum() == 1 for x in of_type(sales, clients, "one_off"))


def test_growing_clients_grow(sales, clients):
    def growth(lines):
        a, b = (lines.loc[lines["Дата"].between(f"{y}-07-01", f"{y}-12-31"), "Выручка"].sum() for y in (2025, 2024))
        return 2 * (a - b) / (a + b)

    values = [growth(x) for x in of_type(sales, clients, "growing")]
    assert sum(v > 0.2 for v in values) >= 10


def test_prices_grow_by_eight_percent_a_year(sales):
    item = "Круг отрезной 125×1,2×22 по металлу"
    sold = sales[(sales["Номенклатура"] == item) & (sales["Выручка"] > 0)]
    list_price = (sold["Выручка"] + sold["Скидка"]) / sold["Количество"]
    by_month = list_price.groupby(sold["Дата"].dt.to_period("M")).median()
    assert by_month["2023-02"] / by_month["2023-01"] == pytest.approx(1.08 ** (1 / 12), abs=0.001)
    assert by_month["2025-01"] / by_month["2024-01"] == pytest.approx(1.08, abs=0.001)


def test_odd_lines_are_there(sales, truth):
    nameless = sales[sales["Контрагент"].isna()]
    retail = sales[sales["Контрагент"] == truth["aggregate"]["name"]]
    assert 0 < len(nameless) == truth["unassigned"]["rows"] < 20
    assert len(retail) == truth["aggregate"]["rows"] > 200
    assert nameless["ИНН"].isna().all()
    assert retail["ИНН"].isna().all()
