"""Everything that is told of a rollout, in one object: the board, where the change came from, segments over time, and the evidence.

The page, the report for the owner and the command line show this object and nothing else, so their figures cannot differ. All money is
of the same prices: nominal, or those of the last month of the data. Net profit needs cost to serve; items know nothing of it, so their
waterfall is that of profit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from sbyt_core.results.facts import Facts, facts_of, within
from sbyt_core.results.kpis import GROUPS, NOTHING, WINDOWS, Beside, kpis, resources_kept
from sbyt_core.results.model import Effect
from sbyt_core.results.sources.decomposition import Decomposition, decompose
from sbyt_core.results.sources.drift import Classes, SegmentsOverTime, classes_by, segments_over_time
from sbyt_core.results.sources.price_volume import PriceVolume, price_volume
from sbyt_core.results.sources.prices import Prices
from sbyt_core.results.windows import YEAR, Windows, whole_period, windows
from sbyt_core.sales.identity.names import same_name
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period, add_months

MONTH_COLUMNS = ("month", "now", "year_before")
ARMS = ("treated", "control")


@dataclass(frozen=True, eq=False)
class Outcome:
    """The results of a rollout, or without one of this year against the last.

    measure: revenue, profit or net; board, by: see `kpis` (by segment, manager, branch, month); months: month, now, year_before of the
    money that charts show; arms: before, after, change of the units that started and of the others (index), where there is evidence;
    items, segments, effect: None where they cannot be told.
    """

    measure: str
    whole: Period
    windows: Windows
    prices: Prices | None
    board: pd.DataFrame
    by: Mapping[str, pd.DataFrame]
    months: pd.DataFrame
    decomposition: Decomposition
    items: PriceVolume | None
    segments: SegmentsOverTime | None
    effect: Effect | None
    beside: tuple[Beside, Beside]
    names: pd.Series  # of clients, as shown, by client key
    arms: pd.DataFrame | None = None

    @property
    def rung(self) -> str:
        """The rung of the ladder that stands on every picture: that of the evidence, else of the comparison itself."""
        if self.effect is not None:
            return self.effect.rung
        return "L1" if self.windows.basis == "year" else "L0"

    @property
    def resources_kept(self) -> bool | None:
        """Whether hours, people and pay stayed: as the evidence was told, else by the figures beside; None: not known."""
        said = self.effect.settings.resources if self.effect is not None else None
        kept = resources_kept(self.beside)
        return kept if kept is not None else None if said is None else said == "same"

    def unlisted(self, window: str) -> tuple[str, ...]:
        """Managers with sales in the window ("before" or "after") whom the list of people leaves out; nobody without a list."""
        people = self.beside[WINDOWS.index(window)].people
        if people is None:
            return ()
        known = {same_name(name) for name in people}
        rows = self.by["manager"]
        sold = rows.loc[(rows["code"] == "revenue") & (rows[window].fillna(0.0) != 0), "group"]
        return tuple(name for name in sold if same_name(name) not in known)

    def figure(self, code: str) -> pd.Series:
        """before, after and change of a figure of the board."""
        return self.board.set_index("code").loc[code, ["before", "after", "change"]]


def outcome(
    sales: SalesData,
    *,
    rollout: date | None = None,
    measure: str = "revenue",
    effect: Effect | None = None,
    classes: Classes | None = None,
    prices: Prices | None = None,
    beside: tuple[Beside, Beside] = (NOTHING, NOTHING),
    line_cost: pd.Series | None = None,
    source: Path | str | None = None,
    counted: Facts | None = None,
) -> Outcome:
    """The results of the rollout that began on this day; None: of the last year against the one before.

    effect: the evidence, worked out apart; classes: how a period's clients are classed (the default criteria); prices: constant prices;
    beside: what the lines do not tell, for the window before and after; line_cost: cost to serve of every line; source: the
    lines elsewhere, as in `client_table`; counted: the facts of these windows in the prices of each month, where they are at hand.
    Raises BadInput: no_dates, results_too_short, measure_not_known.
    """
    whole = whole_period(sales)
    chosen = windows(whole, rollout)
    facts = counted or facts_of(sales, chosen, line_cost=line_cost, source=source)
    if prices is not None:
        facts = facts.at_constant_prices(prices.factor(facts.months["month"], whole.end))
    broken_down = decompose(facts, measure)
    segments = segments_over_time(facts, whole, classes or classes_by(sales), measure)
    members = segments.members if segments is not None else None
    return Outcome(
        measure=measure,
        whole=whole,
        windows=chosen,
        prices=prices,
        board=kpis(facts, beside=beside),
        by={group: kpis(facts, by=group, classes=members) for group in GROUPS},
        months=by_month(facts, whole, measure),
        decomposition=broken_down,
        items=price_volume(facts, "revenue" if measure == "revenue" else "profit"),
        segments=segments,
        effect=effect,
        beside=beside,
        names=facts.names,
        arms=_arms(facts, effect, measure) if effect is not None else None,
    )


def by_month(facts: Facts, whole: Period, money: str) -> pd.DataFrame:
    """Money of the months from a year before the window after to the end, and of the same months a year before (missing: no data)."""
    sums = facts.months.groupby("month")[money].sum()
    start = max(whole.start, add_months(facts.windows.after.start, -YEAR))
    months = pd.date_range(start, whole.end, freq="MS")
    known = sums.reindex(pd.date_range(whole.start, whole.end, freq="MS")).fillna(0.0)
    earlier = known.reindex(months - pd.DateOffset(months=YEAR)).to_numpy()
    return pd.DataFrame({"month": months, "now": known.reindex(months).to_numpy(), "year_before": earlier})[list(MONTH_COLUMNS)]


def _arms(facts: Facts, effect: Effect, money: str) -> pd.DataFrame | None:
    unit = effect.settings.units
    rows = []
    for names in (effect.treated, effect.control):
        mine = facts.months[facts.months[unit].isin(names)]
        rows.append([float(mine.loc[within(mine, period), money].sum()) for period in (facts.windows.before, facts.windows.after)])
    frame = pd.DataFrame(rows, index=pd.Index(ARMS, name="arm"), columns=["before", "after"])
    frame["change"] = frame["after"] / frame["before"].where(frame["before"] > 0) - 1.0
    return frame if (frame["before"] > 0).any() else None
