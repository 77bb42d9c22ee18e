"""What lines of sales do not hold, one row a client for 2025: debts, deliveries, hours, requests, potential.

A manager's hours of the year (90 % of those that there are, the rest is a reserve) go to the clients by √documents,
more of them to clients that give trouble. Two rows are of clients that the sales file does not know; some hours are not known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sample_data.people import MANAGERS, firm_number
from sample_data.portfolio import Client
from sample_data.trade import MONTH_OF_DAY, Line

YEAR_START_MONTH = 24
HOURS_PER_MONTH = (120, 120, 120, 100, 120, 120, 80, 120, 120, 120, 120, 120)  # for selling, by manager
PAY_PER_MONTH = (128_000, 112_000, 105_000, 96_000, 118_000, 109_000, 72_000, 102_000, 121_000, 108_000, 99_000, 104_000)
SPENT_SHARE = 0.9
TROUBLE = {"drain": 2.6, "thin": 2.0, "episodic": 1.5, "one_off": 1.5}  # hours against a usual client with as many documents
LOSS_TROUBLE = 1.8
HOURS_UNKNOWN_SHARE = 0.04
POTENTIAL_KNOWN_SHARE = 0.4
LATE_PAYER_SHARE = 0.18  # of usual clients; troublesome ones in proportion to their trouble
STRANGERS = ("ООО «Пригорок-Станко»", "ООО «Лесовик-Тара»")


class Service(NamedTuple):
    """One row of the file; money in roubles, hours of the year; a missing value is not known."""

    client: str
    code: str
    overdue: int
    days_late: int
    deliveries: int
    hours: float | None
    requests: int
    potential: int | None


def make_service(clients: tuple[Client, ...], lines: list[Line], seed: int) -> list[Service]:
    """A row for every client that bought in 2025, by name, and two for strangers at the end."""
    rng = np.random.default_rng([seed, 7])
    documents: dict[int, set[int]] = {}
    revenue: dict[int, float] = {}
    for line in lines:
        if MONTH_OF_DAY[line.day] >= YEAR_START_MONTH and line.client >= 0 and not line.is_return:
            documents.setdefault(line.client, set()).add(line.document)
            revenue[line.client] = revenue.get(line.client, 0.0) + line.revenue / 100
    weight = {i: len(docs) ** 0.5 * _trouble(clients[i]) for i, docs in documents.items()}
    total = [sum(w for i, w in weight.items() if clients[i].manager == m) for m in range(len(MANAGERS))]
    rows = []
    for i in sorted(documents, key=lambda i: clients[i].name):
        client, n = clients[i], len(documents[i])
        hours = 12 * HOURS_PER_MONTH[client.manager] * SPENT_SHARE * weight[i] / total[client.manager]
        late = rng.random() < LATE_PAYER_SHARE * _trouble(client)
        rows.append(
            Service(
                client.name,
                client.code,
                overdue=100 * round(revenue[i] / 12 * float(rng.uniform(0.3, 1.5)) / 100) if late else 0,
                days_late=int(rng.integers(5, 90)) if late else 0,
                deliveries=int(rng.binomial(n, 0.85)),
                hours=None if rng.random() < HOURS_UNKNOWN_SHARE else round(hours, 1),
                requests=int(rng.poisson(n * 0.6 * _trouble(client))),
                potential=1000 * round(revenue[i] * float(rng.uniform(1.0, 3.0)) / 1000) if rng.random() < POTENTIAL_KNOWN_SHARE else None,
            )
        )
    numbers = (int(x) for x in rng.integers(0, 10_000_000, len(STRANGERS)))
    return rows + [Service(name, firm_number(x), 0, 0, 2, 1.5, 1, None) for name, x in zip(STRANGERS, numbers, strict=True)]


def team() -> dict[str, object]:
    """The team file: hours and pay a month of every manager."""
    rows = zip(MANAGERS, HOURS_PER_MONTH, PAY_PER_MONTH, strict=True)
    managers = [{"name": name, "hours_per_month": hours, "pay_per_month": pay} for (name, _), hours, pay in rows]
    return {"hours_per_month": 120, "pooled": False, "managers": managers}


def _trouble(client: Client) -> float:
    return LOSS_TROUBLE if client.loss_making and client.kind.name != "drain" else TROUBLE.get(client.kind.name, 1.0)
