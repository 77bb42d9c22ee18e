"""What the hours plan takes for granted: how profit answers to hours, and how few or many hours a client may have.

elasticity: by how many per cent profit changes when hours change by one per cent; at elasticity e a client with half the hours keeps
0.5^e of its profit. These are assumptions, ours and editable, never measurements: every gain is shown with all of them × 0.7 and × 1.3.
least, most: hours a month of one client. change_limit: hours change by no more than this share in a quarter, though one contact
may always be added or dropped; None: no limit. whole_contacts: a client has whole contacts a quarter, what they leave over is the
manager's reserve. A kind of METHOD §5 that has no figure there takes that of the segment nearest to it.

task: what is first for the company. "profit": the greatest expected profit. "growth": promising clients first get as many hours as
their bounds allow. "relief": C and loss-making clients may pass to the cheap channel at once, with no hours at all.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sbyt_core.errors import BadInput, named_values
from sbyt_core.strategies.standard import KINDS

TASKS = ("profit", "growth", "relief")
HOURS_MOST = 400.0  # hours a month of one client: no manager has more
ELASTICITY_BOUNDS = (0.01, 0.75)  # above it, × 1.3 would be a response that grows faster than the hours
LOW_FACTOR, HIGH_FACTOR = 0.7, 1.3  # of all elasticities, for the range of the gain


def check_number(name: str, value: object, low: float, high: float) -> None:
    """Raises BadInput out_of_range unless the value is a number from low to high."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not low <= value <= high:  # type: ignore[operator]
        raise BadInput("out_of_range", name=name, value=value, low=low, high=high)


@dataclass(frozen=True)
class KindAssumption:
    """Of one kind of clients: elasticity of profit by hours, least and most hours a month of one client.

    Raises BadInput out_of_range, bounds_out_of_order.
    """

    kind: str
    elasticity: float
    least: float
    most: float

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput("not_a_choice", name="kind", value=str(self.kind), allowed=KINDS)
        low, high = ELASTICITY_BOUNDS
        check_number("elasticity", self.elasticity, low, high)
        check_number("least", self.least, 0.0, HOURS_MOST)
        check_number("most", self.most, 0.0, HOURS_MOST)
        if self.least > self.most:
            raise BadInput("bounds_out_of_order", kind=self.kind, low=self.least, high=self.most)


DEFAULT_KINDS = (
    KindAssumption("A", 0.2, 1.0, 12.0),
    KindAssumption("B", 0.3, 0.25, 4.0),
    KindAssumption("C", 0.1, 0.0, 1.0),
    KindAssumption("late", 0.2, 1.0, 12.0),  # as A
    KindAssumption("service_drain", 0.1, 0.25, 4.0),  # hours as B, answer as C
    KindAssumption("loss_making", 0.1, 0.0, 1.0),  # as C
    KindAssumption("promising", 0.4, 0.75, 8.0),
    KindAssumption("new", 0.3, 0.25, 4.0),  # as B
)


@dataclass(frozen=True)
class Assumptions:
    """All assumptions of an hours plan. task: None is the task of the criteria.

    Raises BadInput out_of_range, not_a_choice.
    """

    kinds: tuple[KindAssumption, ...] = DEFAULT_KINDS
    change_limit: float | None = 0.5
    whole_contacts: bool = True
    task: str | None = None

    def __post_init__(self) -> None:
        names = tuple(one.kind for one in self.kinds)
        if names != KINDS:
            raise BadInput("not_a_choice", name="kinds", value=", ".join(names), allowed=KINDS)
        if self.change_limit is not None:
            check_number("change_limit", self.change_limit, 0.0, 10.0)
        if not isinstance(self.whole_contacts, bool):
            raise BadInput("not_a_choice", name="whole_contacts", value=str(self.whole_contacts), allowed=("true", "false"))
        if self.task is not None and self.task not in TASKS:
            raise BadInput("not_a_choice", name="task", value=str(self.task), allowed=TASKS)

    def __getitem__(self, kind: str) -> KindAssumption:
        """What is assumed of a kind; raises BadInput not_a_choice."""
        if kind not in KINDS:
            raise BadInput("not_a_choice", name="kind", value=kind, allowed=KINDS)
        return self.kinds[KINDS.index(kind)]

    def with_kind(self, one: KindAssumption) -> Assumptions:
        """The same assumptions with those of one kind in place of the old ones."""
        return replace(self, kinds=tuple(one if old.kind == one.kind else old for old in self.kinds))

    def to_json(self) -> str:
        """The assumptions as JSON text."""
        return assumptions_to_json(self)

    def kept_at(self, kind: str, share: float) -> float:
        """Share of its profit that a client of the kind keeps at a share of its hours: share ** elasticity."""
        return share ** self[kind].elasticity


def assumptions_to_json(assumptions: Assumptions) -> str:
    """The assumptions as JSON text; `assumptions_from_json` gives the same back."""
    content = asdict(assumptions)
    content["kinds"] = {values.pop("kind"): values for values in content["kinds"]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def assumptions_from_json(text: str | bytes) -> Assumptions:
    """Assumptions of a JSON text; what it leaves out keeps its default.

    Raises BadInput bad_json, unknown_setting and those of `Assumptions` and `KindAssumption`.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("bad_json", name="assumptions") from None
    settings = _named(content, tuple(item.name for item in fields(Assumptions)))
    made = Assumptions()
    of_kind = tuple(item.name for item in fields(KindAssumption) if item.name != "kind")
    for kind, values in _named(settings.pop("kinds", {}), KINDS).items():
        made = made.with_kind(replace(made[kind], **_named(values, of_kind)))
    return replace(made, **settings)


def _named(value: object, allowed: tuple[str, ...]) -> dict[str, Any]:
    return dict(named_values(value, allowed, of="assumptions"))
