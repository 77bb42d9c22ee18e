"""Units by months: the table that every comparison looks at.

Each line counts for its own manager or branch, whoever serves the client today (METHOD §2). Only whole months, see `whole_period`.
A month in which a unit sold nothing is 0; months before its first line are missing, since the unit was not there. Lines that name no
unit are left out and their share is told. Returns count at their own date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.results.model import Settings
from sbyt_core.results.sources.prices import Prices
from sbyt_core.results.windows import whole_period
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period, add_months, month_end

Floats = np.ndarray


@dataclass(frozen=True, eq=False)
class Panel:
    """The measure by month (rows) and unit (columns), and the same by client inside.

    values: months × units, NaN before a unit's first line. A part is a client of a unit: `part_unit` its column, `part_client` its
    place in `clients` (names); `cell_part`, `cell_month`, `cell_value` are its months with sales, one entry each.
    outside: share of the measure's money on lines that name no unit.
    """

    units: tuple[str, ...]
    months: tuple[date, ...]  # first days, one after another
    values: Floats
    clients: Sequence[str]
    part_unit: Floats
    part_client: Floats
    cell_part: Floats
    cell_month: Floats
    cell_value: Floats
    outside: float = 0.0

    @cached_property
    def first(self) -> Floats:
        """Row of the first month of every unit."""
        return np.argmax(~np.isnan(self.values), axis=0)

    def period(self, start: int, stop: int) -> Period:
        """Days of the rows from `start` up to and without `stop`."""
        return Period(self.months[start], month_end(self.months[stop - 1]))

    def row(self, day: date) -> int:
        """Row of the month of a day; outside the panel below 0 or from its length."""
        first = self.months[0]
        return (day.year - first.year) * 12 + day.month - first.month

    def part_sums(self, rows: Sequence[int] | Floats) -> Floats:
        """Money of every part over some months."""
        wanted = np.zeros(len(self.months), dtype=bool)
        wanted[np.asarray(rows, dtype=int)] = True
        inside = wanted[self.cell_month]
        return np.bincount(self.cell_part[inside], self.cell_value[inside], minlength=len(self.part_unit))

    def of_units(self, columns: Floats) -> Panel:
        """The panel of some units alone."""
        columns = np.asarray(columns, dtype=int)
        place = np.full(len(self.units), -1)
        place[columns] = np.arange(len(columns))
        parts = place[self.part_unit] >= 0
        new_part = np.cumsum(parts) - 1
        cells = parts[self.cell_part]
        return replace(
            self,
            units=tuple(self.units[c] for c in columns),
            values=self.values[:, columns],
            part_unit=place[self.part_unit][parts],
            part_client=self.part_client[parts],
            cell_part=new_part[self.cell_part[cells]],
            cell_month=self.cell_month[cells],
            cell_value=self.cell_value[cells],
        )

    def without_client(self, client: int) -> Panel:
        """The panel as it would be without one client."""
        gone = self.part_client == client
        cells = gone[self.cell_part]
        values = self.values.copy()
        np.subtract.at(values, (self.cell_month[cells], self.part_unit[self.cell_part[cells]]), self.cell_value[cells])
        return replace(self, values=values, cell_value=np.where(cells, 0.0, self.cell_value))

    def at_prices(self, prices: Prices) -> Panel:
        """The panel as if the prices of its last month had held throughout."""
        factor = prices.factor(pd.DatetimeIndex(self.months), self.months[-1]).to_numpy()
        return replace(self, values=self.values * factor[:, None], cell_value=self.cell_value * factor[self.cell_month])


def unit_panel(sales: SalesData, settings: Settings, *, cost: pd.Series | None = None) -> Panel:
    """The panel of a measure by managers or branches.

    cost: cost to serve of every line in money, for the measure "net"; indexed as `sales.lines`.
    Raises BadInput: no_units, no_dates, results_too_short (under two whole months), measure_not_known.
    """
    money = _money(sales, settings.measure, cost)
    lines = sales.lines
    dated = lines["date"].notna() & money.notna()
    if not dated.any():
        raise BadInput("no_dates")
    whole = whole_period(sales)
    start, n_months = whole.start, whole.months
    days = lines["date"].to_numpy()[dated]
    row = days.astype("datetime64[M]").astype(int) - np.datetime64(start, "M").astype(int)
    inside = (row >= 0) & (row < n_months)
    row, kept = row[inside], lines[dated][inside]
    value = money.to_numpy()[dated][inside]

    unit, names = pd.factorize(kept[settings.units], sort=True)
    if not len(names):
        raise BadInput("no_units", units=settings.units)
    named = unit >= 0
    total = np.abs(value).sum()
    outside = float(np.abs(value[~named]).sum() / total) if total else 0.0
    row, unit, value, kept = row[named], unit[named], value[named], kept[named]

    values = np.zeros((n_months, len(names)))
    np.add.at(values, (row, unit), value)
    first = np.full(len(names), n_months)
    np.minimum.at(first, unit, row)
    values[np.arange(n_months)[:, None] < first] = np.nan

    client, clients = pd.factorize(kept["client_key"].where(~kept["aggregate"]), sort=True)
    names_of = kept.drop_duplicates("client_key", keep="last").set_index("client_key")["client"]
    known = client >= 0
    pair = unit[known].astype(np.int64) * max(len(clients), 1) + client[known]
    part, pairs = pd.factorize(pair, sort=True)
    cell, cells = pd.factorize(part.astype(np.int64) * n_months + row[known], sort=True)
    return Panel(
        units=tuple(map(str, names)),
        months=tuple(add_months(start, k) for k in range(n_months)),
        values=values,
        clients=names_of[list(clients)].fillna("").tolist() if len(clients) else [],
        part_unit=pairs // max(len(clients), 1),
        part_client=pairs % max(len(clients), 1),
        cell_part=cells // n_months,
        cell_month=cells % n_months,
        cell_value=np.bincount(cell, value[known], minlength=len(cells)),
        outside=outside,
    )


def _money(sales: SalesData, measure: str, cost: pd.Series | None) -> pd.Series:
    if measure == "revenue":
        return sales.lines["revenue"]
    if not sales.has_profit:
        raise BadInput("measure_not_known", measure=measure)
    if measure == "profit":
        return sales.lines["profit"]
    if cost is None:
        raise BadInput("measure_not_known", measure=measure)
    return sales.lines["profit"] - cost
