"""What the evidence of a rollout is made of: when units started, what is asked, and what is known of the effect.

A unit is who starts to work by the card: a manager or a branch. An effect is a fraction of sales (.12 is +12 %); money is in
the currency of the file. What is not known is None, never 0. Everything is codes and figures; the words stand in texts/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date

from sbyt_core.errors import BadInput
from sbyt_core.sales.period import Period

# the ladder: before/after, the same months a year before, that less the year before it, units against units not yet started,
# interrupted series, synthetic control; L6 (placebos) are checks of any rung
RUNGS = ("L0", "L1", "L2", "L3", "L4", "L5")
VERDICTS = ("confirmed", "indicated", "not_shown", "unknown")
UNITS = ("manager", "branch")
MEASURES = ("revenue", "profit", "net")
ASSIGNED = ("random", "chosen")
RESOURCES = ("same", "changed")
TARGET = 0.10  # share of sales: an effect that is worth the work, until the user says another

Fact = float | int | str | date | None


@dataclass(frozen=True, order=True)
class Rollout:
    """From which day a unit works by the card, and by which version of it."""

    unit: str
    date: date
    card_version: str | None = None


@dataclass(frozen=True)
class Settings:
    """What is asked and what the user knows beside the lines. Raises BadInput: not_a_choice, out_of_range.

    assigned: how it was decided who starts first; resources: whether people, hours and pay stayed as they were; None: not said.
    target: the effect that should be seen, a fraction of sales.
    """

    units: str = "manager"
    measure: str = "revenue"
    assigned: str | None = None
    resources: str | None = None
    target: float = TARGET

    def __post_init__(self) -> None:
        for name, allowed, free in (
            ("units", UNITS, False),
            ("measure", MEASURES, False),
            ("assigned", ASSIGNED, True),
            ("resources", RESOURCES, True),
        ):
            value = getattr(self, name)
            if not (value in allowed or (free and value is None)):
                raise BadInput("not_a_choice", name=name, value=value, allowed=allowed)
        if not 0 < self.target <= 1:
            raise BadInput("out_of_range", name="target", value=self.target, low=0.01, high=1)

    def to_value(self) -> dict[str, object]:
        """The settings as a JSON object; `from_value` gives the same back."""
        return asdict(self)

    @classmethod
    def from_value(cls, value: object) -> Settings:
        """The settings of a parsed JSON object; what it leaves out keeps its default. Raises BadInput bad_json and those of the class."""
        if not isinstance(value, dict) or set(value) - {item.name for item in fields(cls)}:
            raise BadInput("bad_json", name="evidence")
        if not isinstance(value.get("target", TARGET), (int, float)):
            raise BadInput("bad_json", name="evidence")
        return cls(**value)


@dataclass(frozen=True)
class Check:
    """One doubt that was tried: True it is cleared, False it stands, None it cannot be tried or was not said."""

    code: str
    passed: bool | None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """What one rung gives. effect, low, high: fractions, the interval of 95 %; reasons: why it is not the one that counts.

    low and high are None where the rung has no interval; everything is None where the rung cannot be computed at all.
    """

    rung: str
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    reasons: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Advice:
    """What would make it known: a code and its figures (units an arm, months since the start …)."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Effect:
    """What is known of the effect of a rollout, how well, and what would make it known.

    rung: the highest that the data allow; effect, low, high: its estimate (None: cannot be told); money: the same in the
    currency of the file over the months after, of the units that started. smallest_visible: the effect that these units and
    months would have shown with 80 % power. reasons: codes, the verdict's first. ladder: every rung, from L0 up, with its own estimate
    and, where it is not the one that counts, why. facts: figures for the sentence (p, df, se, months_before, months_after …).
    """

    rung: str
    verdict: str
    effect: float | None
    low: float | None
    high: float | None
    money: float | None
    money_low: float | None
    money_high: float | None
    units_treated: int
    units_control: int
    smallest_visible: float | None
    checks: tuple[Check, ...]
    reasons: tuple[str, ...]
    settings: Settings
    before: Period
    after: Period
    ladder: tuple[Estimate, ...] = ()
    advice: tuple[Advice, ...] = ()
    treated: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def check(self, code: str) -> Check | None:
        """The check of this code; None where it does not belong to the rung."""
        return next((check for check in self.checks if check.code == code), None)

    def estimate(self, rung: str) -> Estimate | None:
        """What a rung of the ladder gives by itself."""
        return next((estimate for estimate in self.ladder if estimate.rung == rung), None)
