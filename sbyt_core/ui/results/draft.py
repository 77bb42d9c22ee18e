"""What people say on the results page: the measure, constant prices, and hours, people and pay before and now. Kept with the company."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sbyt_core.errors import BadInput
from sbyt_core.results.kpis import NOTHING, RESOURCES_KPIS, Beside
from sbyt_core.results.model import MEASURES
from sbyt_core.results.sources.prices import Prices
from sbyt_core.ui import drafts
from sbyt_core.ui.page import Page

KIND = "results"  # document of the store
LARGEST = 1e12  # of a figure: more is a slip of the pen


@dataclass(frozen=True)
class ResultsDraft:
    """measure: one of MEASURES; prices: None is nominal; before, now: hours and payroll a month, headcount."""

    measure: str = MEASURES[0]
    prices: Prices | None = None
    before: Beside = NOTHING
    now: Beside = NOTHING

    @property
    def beside(self) -> tuple[Beside, Beside]:
        """Known of the window before and of the one after."""
        return self.before, self.now

    def to_value(self) -> dict[str, object]:
        """The draft as JSON values."""
        prices: dict[str, object] | None = None
        if self.prices is not None:
            prices = {"rate": self.prices.rate, "levels": {day.isoformat(): level for day, level in self.prices.levels}}
        sides = {
            name: {code: getattr(side, code) for code in RESOURCES_KPIS} for name, side in (("before", self.before), ("now", self.now))
        }
        return {"measure": self.measure, "prices": prices, **sides}


def load(page: Page) -> ResultsDraft:
    """The draft of the open company."""
    return drafts.load(page, KIND, draft_of)


def change(page: Page, **settings: object) -> None:
    """Change the draft and keep it."""
    drafts.save(page, KIND, draft_of, lambda draft: replace(draft, **settings))  # type: ignore[arg-type]


def draft_of(value: object) -> ResultsDraft:
    """The draft of a parsed document; None: of nothing kept yet. Raises BadInput bad_json and those of `Prices`."""
    if value is None:
        return ResultsDraft()
    try:
        given: Mapping = value  # type: ignore[assignment]
        measure = given.get("measure", MEASURES[0])
        if measure not in MEASURES:
            raise BadInput("not_a_choice", name="measure", value=measure, allowed=MEASURES)
        return ResultsDraft(measure, _prices(given.get("prices")), _side(given.get("before")), _side(given.get("now")))
    except (AttributeError, TypeError, KeyError):
        raise BadInput("bad_json", name=KIND) from None


def _prices(given: Mapping | None) -> Prices | None:
    if not given:
        return None
    try:
        levels = {date.fromisoformat(day): float(level) for day, level in (given.get("levels") or {}).items()}
    except ValueError:
        raise BadInput("bad_json", name="prices") from None
    return Prices.of_levels(levels) if levels else Prices(rate=given["rate"])


def _side(given: Mapping | None) -> Beside:
    figures = {code: (given or {}).get(code) for code in RESOURCES_KPIS}
    for code, figure in figures.items():
        if figure is not None and not (math.isfinite(figure) and 0 <= figure <= LARGEST):
            raise BadInput("out_of_range", name=code, value=figure, low=0, high=LARGEST)
    return Beside(**figures)
