"""The plan as work: whom to call or visit, when, by which channel; who passes to cheap service, and who is no longer looked after.

The hours of a plan are all the work on a client, orders and papers too. Into the calendar go the contacts of its standard, as much
oftener or rarer as the plan changes its hours, and never more than the hours hold. They are spread evenly over the working days; clients of
one manager start on different days, the late at once, so that no week is much fuller than another. A client that is due once to three
times a quarter and expected to buy within it is called a working week before, when the next order is still open.

What a client passes to is one code: "more" or "less" hours, "cheap" (a client of C or at a loss whose hours fall: the cheapest channel
of its standard), "let_go" (at a loss and no hours left: general terms, no contact of ours), "same".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sbyt_core.strategies.bounds import CHEAP_KINDS, MINUTES_WITHOUT_STANDARD, MONTHS_A_QUARTER
from sbyt_core.strategies.calendar import working_days
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.strategies.standard import KINDS

WEEKS = 13  # a quarter
AHEAD = 5  # working days before the expected purchase
RARE = 3  # contacts a quarter up to which the day of the next purchase matters
GOLDEN = (5**0.5 - 1) / 2  # multiples of the golden section lie apart from each other, however many there are
NEAR = 1e-6  # contacts: a number this near to a whole one is whole
NOTABLE = 1 / 12  # hours a month: a smaller change is none (five minutes)
CHEAPEST = ("self_service", "mail", "messenger", "phone", "visit")  # of channels
LET_GO = "loss_making"  # kind of clients that may be let go
HOLDS = {"step_low": "step", "locked": "locked"}  # binding → why a client is not let go
# columns of `call_list`
CALL_COLUMNS: dict[str, str] = {
    "date": "datetime64[us]",
    "week": "datetime64[us]",  # its Monday
    "manager": "str",
    "client_key": "str",
    "client": "str",
    "segment": "str",
    "kind": "str",
    "channel": "str",  # code of CHANNELS
    "minutes": "float64",
    "number": "int64",  # of so many in the quarter
    "of": "int64",
}


def call_list(plan: HoursPlan, *, start: date, country: str = "RU", days: Sequence[date] | None = None) -> pd.DataFrame:
    """Every contact of the quarter from `start` (columns of CALL_COLUMNS), by manager, day and the order of the clients.

    days: working days to use in place of the calendar of the country. Raises BadInput not_a_choice.
    """
    days = tuple(days) if days is not None else working_days(start, start + timedelta(days=7 * WEEKS - 1), country=country)
    clients = plan.clients[plan.clients["new_manager"].notna()]
    counts = contacts_a_quarter(plan)[plan.clients["new_manager"].notna().to_numpy()]
    clients, counts = clients[counts > 0], counts[counts > 0]
    if not len(clients) or not days:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in CALL_COLUMNS.items()})
    phase = _phases(clients, counts, days, _expected(plan, clients))
    rows = np.repeat(np.arange(len(clients)), counts)
    number = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = ((number + phase[rows]) / counts[rows] * len(days)).astype(np.int64)
    when = np.array(days, dtype="datetime64[D]")[np.minimum(at, len(days) - 1)]
    taken = clients.iloc[rows]
    channels = {standard.kind: standard.channels[0] for standard in plan.book.standards}
    minutes = {standard.kind: standard.minutes_per_contact or MINUTES_WITHOUT_STANDARD for standard in plan.book.standards}
    table = pd.DataFrame(
        {
            "date": when.astype("datetime64[us]"),
            "week": (when - ((when.astype("datetime64[D]").astype("int64") + 3) % 7).astype("timedelta64[D]")).astype("datetime64[us]"),
            "manager": taken["new_manager"].to_numpy(),
            **{name: taken[name].to_numpy() for name in ("client_key", "client", "segment", "kind")},
            "channel": taken["kind"].map(channels).to_numpy(),
            "minutes": taken["kind"].map(minutes).to_numpy(dtype=float),
            "number": number + 1,
            "of": counts[rows],
        }
    )
    table = table.astype(CALL_COLUMNS)
    order = np.lexsort((rows, table["date"].to_numpy(), pd.factorize(table["manager"], sort=True)[0]))
    return table.iloc[order].reset_index(drop=True)


def contacts_a_quarter(plan: HoursPlan) -> np.ndarray:
    """Contacts of every client in a quarter, whole; at least one where its hours hold one."""
    clients = plan.clients
    standard = clients["kind"].map({one.kind: one.contacts_per_month for one in plan.book.standards}).to_numpy(dtype=float)
    before, after = clients["hours_before"].to_numpy(), clients["hours_after"].to_numpy()
    ratio = np.where(before > 0, after / np.where(before > 0, before, 1.0), 1.0)
    held = np.floor(clients["contacts_per_month"].to_numpy() * MONTHS_A_QUARTER + NEAR)
    wanted = np.where(after > 0, np.maximum(np.rint(standard * MONTHS_A_QUARTER * ratio), 1.0), 0.0)
    return np.minimum(held, wanted).astype(np.int64)


def passes(plan: HoursPlan) -> pd.DataFrame:
    """What changes for every client: the columns of the plan's clients, `contacts_a_quarter`, `passes` (a code, see
    above) and `channel`, the channel to use."""
    clients = plan.clients
    change, after = clients["change"].to_numpy(), clients["hours_after"].to_numpy()
    cheap = clients["kind"].isin(CHEAP_KINDS).to_numpy()
    codes = np.full(len(clients), "same", dtype=object)
    codes[change >= NOTABLE] = "more"
    codes[change <= -NOTABLE] = "less"
    codes[(change <= -NOTABLE) & cheap] = "cheap"
    codes[(after <= 0) & (clients["hours_before"] > 0).to_numpy() & (clients["kind"] == LET_GO).to_numpy()] = "let_go"
    usual = {standard.kind: standard.channels[0] for standard in plan.book.standards}
    cheapest = {standard.kind: min(standard.channels, key=CHEAPEST.index) for standard in plan.book.standards}
    kinds = clients["kind"]
    channel = np.where(np.isin(codes, ("cheap", "let_go")), kinds.map(cheapest), kinds.map(usual))
    return clients.assign(
        contacts_a_quarter=contacts_a_quarter(plan),
        passes=pd.Series(codes, index=clients.index, dtype="str"),
        channel=pd.Series(channel, index=clients.index, dtype="str"),
    )


def by_change(change: pd.Series) -> pd.Index:
    """The index by change of hours: greatest gain, greatest cut, next gain, next cut …; those without a change at the end."""
    size = change.abs().where(change != 0, -1.0)
    rank = size.groupby(np.sign(change)).rank(method="first", ascending=False)
    order = pd.DataFrame({"still": change == 0, "rank": rank, "cut": change < 0})
    return order.sort_values(["still", "rank", "cut"], kind="stable").index


def why_nobody_is_let_go(plan: HoursPlan) -> tuple[str, int]:
    """What keeps hours on the clients at a loss, and on how many: "step", "locked" or "least"; "none" where no client is at a loss.

    Of several it is the one that holds most of them.
    """
    kept = plan.clients[(plan.clients["kind"] == LET_GO) & (plan.clients["hours_after"] > 0)]
    if kept.empty:
        return "none", 0
    reasons = kept["binding"].map(HOLDS).fillna("least").value_counts()
    return str(reasons.index[0]), int(reasons.iloc[0])


def _expected(plan: HoursPlan, clients: pd.DataFrame) -> np.ndarray:
    """Day of the next purchase of every client, NaT where nobody can tell."""
    if plan.segmentation is None:
        return np.full(len(clients), np.datetime64("NaT"), dtype="datetime64[D]")
    frame = plan.segmentation.frame
    return frame["next_purchase"].to_numpy()[clients.index.to_numpy()].astype("datetime64[D]")


def _phases(clients: pd.DataFrame, counts: np.ndarray, days: Sequence[date], expected: np.ndarray) -> np.ndarray:
    """Where in its interval every client's contacts fall, 0 … 1: each as far from those before it as can be, the late at once."""
    urgent = clients["kind"].map(lambda kind: 0 if kind == "late" else 1 + KINDS.index(kind)).to_numpy()
    managers = pd.factorize(clients["new_manager"], sort=True)[0]
    order = np.lexsort((np.arange(len(clients)), urgent, -counts, managers))
    starts = np.searchsorted(managers[order], managers[order])
    phase = np.empty(len(clients))
    phase[order] = (np.arange(len(order)) - starts) * GOLDEN % 1.0
    phase[(urgent == 0)] = 0.0
    inside = (~np.isnat(expected)) & (expected > np.datetime64(days[0])) & (expected <= np.datetime64(days[-1])) & (counts <= RARE)
    ordered = list(days)
    for place in np.flatnonzero(inside):
        day = max(bisect_left(ordered, expected[place].astype(date)) - AHEAD, 0)
        phase[place] = (day / len(days) * counts[place]) % 1.0
    return phase
