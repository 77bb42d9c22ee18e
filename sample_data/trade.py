"""What the clients buy: documents and lines day by day, as money in whole kopecks.

A client's activity in a month is season × growth × effect of the rollout (1 on an ordinary month). Half of it, as a factor √activity,
goes into how often documents come, half into their amounts, so sales follow activity itself. Documents come as a renewal
process on the client's own clock, which runs at the rate of the month and stands still on days off. All draws of a client
are made up front from its own stream: without the effect the same base gives the very same lines before the rollout, and
what would have been after it. A return takes back a part of one line some days later; returns past the last day do not come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from sample_data.goods import ITEMS, price_index
from sample_data.people import MANAGERS, RETAIL, TOWNS
from sample_data.portfolio import MONTHS, SEASON_MONTHS, Client, Kind

FIRST_DAY = date(2023, 1, 1)
LAST_DAY = date(2025, 12, 31)
ROLLOUT = date(2025, 7, 1)
ROLLOUT_MONTH = 30  # 0 = January 2023
SEASON = (0.72, 0.92, 1.02, 1.04, 0.93, 1.05, 1.06, 1.10, 1.12, 1.08, 1.02, 0.94)  # mean 1
OUT_OF_SEASON = 0.03  # activity of a seasonal client in its seven quiet months
YEARLY_GROWTH = 0.30  # log, of a growing client in quantities
OVERDUE = {"late": (1.85, 2.5), "asleep": (3.7, 5.0)}  # gaps passed since the last purchase
ONE_OFF_MONTHS = 3.0  # an only purchase is worth so many months of the client's size
HOLIDAYS = {*((1, d) for d in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 2), (5, 8), (5, 9), (6, 12), (11, 4)}
DISCOUNT_NOISE = 0.012  # from document to document
LINES_ODDS = (0.34, 0.30, 0.20, 0.16)  # of 1, 2, 3, 4 items in a document
NO_CLIENT_DOCUMENTS = 6
RETAIL_KIND = Kind("aggregate", 1, (0, 1), 9.0, 1, 0.5, (0.0, 0.0), (0.0, 0.0), 0.02)

DAYS = tuple(FIRST_DAY + timedelta(days=i) for i in range((LAST_DAY - FIRST_DAY).days + 1))
MONTH_OF_DAY = np.array([(d.year - FIRST_DAY.year) * 12 + d.month - 1 for d in DAYS])
WORKDAY = np.array([d.weekday() < 5 and (d.month, d.day) not in HOLIDAYS for d in DAYS])
WORKDAYS_IN_MONTH = np.bincount(MONTH_OF_DAY, weights=WORKDAY)


class Line(NamedTuple):
    """One row of sales; money in kopecks, returns negative; document: number of the client's document, unique with client and kind."""

    day: int
    second: int
    client: int  # index in the base; -1 retail, -2 not stated
    document: int
    is_return: bool
    manager: int
    item: int
    quantity: int
    revenue: int
    profit: int
    discount: int | None


@dataclass(frozen=True)
class Rollout:
    """Managers who work by the card since the rollout, and by what share it lifts their clients' sales."""

    treated: frozenset[int]
    effect: float


def make_lines(clients: tuple[Client, ...], rollout: Rollout, seed: int) -> list[Line]:
    """Every line of 36 months in the order of time."""
    lines = [line for client in clients for line in _client_lines(client, rollout, np.random.default_rng([seed, 2, client.index]))]
    retail = Client(-1, RETAIL, "", RETAIL_KIND, 60_000.0, 9.0, 0.0, 0.0, False, 0, TOWNS[MANAGERS[0][1]][0], 0, None)
    lines += _client_lines(retail, rollout, np.random.default_rng([seed, 3]))
    rng = np.random.default_rng([seed, 4])
    for number, day in enumerate(sorted(rng.choice(np.flatnonzero(WORKDAY), NO_CLIENT_DOCUMENTS, replace=False))):
        manager = int(rng.integers(len(MANAGERS)))
        items = rng.choice(len(ITEMS), size=2, replace=False)
        for item in items:
            sold = _sold(int(item), int(MONTH_OF_DAY[day]), int(rng.integers(2, 9)), 0.05, 0.0)
            lines.append(Line(int(day), 43_200, -2, number, False, manager, int(item), *sold))
    return sorted(lines)


def activity(client: Client, rollout: Rollout) -> np.ndarray:
    """The client's activity in every month (36,): 1 on an ordinary month, 0 before it came."""
    month = np.arange(MONTHS)
    level = np.array(SEASON)[month % 12]
    if client.season_start is not None:
        inside = (month % 12 - client.season_start) % 12 < SEASON_MONTHS
        level = np.where(inside, 12 / SEASON_MONTHS, OUT_OF_SEASON)
    if client.kind.name == "growing":
        level = level * np.exp(YEARLY_GROWTH * (month - (MONTHS - 7)) / 12)
    if client.manager in rollout.treated:
        level = level * np.where(month >= ROLLOUT_MONTH, 1 + rollout.effect, 1.0)
    return np.where(month >= client.start_month, level, 0.0)


def _client_lines(client: Client, rollout: Rollout, rng: np.random.Generator) -> Iterator[Line]:
    k, level = client.kind, activity(client, rollout)
    n = int(client.documents * MONTHS * 2) + 30
    gaps, first = rng.gamma(k.evenness, 1 / k.evenness, n), rng.random()
    last_month, last_gaps = int(rng.integers(7, 24)), rng.uniform(*OVERDUE.get(k.name, (0, 1)))
    only_day = int(rng.integers(20, 1000))
    noise = rng.lognormal(-(k.spread**2) / 2, k.spread, n)
    discounts = np.clip(client.discount + rng.normal(0, DISCOUNT_NOISE, n), 0, 0.4) if client.discount else np.zeros(n)
    n_lines = 1 + rng.choice(4, n, p=LINES_ODDS)
    amount = client.size / client.documents
    choice = _assortment(rng, amount)
    baskets = choice[rng.random((n, len(choice))).argsort(axis=1)[:, :4]]
    weights, rounding = rng.uniform(0.4, 1.0, (n, 4)), rng.random((n, 4))
    seconds = rng.integers(9 * 3600, 18 * 3600, n)
    comes_back, back_days, back_share = rng.random(n) < k.returned, rng.integers(2, 21, n), rng.uniform(0.2, 1.0, n)

    gaps[0] *= first if client.start_month == 0 else 0.01
    if k.name == "one_off":
        days = np.flatnonzero(WORKDAY)[np.searchsorted(np.flatnonzero(WORKDAY), [only_day])]
        scale = ONE_OFF_MONTHS * client.documents * level
    else:
        days = _days(gaps.cumsum(), client.documents * np.sqrt(level))
        scale = np.sqrt(level)
    if k.name == "lost":
        days = days[MONTH_OF_DAY[days] < last_month]
    if k.name in OVERDUE:
        days = _stopped(days, last_gaps)

    for number, day in enumerate(days):
        month = int(MONTH_OF_DAY[day])
        money = amount * scale[month] * noise[number] * price_index(month)
        parts = weights[number, : n_lines[number]] / weights[number, : n_lines[number]].sum()
        for place, part in enumerate(parts):
            item = int(baskets[number, place])
            quantity = max(1, int(money * part / (ITEMS[item].price * price_index(month)) + rounding[number, place]))
            sold = _sold(item, month, quantity, float(discounts[number]), client.extra_cost)
            yield Line(int(day), int(seconds[number]), client.index, number, False, client.manager, item, *sold)
            back_day = day + int(back_days[number])
            if place == 0 and comes_back[number] and back_day < len(DAYS) and WORKDAY[back_day]:
                back = max(1, round(quantity * float(back_share[number])))
                q, revenue, profit, _ = _sold(item, month, back, float(discounts[number]), client.extra_cost)
                yield Line(back_day, int(seconds[number]), client.index, number, True, client.manager, item, -q, -revenue, -profit, None)


def _days(clock: np.ndarray, documents: np.ndarray) -> np.ndarray:
    """Days on which the client's clock passes the given times, at `documents` of each month (36,) spread over its workdays."""
    rate = np.where(WORKDAY, documents[MONTH_OF_DAY] / WORKDAYS_IN_MONTH[MONTH_OF_DAY], 0.0)
    passed = rate.cumsum()
    return np.searchsorted(passed, clock[clock < passed[-1]], side="right")


def _stopped(days: np.ndarray, gaps: float) -> np.ndarray:
    """The same purchases, the last of them so many usual gaps before the last day."""
    usual = float(np.median(np.diff(np.unique(days[days >= len(DAYS) - 365]))))
    last = int(len(DAYS) - 1 - gaps * usual)
    while not WORKDAY[last]:
        last -= 1
    return np.append(days[days <= last - usual / 2], last)


def _assortment(rng: np.random.Generator, amount: float) -> np.ndarray:
    """Items that the client buys: those whose price is small beside its usual document, a part of them."""
    fitting = [i for i, item in enumerate(ITEMS) if item.price <= amount / 4]
    cheapest = sorted(range(len(ITEMS)), key=lambda i: ITEMS[i].price)[:12]
    pool = np.array(fitting if len(fitting) >= len(cheapest) else cheapest)
    return rng.choice(pool, size=min(len(pool), int(rng.integers(8, 26))), replace=False)


def _sold(item: int, month: int, quantity: int, discount: float, extra_cost: float) -> tuple[int, int, int, int]:
    """Quantity, revenue, profit and discount of a line, money in kopecks."""
    price = round(ITEMS[item].price * price_index(month) * 100)
    off = round(price * quantity * discount)
    cost = round(price * quantity * (1 - ITEMS[item].margin) * (1 + extra_cost))
    return quantity, price * quantity - off, price * quantity - off - cost, off
