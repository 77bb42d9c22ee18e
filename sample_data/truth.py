"""What was put into the company: everything that an analysis of its files may be checked against (truth.json).

`effect` is what the rollout does on average to a treated manager's sales; `effect_realised` and `money` are what it did to
these very lines, against the same company without it. Money is in roubles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import mean

from sample_data.goods import YEARLY_INFLATION
from sample_data.people import COMPANY, MANAGERS, RETAIL
from sample_data.portfolio import Client
from sample_data.practice import OPERATIONS, Entry
from sample_data.rollout import money_of_managers
from sample_data.service import STRANGERS, Service
from sample_data.trade import DAYS, ROLLOUT, Line, Rollout


def truth(
    *,
    seed: int,
    clients: Sequence[Client],
    lines: list[Line],
    without_effect: list[Line],
    rollout: Rollout,
    entries: Sequence[Entry],
    service: Sequence[Service],
) -> dict[str, object]:
    """All of truth.json as one dictionary ready for JSON."""
    with_it, without = money_of_managers(lines, rollout.treated), money_of_managers(without_effect, rollout.treated)
    counts = Counter(c.kind.name for c in clients)
    return {
        "company": COMPANY,
        "seed": seed,
        "period_start": DAYS[0].isoformat(),
        "period_end": DAYS[-1].isoformat(),
        "rollout": ROLLOUT.isoformat(),
        "treated": [MANAGERS[m][0] for m in sorted(rollout.treated)],
        "assigned": "random",
        "resources": "same",
        "effect": rollout.effect,
        "effect_realised": with_it / without - 1,
        "money": (with_it - without) / 100,
        "inflation_per_year": YEARLY_INFLATION,
        "totals": _totals(lines) | {"clients": len(clients)},
        "aggregate": {"name": RETAIL, **_totals([x for x in lines if x.client == -1])},
        "unassigned": _totals([x for x in lines if x.client == -2]),
        "counts": dict(sorted(counts.items())) | {"loss_making": sum(c.loss_making for c in clients)},
        "managers": [
            {
                "name": name,
                "branch": branch,
                "treated": m in rollout.treated,
                "clients": sum(c.manager == m for c in clients),
                **_totals([x for x in lines if x.manager == m]),
            }
            for m, (name, branch) in enumerate(MANAGERS)
        ],
        "clients": _clients(clients, lines),
        "clients_file": {"rows": len(service), "unmatched": list(STRANGERS), "hours_unknown": sum(s.hours is None for s in service)},
        "practice": _practice(entries),
    }


def _totals(lines: Sequence[Line]) -> dict[str, object]:
    return {
        "rows": len(lines),
        "documents": len({(x.client, x.document, x.is_return) for x in lines}),
        "return_rows": sum(x.is_return for x in lines),
        "quantity": sum(x.quantity for x in lines),
        "revenue": sum(x.revenue for x in lines) / 100,
        "profit": sum(x.profit for x in lines) / 100,
        "discount": sum(x.discount or 0 for x in lines) / 100,
    }


def _clients(clients: Sequence[Client], lines: Sequence[Line]) -> list[dict[str, object]]:
    own: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        own[line.client].append(line)
    return [
        {
            "client": c.name,
            "code": c.code,
            "type": c.kind.name,
            "loss_making": c.loss_making,
            "manager": MANAGERS[c.manager][0],
            "town": c.town,
            "first": DAYS[own[c.index][0].day].isoformat(),
            "last": DAYS[max(x.day for x in own[c.index] if not x.is_return)].isoformat(),
            "rows": len(own[c.index]),
            "revenue": sum(x.revenue for x in own[c.index]) / 100,
            "profit": sum(x.profit for x in own[c.index]) / 100,
        }
        for c in clients
    ]


def _practice(entries: Sequence[Entry]) -> dict[str, object]:
    """Mean true odds over the rows of a step and employee; in_time among the done; share of orders done in the card's order."""
    by: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    orders: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for e in entries:
        by[e.manager, e.step].append(e)
        by[-1, e.step].append(e)
        orders[e.order].append(e)
    in_order: dict[int, list[bool]] = defaultdict(list)
    for steps in orders.values():
        done = [e.moment for e in steps if e.done]
        in_order[steps[0].manager].append(done == sorted(done))

    def of(manager: int) -> list[dict[str, object]]:
        return [
            {
                "step": step,
                "n": len(rows),
                "done": round(mean(e.p_done for e in rows), 6),
                "in_time": round(mean(e.p_in_time for e in rows if e.done), 6) if any(e.done for e in rows) else None,
            }
            for step in range(1, len(OPERATIONS) + 1)
            if (rows := by[manager, step])
        ]

    return {
        "rows": len(entries),
        "orders": len(orders),
        "operations": [{"step": i, "name": o.name, "norm_minutes": o.minutes} for i, o in enumerate(OPERATIONS, start=1)],
        "steps": of(-1),
        "employees": [
            {"name": MANAGERS[m][0], "orders": len(in_order[m]), "in_order": sum(in_order[m]), "steps": of(m)} for m in sorted(in_order)
        ],
    }
