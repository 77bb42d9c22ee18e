"""Laws of sharing hours: sums kept, bounds held, more hours never worse, money's scale without effect, rivals never better."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from sbyt_core.strategies import Assumptions
from sbyt_core.strategies.answers import Answers
from sbyt_core.strategies.bounds import Bounds
from sbyt_core.strategies.contacts import whole_contacts
from sbyt_core.strategies.group import share_group
from sbyt_core.strategies.price import share_hours
from sbyt_core.strategies.response import Response
from sbyt_core.strategies.rivals import RIVALS
from sbyt_core.strategies.shares import rival_hours, share_all
from tests.strategies.hours_making import random_base

MINUTE = 1 / 60
SEEDS = st.integers(0, 10_000)


def small(seed: int, clients: int) -> tuple[np.ndarray, ...]:
    """profit, reference, elasticity, least, most of a few clients, some at a loss."""
    rng = np.random.default_rng(seed)
    profit = rng.lognormal(8, 1.5, clients) * np.where(rng.random(clients) < 0.1, -1, 1)
    least = rng.uniform(0, 2, clients)
    return profit, rng.uniform(0.2, 8, clients), rng.uniform(0.05, 0.6, clients), least, least + rng.uniform(0, 12, clients)


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(1, 40), st.floats(0, 1))
def test_hours_are_kept_inside_the_bounds(seed: int, clients: int, share: float) -> None:
    profit, reference, power, least, most = small(seed, clients)
    able = least[profit <= 0].sum() + most[profit > 0].sum()
    budget = float(least.sum() + share * (most.sum() - least.sum()))
    hours, price = share_hours(profit, reference, power, least, most, budget)
    assert (hours >= least - 1e-9).all()
    assert (hours <= most + 1e-9).all()
    assert hours.sum() == pytest.approx(min(budget, able), abs=1e-6)
    assert not price < 0


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(1, 40), st.floats(0, 1), st.floats(0, 30))
def test_more_hours_never_lower_the_profit_nor_raise_the_price(seed: int, clients: int, share: float, more: float) -> None:
    profit, reference, power, least, most = small(seed, clients)
    budget = float(least.sum() + share * (most.sum() - least.sum()))
    response = Response(profit, reference, reference, power)
    few, dear = share_hours(profit, reference, power, least, most, budget)
    many, cheap = share_hours(profit, reference, power, least, most, budget + more)
    assert response.value(many).sum() >= response.value(few).sum() - 1e-6 * np.abs(profit).sum()
    assert np.isnan(dear) or cheap <= dear * (1 + 1e-9)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.floats(1e-4, 1e6))
def test_the_scale_of_money_changes_no_hours(seed: int, factor: float) -> None:
    profit, reference, power, least, most = small(seed, 25)
    budget = float((least.sum() + most.sum()) / 2)
    hours, price = share_hours(profit, reference, power, least, most, budget)
    scaled, dearer = share_hours(profit * factor, reference, power, least, most, budget)
    assert scaled == pytest.approx(hours, abs=1e-7)
    assert dearer == pytest.approx(price * factor, rel=1e-6)


@pytest.mark.parametrize("seed", range(50))
def test_a_general_solver_finds_nothing_better(seed: int) -> None:
    """scipy's SLSQP on the same problem, in hours and money of the size of 1: the same profit within 1e-6."""
    profit, reference, power, least, most = small(seed, 8)
    profit = np.abs(profit)
    budget = float(least.sum() + 0.4 * (most.sum() - least.sum()))
    hours, _ = share_hours(profit, reference, power, least, most, budget)
    top = profit.sum()

    def lost(h: np.ndarray) -> float:
        return -float((profit * (h / reference) ** power).sum()) / top

    start = least + 0.4 * (most - least)
    found = minimize(
        lost,
        np.maximum(start, 1e-6),
        jac=lambda h: -profit * power / reference * (h / reference) ** (power - 1) / top,
        bounds=list(zip(np.maximum(least, 1e-9), most, strict=True)),
        constraints=[{"type": "eq", "fun": lambda h: h.sum() - budget, "jac": lambda h: np.ones(len(h))}],
        method="SLSQP",
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    assert abs(found.x.sum() - budget) < 1e-6
    assert lost(hours) == pytest.approx(found.fun, rel=1e-6)


def test_no_rival_is_better_on_two_hundred_bases() -> None:
    """Before whole contacts no worse than any rival of the same hours and bounds; after them within half a per cent."""
    checked = 0
    for seed in range(200):
        base = random_base(seed)
        smooth, whole, _ = share_all(base.response, base.bounds, base.group, base.budgets)
        best, rounded = base.response.value(smooth).sum(), base.response.value(whole).sum()
        for name in RIVALS:
            hours = rival_hours(name, base.response, base.bounds, base.group, base.budgets, base.is_a)
            rival = base.response.value(hours).sum()
            assert best >= rival - 1e-9 * abs(rival), (seed, name)
            assert rounded >= rival * (1 - 0.005), (seed, name)
            checked += 1
    assert checked == 800


@pytest.mark.parametrize("seed", range(20))
def test_whole_contacts_and_the_reserve_keep_the_hours_to_the_minute(seed: int) -> None:
    base = random_base(seed)
    _, hours, _ = share_all(base.response, base.bounds, base.group, base.budgets)
    contacts = hours / base.bounds.contact
    assert np.abs(contacts - np.rint(contacts)).max() < 1e-6
    assert (hours >= base.bounds.least - 1e-9).all()
    assert (hours <= base.bounds.most + 1e-9).all()
    spent = np.bincount(base.group, weights=hours)
    assert (spent <= base.budgets + 1e-9).all()
    left = base.budgets - spent
    for code, reserve in enumerate(left):  # no whole contact could use what is left
        mine = base.group == code
        able = mine & (hours < base.bounds.most - 1e-9) & (base.response.profit > 0)
        assert not (base.bounds.contact[able] <= reserve - 1e-9).any()


@pytest.mark.parametrize("seed", range(20))
def test_whole_plans_keep_the_laws_of_money_and_of_more_hours(seed: int) -> None:
    """Manager by manager, whole contacts included: another currency moves no contact; a tenth more hours never lowers the profit."""
    base = random_base(seed)
    smooth, whole, _ = share_all(base.response, base.bounds, base.group, base.budgets)
    dear = replace(base.response, profit=base.response.profit * 1024)
    same_smooth, same_whole, _ = share_all(dear, base.bounds, base.group, base.budgets)
    assert same_smooth == pytest.approx(smooth, abs=1e-7)
    assert same_whole == pytest.approx(whole, abs=1e-9)
    more_smooth, more_whole, _ = share_all(base.response, base.bounds, base.group, base.budgets * 1.1)
    size = np.abs(base.response.profit).sum()
    assert base.response.value(more_smooth).sum() >= base.response.value(smooth).sum() - 1e-9 * size
    assert base.response.value(more_whole).sum() >= base.response.value(whole).sum() * (1 - 0.005)


@pytest.mark.parametrize("seed", range(12))
def test_contacts_of_one_length_are_shared_as_by_trying_everything(seed: int) -> None:
    """All ways to give up to seven contacts to four clients, tried one by one."""
    rng = np.random.default_rng(seed)
    profit, reference, power = rng.lognormal(8, 1, 4), rng.uniform(0.3, 3, 4), rng.uniform(0.1, 0.6, 4)
    response = Response(profit, reference, reference, power)
    length, most = np.full(4, 0.25), np.full(4, 1.0)
    budget = 7 * 0.25
    smooth, _ = share_hours(profit, reference, power, np.zeros(4), most, budget)
    hours = whole_contacts(response, np.arange(4), smooth, length, np.zeros(4), np.zeros(4), most, budget)
    tried = [np.array(counts) * 0.25 for counts in product(range(5), repeat=4) if sum(counts) <= 7]
    best = max(float(response.value(one).sum()) for one in tried)
    assert float(response.value(hours).sum()) == pytest.approx(best, rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_clients_with_four_answers_are_shared_as_by_trying_everything(seed: int) -> None:
    """Two S-curves and two power responses with contacts of one length: no way of giving ten contacts brings more."""
    rng = np.random.default_rng(seed)
    profit, now = rng.uniform(2e3, 9e3, 4), rng.uniform(0.4, 1.2, 4)
    curves = {
        place: Answers(f"{place}", rng.uniform(0, 0.8), 1 + rng.uniform(0.05, 0.2), 1.3 + rng.uniform(0, 1)).curve for place in (0, 1)
    }
    response = Response(profit, now, now, np.full(4, 0.3), curves)
    size = 0.25
    bounds = Bounds(np.zeros(4), np.full(4, 6 * size), *[np.full(4, size), np.zeros(4)], *[np.zeros(4, dtype=bool)] * 3)
    found = share_group(response, bounds, np.arange(4), 10 * size)
    tried = [np.array(counts) * size for counts in product(range(7), repeat=4) if sum(counts) <= 10]
    best = max(float(response.value(one).sum()) for one in tried)
    assert found.whole.sum() <= 10 * size + 1e-9
    assert float(response.value(found.whole).sum()) >= best * (1 - 1e-5)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.sampled_from([0.0, 0.2, 0.5, None]))
def test_steps_of_a_quarter_hold(seed: int, limit: float | None) -> None:
    chosen = Assumptions(change_limit=limit)
    base = random_base(seed, clients=40, managers=1, settings=chosen)
    now, one = base.response.now, base.bounds.contact
    if limit is not None:
        assert (base.bounds.most <= np.maximum(now * (1 + limit), now + one) + 1e-9).all()
        assert (base.bounds.least >= np.minimum(now * (1 - limit), now - one) - 1e-9).all()
    assert (base.bounds.least <= base.bounds.most + 1e-12).all()
    kinds = replace(chosen, whole_contacts=False)
    smooth = random_base(seed, clients=40, managers=1, settings=kinds)
    assert (smooth.bounds.least <= smooth.bounds.most + 1e-12).all()
