"""The criteria of segments: every setting of METHOD §3, its bounds, the named presets and the JSON form.

A criteria object checks itself when made, is hashable and equal by value; its JSON form names only fields of this class,
and what a file leaves out keeps its default. `{"preset": "80/95", "guard_a": 0.3}` starts from a preset.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sbyt_core.errors import BadInput

MEASURES = ("auto", "net", "profit", "revenue")
METHODS = ("value", "count")  # class by share of value, or by count of clients
TASKS = ("profit", "growth", "relief")
GUARD_MODES = ("enforce", "advise", "off")
CHOICES = {"measure": MEASURES, "method": METHODS, "task": TASKS, "guards": GUARD_MODES}
# setting → lowest and highest allowed
BOUNDS: dict[str, tuple[float, float]] = {
    "cut_a": (0.01, 1.0),
    "cut_b": (0.01, 1.0),
    "count_a": (0.0, 1.0),
    "count_b": (0.0, 1.0),
    "min_active_share": (0.0, 1.0),
    "max_cv": (0.0, 10.0),
    "few_documents": (0, 1000),
    "one_document_share": (0.0, 1.0),
    "newcomer_months": (0, 24),
    "trouble_limit": (0.0, 1.0),
    "promise_growth": (-2.0, 2.0),
    "promise_quantile": (0.0, 1.0),
    "promise_potential": (0.0, 10.0),
    "guard_a": (0.0, 1.0),
    "guard_c": (0.0, 1.0),
    "late_ratio": (0.1, 100.0),
    "asleep_ratio": (0.1, 100.0),
    "lost_ratio": (0.1, 100.0),
}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


@dataclass(frozen=True)
class Criteria:
    """How clients are classed. Raises BadInput: out_of_range, not_a_choice, cuts_out_of_order."""

    measure: str = "auto"  # value of a client: net profit, else profit, else revenue
    method: str = "value"
    cut_a: float = 0.70  # share of the positive base accumulated before the client
    cut_b: float = 0.90
    count_a: float = 0.20  # by count: share of clients in A
    count_b: float = 0.50  # by count: share of clients in A and B together
    regularity: bool = True
    min_active_share: float = 0.5  # A less active than this …
    max_cv: float = 1.0  # … and more uneven than this goes to B
    few_documents: int = 2  # not A with so many documents or fewer goes to C
    one_document_share: float = 0.5  # not A with one document above this share of its sales goes to C; also state one_off
    newcomer_months: int = 3  # first purchase less than so many months before the end: new
    trouble: bool = False
    trouble_limit: float = 0.75  # trouble score from which a client steps one class down
    task: str = "profit"
    promise_growth: float = 0.2
    promise_quantile: float = 0.75  # of the value of peers
    promise_potential: float = 1.0  # potential in medians of the value of A
    guards: str = "enforce"
    guard_a: float = 0.25  # A at most this share of clients
    guard_c: float = 0.45  # C at least this share of clients
    late_ratio: float = 1.5  # days since the last purchase in usual gaps
    asleep_ratio: float = 3.0
    lost_ratio: float = 6.0
    aggregate_inside: bool = False  # whether collective clients are classed too

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise BadInput("not_a_choice", name=name, value=getattr(self, name), allowed=allowed)
        for name in ("regularity", "trouble", "aggregate_inside"):
            if not isinstance(getattr(self, name), bool):
                raise BadInput("not_a_choice", name=name, value=getattr(self, name), allowed=("true", "false"))
        for name, (low, high) in BOUNDS.items():
            value = getattr(self, name)
            whole = isinstance(low, int)
            if not _is_number(value) or not low <= value <= high or (whole and value != int(value)):
                raise BadInput("out_of_range", name=name, value=value, low=low, high=high)
            object.__setattr__(self, name, int(value) if whole else float(value))
        if self.cut_a > self.cut_b:
            raise BadInput("cuts_out_of_order", cut_a=self.cut_a, cut_b=self.cut_b)
        if self.count_a > self.count_b:
            raise BadInput("cuts_out_of_order", cut_a=self.count_a, cut_b=self.count_b)
        if not self.late_ratio <= self.asleep_ratio <= self.lost_ratio:
            raise BadInput("ratios_out_of_order", late=self.late_ratio, asleep=self.asleep_ratio, lost=self.lost_ratio)

    def with_(self, changes: dict[str, Any]) -> Criteria:
        """The same criteria with some settings changed. Raises BadInput: unknown_setting and those of the class."""
        unknown = sorted(set(changes) - set(SETTINGS))
        if unknown:
            raise BadInput("unknown_setting", name=unknown[0], allowed=SETTINGS)
        return replace(self, **changes)


SETTINGS = tuple(field.name for field in fields(Criteria))
# code → criteria; the words stand under preset.CODE
PRESETS: dict[str, Criteria] = {
    "70/90": Criteria(),
    "80/95": Criteria(cut_a=0.80, cut_b=0.95),
    "as_in_1c": Criteria(cut_a=0.80, cut_b=0.95, regularity=False, guards="off"),
    "20/30/50": Criteria(method="count"),
}


def criteria_to_json(criteria: Criteria) -> str:
    """Every setting as one JSON object; `criteria_from_json` gives the same criteria back."""
    return json.dumps(asdict(criteria), ensure_ascii=False, indent=2)


def criteria_from_json(text: str | bytes) -> Criteria:
    """Criteria from a JSON object of settings. Raises BadInput: bad_json, unknown_setting and those of `Criteria`."""
    try:
        settings = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("bad_json", name="criteria") from None
    if not isinstance(settings, dict):
        raise BadInput("bad_json", name="criteria")
    start = Criteria()
    preset = settings.pop("preset", None)
    if preset is not None:
        if not isinstance(preset, str) or preset not in PRESETS:
            raise BadInput("not_a_choice", name="preset", value=preset, allowed=tuple(PRESETS))
        start = PRESETS[preset]
    return start.with_(settings)
