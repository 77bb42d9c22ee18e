"""The client base: of what kinds the clients are, how large, with whom, and since when.

Size = money a month in prices of January 2023 while the client buys as usual: log-normal, σ 1.2, its tails cut at 2.3 σ so
that no single client makes the year of a manager. Kinds take their clients inside a band of sizes (quantiles). Clients
alike in kind and size are dealt to the managers in dozens, one each: the managers' portfolios are of one make, which is what
lets a rollout for half of them be judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from sample_data.people import HOME_SHARE, MANAGERS, TOWNS, firm_names, firm_number, trader_names, trader_number

MONTHS = 36
N_CLIENTS = 400
MEDIAN_SIZE = 45_000.0  # roubles a month
SIZE_SIGMA = 1.2
SIZE_TAIL = 2.3  # standard deviations
MANAGER_SIGMA = 0.12  # log: how much managers differ in what a client brings
TRADER_SHARES = ((0.5, 0.45), (0.8, 0.12), (1.0, 0.0))  # of clients up to the quantile of size; the large are firms
LOSS_CLIENTS = 30  # small and middle clients served below cost, beside the service drains
SEASON_MONTHS = 5


@dataclass(frozen=True)
class Kind:
    """How clients of one true type behave; pairs are the bounds of a uniform draw."""

    name: str
    count: int
    band: tuple[float, float]  # quantiles of size
    documents: float  # a month, for a client of median size
    evenness: float  # shape of the gamma gaps between documents: 1 = at random, 10 = by the clock
    spread: float  # log sd of a document's amount
    discount: tuple[float, float]  # share of the list price
    extra_cost: tuple[float, float]  # delivery and rework charged to the goods, share of their cost
    returned: float  # share of documents of which a part comes back
    late_start: float = 0.0  # share of clients who came after the first month


KINDS: tuple[Kind, ...] = (
    Kind("drain", 9, (0.89, 0.98), 2.6, 6, 0.35, (0.20, 0.25), (0.17, 0.23), 0.20),
    Kind("thin", 5, (0.80, 0.95), 2.4, 6, 0.35, (0.17, 0.18), (0.14, 0.15), 0.12),
    Kind("project", 10, (0.80, 0.93), 0.24, 10, 0.20, (0.05, 0.10), (0.0, 0.02), 0.055),
    Kind("growing", 14, (0.55, 0.90), 1.5, 8, 0.25, (0.03, 0.08), (0.0, 0.02), 0.055),
    Kind("late", 9, (0.45, 0.80), 1.7, 30, 0.25, (0.03, 0.08), (0.0, 0.02), 0.055),
    Kind("asleep", 10, (0.40, 0.75), 1.7, 30, 0.25, (0.03, 0.08), (0.0, 0.02), 0.055),
    Kind("seasonal", 15, (0.35, 0.80), 1.1, 6, 0.25, (0.03, 0.08), (0.0, 0.02), 0.055),
    Kind("lost", 32, (0.10, 0.70), 1.0, 4, 0.30, (0.03, 0.09), (0.0, 0.04), 0.11),
    Kind("new", 12, (0.10, 0.75), 1.4, 4, 0.30, (0.03, 0.08), (0.0, 0.02), 0.06, 1.0),
    Kind("one_off", 24, (0.0, 0.45), 0.3, 1, 0.40, (0.02, 0.10), (0.0, 0.06), 0.17),
    Kind("episodic", 64, (0.0, 0.50), 0.40, 1.2, 0.50, (0.03, 0.12), (0.0, 0.06), 0.17, 0.4),
    Kind("periodic", 72, (0.12, 0.78), 0.65, 2, 0.35, (0.03, 0.10), (0.0, 0.04), 0.11, 0.35),
    Kind("regular", 124, (0.0, 1.0), 1.5, 8, 0.25, (0.03, 0.09), (0.0, 0.02), 0.055, 0.2),
)
LOSS_DISCOUNT = (0.16, 0.22)
LOSS_EXTRA_COST = (0.20, 0.30)
LATE_START_BAND = 0.70  # who came later is not among the largest


@dataclass(frozen=True)
class Client:
    """One client as it truly is."""

    index: int
    name: str
    code: str
    kind: Kind
    size: float  # roubles of January 2023 a month
    documents: float  # a month
    discount: float
    extra_cost: float
    loss_making: bool
    manager: int
    town: str
    start_month: int  # first month of buying, 0 = January 2023
    season_start: int | None  # calendar month, 0 = January, of the first of its five


def make_clients(seed: int) -> tuple[Client, ...]:
    """The base of 400 clients, the same for the same seed."""
    rng = np.random.default_rng([seed, 1])
    quantile = (np.arange(N_CLIENTS) + 0.5) / N_CLIENTS
    size = MEDIAN_SIZE * np.exp(SIZE_SIGMA * np.clip(norm.ppf(quantile), -SIZE_TAIL, SIZE_TAIL))
    kind = _deal_kinds(rng, quantile)
    order = sorted(range(N_CLIENTS), key=lambda i: (kind[i], -size[i]))
    manager = _deal_managers(rng, order)
    loss = set(rng.choice([i for i in order if KINDS[kind[i]].name in ("periodic", "episodic")], LOSS_CLIENTS, replace=False))
    manager_factor = np.exp(rng.normal(0, MANAGER_SIGMA, len(MANAGERS)))
    names = {True: iter(firm_names(rng, seasonal=True)), False: iter(firm_names(rng, seasonal=False))}
    traders = iter(trader_names(rng))
    serials = rng.choice(10_000_000, N_CLIENTS, replace=False)

    clients = []
    for position, i in enumerate(order):
        k = KINDS[kind[i]]
        is_trader = rng.random() < next(share for top, share in TRADER_SHARES if quantile[i] <= top)
        branch = MANAGERS[manager[i]][1]
        home, *around = TOWNS[branch]
        losing = i in loss
        clients.append(
            Client(
                index=position,
                name=next(traders) if is_trader else next(names[k.name == "seasonal"]),
                code=trader_number(int(serials[i])) if is_trader else firm_number(int(serials[i])),
                kind=k,
                size=float(size[i] * manager_factor[manager[i]]),
                documents=_documents(k, float(size[i] / MEDIAN_SIZE)),
                discount=float(rng.uniform(*(LOSS_DISCOUNT if losing else k.discount))),
                extra_cost=float(rng.uniform(*(LOSS_EXTRA_COST if losing else k.extra_cost))),
                loss_making=losing or k.name == "drain",
                manager=manager[i],
                town=home if rng.random() < HOME_SHARE else str(rng.choice(around)),
                start_month=_start_month(rng, k, float(quantile[i])),
                season_start=int(rng.choice([3, 4, 9])) if k.name == "seasonal" else None,
            )
        )
    return tuple(clients)


def _deal_kinds(rng: np.random.Generator, quantile: np.ndarray) -> np.ndarray:
    """Index of the kind of every client: each kind takes its number from the free ones inside its band, the last the rest."""
    kind = np.full(len(quantile), len(KINDS) - 1)
    for number, k in enumerate(KINDS[:-1]):
        free = np.flatnonzero((kind == len(KINDS) - 1) & (quantile >= k.band[0]) & (quantile <= k.band[1]))
        kind[rng.choice(free, k.count, replace=False)] = number
    return kind


def _deal_managers(rng: np.random.Generator, order: list[int]) -> dict[int, int]:
    dealt: dict[int, int] = {}
    for start in range(0, len(order), len(MANAGERS)):
        dozen = order[start : start + len(MANAGERS)]
        dealt.update(zip(dozen, (int(m) for m in rng.permutation(len(MANAGERS))), strict=False))
    return dealt


def _documents(kind: Kind, relative_size: float) -> float:
    """Larger clients buy more often, but not in proportion: the rest of their size is in larger documents."""
    if kind.name in ("project", "one_off", "episodic"):
        return kind.documents
    return float(np.clip(kind.documents * relative_size**0.3, 0.5 * kind.documents, 4.0))


def _start_month(rng: np.random.Generator, kind: Kind, quantile: float) -> int:
    late, month = rng.random() < kind.late_start, int(rng.integers(1, MONTHS - 4))
    if kind.name == "new":
        return MONTHS - 3 + month % 3
    return month if late and quantile < LATE_START_BAND else 0
