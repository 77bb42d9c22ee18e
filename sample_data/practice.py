"""How order intake by the technology card was really done: a log of eight operations an order, with known odds.

Orders are a sample of the documents that the managers of the rollout sold since it. An operation is done with the odds of
its step and its employee, better month by month while people learn; in time only if done. Minutes are log-normal around the norm
at the employee's own pace. In some orders two neighbouring operations change places. An operation that was not done has a
time at which it should have been, and neither minutes nor an answer about being in time.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from sample_data.trade import DAYS, MONTH_OF_DAY, ROLLOUT_MONTH, Line, Rollout

N_ORDERS = 420
LEARNING = 0.14  # log odds a month
EMPLOYEE_SIGMA = 0.35  # log odds between employees
MINUTES_SIGMA = 0.30  # log sd of minutes
OUT_OF_ORDER = (0.03, 0.14)  # share of an employee's orders with two operations swapped
WAIT_MINUTES = (1, 25)  # between two operations


class Operation(NamedTuple):
    """A step of order intake: norm minutes, and how often it is done and in time by a usual employee when the card is new."""

    name: str
    minutes: float
    done: float
    in_time: float


OPERATIONS: tuple[Operation, ...] = (
    Operation("Принять заявку и подтвердить получение", 4, 0.94, 0.82),
    Operation("Проверить долг и лимит клиента", 3, 0.80, 0.90),
    Operation("Проверить наличие и срок поставки", 6, 0.93, 0.86),
    Operation("Предложить замену или сопутствующий товар", 7, 0.46, 0.88),
    Operation("Согласовать цену и скидку по правилам сегмента", 5, 0.76, 0.84),
    Operation("Оформить заказ и выставить счёт", 8, 0.96, 0.80),
    Operation("Передать заказ на склад и назначить доставку", 4, 0.92, 0.87),
    Operation("Сообщить клиенту дату и проверить получение", 5, 0.62, 0.70),
)


class Entry(NamedTuple):
    """One row of the log; p_done and p_in_time are the true odds, not written to the workbook."""

    moment: datetime
    order: tuple[int, int]  # client and document
    manager: int
    step: int  # 1 … 8
    done: bool
    in_time: bool | None
    minutes: int | None
    p_done: float
    p_in_time: float


def make_practice(lines: list[Line], rollout: Rollout, seed: int) -> list[Entry]:
    """Rows of the log by day and order, and inside an order by step."""
    rng = np.random.default_rng([seed, 6])
    orders = list(
        {
            (line.client, line.document): line
            for line in lines
            if line.manager in rollout.treated and MONTH_OF_DAY[line.day] >= ROLLOUT_MONTH and line.client >= 0 and not line.is_return
        }.values()
    )
    treated = sorted(rollout.treated)
    skill = {m: float(x) for m, x in zip(treated, rng.normal(0, EMPLOYEE_SIGMA, len(treated)), strict=True)}
    pace = {m: float(x) for m, x in zip(treated, rng.lognormal(0, 0.12, len(treated)), strict=True)}
    swapped = {m: float(rng.uniform(*OUT_OF_ORDER)) for m in treated}
    entries: list[Entry] = []
    for i in sorted(rng.choice(len(orders), size=min(N_ORDERS, len(orders)), replace=False)):
        line = orders[i]
        entries += _order(rng, line, skill[line.manager], pace[line.manager], swapped[line.manager])
    return entries


def _order(rng: np.random.Generator, line: Line, skill: float, pace: float, swapped: float) -> list[Entry]:
    shift = skill + LEARNING * (int(MONTH_OF_DAY[line.day]) - ROLLOUT_MONTH)
    minutes = [max(1, round(o.minutes * pace * float(rng.lognormal(0, MINUTES_SIGMA)))) for o in OPERATIONS]
    waits = rng.integers(*WAIT_MINUTES, len(OPERATIONS))
    start = datetime.combine(DAYS[line.day], time(9)) + timedelta(minutes=int(rng.integers(0, 300)))
    moments = [start]
    for spent, wait in zip(minutes[:-1], waits[:-1], strict=True):
        moments.append(moments[-1] + timedelta(minutes=spent + int(wait)))
    if rng.random() < swapped:
        k = int(rng.integers(len(OPERATIONS) - 1))
        moments[k], moments[k + 1] = moments[k + 1], moments[k]
    entries = []
    for step, operation in enumerate(OPERATIONS):
        p_done, p_in_time = _shifted(operation.done, shift), _shifted(operation.in_time, shift)
        done, in_time = rng.random() < p_done, rng.random() < p_in_time
        entries.append(
            Entry(
                moments[step],
                (line.client, line.document),
                line.manager,
                step + 1,
                done,
                in_time if done else None,
                minutes[step] if done else None,
                p_done,
                p_in_time,
            )
        )
    return entries


def _shifted(share: float, log_odds: float) -> float:
    return float(1 / (1 + (1 - share) / share * np.exp(-log_odds)))
