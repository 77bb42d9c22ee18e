"""The log of practice: whole orders of the managers of the rollout, and the known odds recovered from it."""

import pandas as pd
import pytest
from scipy.stats import binomtest


@pytest.fixture(scope="module")
def log(folder):
    return pd.read_excel(folder / "practice.xlsx", header=3, dtype={"ИНН": "str"}, engine="calamine")


def test_every_order_has_its_eight_operations(log, truth):
    assert len(log) == truth["practice"]["rows"] == 8 * truth["practice"]["orders"]
    assert (log.groupby("Документ")["Шаг"].apply(tuple) == tuple(range(1, 9))).all()
    assert sorted(log["Сотрудник"].unique()) == sorted(truth["treated"])
    names = {o["step"]: o["name"] for o in truth["practice"]["operations"]}
    assert (log["Операция"] == log["Шаг"].map(names)).all()


def test_orders_are_documents_of_sales_since_the_rollout(log, sales, truth):
    orders = log.groupby("Документ").agg({"Дата": "min", "ИНН": "first", "Сотрудник": "first"})
    sold = sales.groupby("Документ").agg({"Дата": "first", "ИНН": "first", "Менеджер": "first"})
    joined = orders.join(sold.add_suffix("_sold"))
    assert (joined["Дата"].dt.normalize() == joined["Дата_sold"]).all()
    assert (joined["ИНН"] == joined["ИНН_sold"]).all()
    assert (joined["Сотрудник"] == joined["Менеджер_sold"]).all()
    assert joined["Дата"].min() >= pd.Timestamp(truth["rollout"])


def test_what_was_not_done_has_no_minutes(log):
    done = log["Выполнено"] == "да"
    assert log["Выполнено"].isin(["да", "нет"]).all()
    assert log.loc[~done, ["В срок", "Минут"]].isna().all(axis=None)
    assert log.loc[done, "В срок"].isin(["да", "нет"]).all()
    assert (log.loc[done, "Минут"] >= 1).all()


def shares(log, column):
    """Successes and trials of every step of every employee, and of the whole team under None."""
    answered = log.dropna(subset=column)
    yes = answered[column] == "да"
    own = yes.groupby([answered["Сотрудник"], answered["Шаг"]]).agg(["sum", "size"])
    team = yes.groupby(answered["Шаг"]).agg(["sum", "size"])
    return {**own.T.to_dict("list"), **{(None, step): pair for step, pair in team.T.to_dict("list").items()}}


@pytest.mark.parametrize(("column", "name"), [("Выполнено", "done"), ("В срок", "in_time")])
def test_the_known_odds_are_recovered(log, truth, column, name):
    """Wilson's 95 % interval holds the true share in nearly all of the 56 cells."""
    counted = shares(log, column)
    known = {(None, s["step"]): s for s in truth["practice"]["steps"]}
    known |= {(e["name"], s["step"]): s for e in truth["practice"]["employees"] for s in e["steps"]}
    assert set(counted) == set(known)
    inside = 0
    for key, (successes, trials) in counted.items():
        interval = binomtest(int(successes), int(trials)).proportion_ci(method="wilson")
        inside += interval.low <= known[key][name] <= interval.high
    assert inside >= 50


def test_the_weakest_step_is_the_fourth(log):
    followed = (log["Выполнено"] == "да").groupby(log["Шаг"]).mean()
    assert followed.idxmin() == 4
    assert 0.75 <= (log["Выполнено"] == "да").mean() <= 0.9


def test_share_of_orders_in_the_order_of_the_card(log, truth):
    done = log[log["Выполнено"] == "да"]
    in_order = done.groupby(["Сотрудник", "Документ"])["Дата"].apply(lambda moments: moments.is_monotonic_increasing)
    counted = in_order.groupby("Сотрудник").sum().to_dict()
    assert counted == {e["name"]: e["in_order"] for e in truth["practice"]["employees"]}
    assert 0.85 <= in_order.mean() < 1
