"""What segmenting gives: a class, a state and tags for every client, the reasons, and the summary.

Codes are positions in `SEGMENTS`; clients stand in order of value, greatest first, the new ones after the classed.
Arrays hold what every change of criteria recomputes; frames and reasons are made when asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Facts = Mapping[str, float | str | None]
SEGMENTS = ("A", "B", "C", "new")
A, B, C, NEW = range(4)
STATES = ("new", "lost", "one_off", "seasonal", "asleep", "late", "regular")  # the first that fits
TAGS = ("loss_making", "service_drain", "promising")
# rules in the order in which they are applied; the words stand under reason.CODE
RULES = (
    "new",
    "profit_class",
    "not_positive",
    "count_class",
    "irregular",
    "few_documents",
    "one_document",
    "trouble",
    "promising",
    "guard_a",
    "guard_c",
    "override",
)
# columns of `Segmentation.frame`
SEGMENT_COLUMNS: dict[str, str] = {
    "client_key": "str",
    "client": "str",
    "client_code": "str",
    "manager": "str",
    "branch": "str",
    "segment": "str",  # A, B, C or new; after overrides
    "computed": "str",  # by the rules alone
    "overridden": "bool",  # the person's class differs from the computed one
    "state": "str",
    "tags": "str",  # codes of TAGS joined by a comma; empty without any
    "value": "float64",
    "share_before": "float64",  # of the positive base, of clients of strictly greater value; missing for new
    "revenue": "float64",
    "profit": "float64",
    "net_profit": "float64",
    "documents": "float64",
    "last_purchase": "datetime64[us]",
    "next_purchase": "datetime64[us]",  # last purchase + usual gap (own, else of the class); missing when unknown
    "overdue_ratio": "float64",  # own or by the usual gap of the class
}
# columns of `Segmentation.summary`; its index is SEGMENTS
SUMMARY_COLUMNS: dict[str, str] = {
    "clients": "int64",
    "clients_share": "float64",  # of the classed; missing for new
    "revenue": "float64",
    "profit": "float64",
    "net_profit": "float64",
    "value": "float64",
    "base_share": "float64",  # positive value / positive base; missing for new
    "profit_share": "float64",  # of the profit of the classed; missing where that is not positive, and for new
    "documents": "float64",
}


@dataclass(frozen=True)
class Reason:
    """One step: by which rule, the client's figure, the limit it was held against, from which class to which.

    from_ is None before the first class; facts: further figures of the same rule, by name.
    """

    rule: str
    value: float | None
    limit: float | None
    from_: str | None
    to: str
    facts: Facts

    def as_dict(self) -> dict[str, object]:
        """rule, value, limit, from, to."""
        return {"rule": self.rule, "value": self.value, "limit": self.limit, "from": self.from_, "to": self.to}


@dataclass(frozen=True)
class GuardResult:
    """One guard: "a_share" (at most) or "c_share" (at least).

    limit, value: shares of the classed clients; limit_clients: floor or ceiling of the limit; moved: clients that the
    guard moved (0 when it only advises or is off); to_move: those it would move.
    """

    code: str
    limit: float
    value: float
    holds: bool
    moved: int
    limit_clients: int
    clients: int
    to_move: int


@dataclass(frozen=True)
class Override:
    """A person's class for a client, beside the computed one. segment: A, B or C."""

    client_key: str
    segment: str
    reason: str
    author: str


@dataclass(frozen=True, eq=False)
class WhaleCurve:
    """Cumulative value of clients, greatest first. y: share of the total, or money when the total is not positive."""

    clients: np.ndarray  # 1 … n, thinned to what a chart can show
    y: np.ndarray
    in_money: bool
    total: float
    peak: float  # sum of the positive / total; in money when the total is not positive
    peak_at: int  # the first client that reaches it, from 1


@dataclass(frozen=True)
class Move:
    """What would move a client: a code (`move.CODE`), its figure now and the figure needed."""

    code: str
    now: float | None
    needed: float | None


@dataclass(frozen=True)
class Passport:
    """Why a client is in its class, and what would move it."""

    client_key: str
    client: str
    segment: str
    computed: str
    state: str
    tags: tuple[str, ...]
    value: float | None
    measure: str
    rank: int | None  # by value among the classed, from 1
    share_before: float | None
    reasons: tuple[Reason, ...]
    next_up: str | None  # class above
    to_next_up: float | None  # value missing to it; None when value alone does not lead there
    next_down: str | None
    may_fall: float | None  # value that can be lost within the class
    moves: tuple[Move, ...]
    facts: Mapping[str, object]  # the row of the client table
    override: Override | None
