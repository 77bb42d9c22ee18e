"""From a panel to the comparison of L3: which units and how many months before, and whether every month has a logarithm.

Before = the last 12·k whole months before the first start, k ≤ 3 the largest that all units have; a unit with less than 12 is left
out, and so is one that started before the panel. A month with nothing or less has no logarithm: then quarters are compared, counted
from the first start in both directions. A quarter of nothing more than a year before the start is a year that the unit does not have:
k shrinks, nobody is lost. A unit with such a quarter in the last year or since (such a month, where the starts do not fall on
quarters) is left out when the others suffice; else there is no L3. Who was left out or made the window shorter is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sbyt_core.results.evidence.contrast import Contrast, Window, contrast
from sbyt_core.results.panel import Floats, Panel
from sbyt_core.results.starts import NEVER, Starts

YEAR = 12
YEARS_BEFORE = 3  # at most: what was longer ago says little of now
ARM = 4  # units: with fewer only the direction can be told
QUARTER = 3


@dataclass(frozen=True, eq=False)
class Comparison:
    """Logs ready for contrasts, in steps of one month or a quarter.

    panel, starts: of the units compared, in months; logs, step_starts: in steps; step: months of one; before: steps before the start;
    left_out: units that started and have too short a history; gone: units of either side without sales in a whole quarter;
    shortened: units whose earlier quarter of nothing made the window shorter.
    """

    panel: Panel
    starts: Starts
    logs: Floats
    step_starts: Starts
    step: int
    offset: int  # months before the first whole step
    before: int
    least_control: int
    left_out: tuple[str, ...]
    gone: tuple[str, ...]
    shortened: tuple[str, ...] = ()

    @property
    def months_before(self) -> int:
        """Months of the window before."""
        return self.before * self.step

    def contrast(self) -> Contrast | None:
        """The comparison itself: after the start against the months before it."""
        return contrast(self.logs, self.step_starts, Window(self.before), least_control=self.least_control)

    def placebo(self, after: int, before: int, until: int) -> Contrast | None:
        """As if the start had been earlier: the `after` months before it against `before` months that end `until` months before it."""
        step = self.step
        window = Window(before // step, -until // step, after // step, -after // step)
        return contrast(self.logs, self.step_starts, window, least_control=self.least_control)

    def with_values(self, values: Floats) -> Comparison:
        """The same units and months with other money; a step of nothing or less becomes missing."""
        return replace(self, logs=_logs(_steps(values, self.offset, self.step)))

    def contrast_without(self, column: int) -> Contrast | None:
        """The comparison without one unit."""
        keep = np.delete(np.arange(self.logs.shape[1]), column)
        return contrast(self.logs[:, keep], self.step_starts.of_units(keep), Window(self.before), least_control=self.least_control)


def compare(panel: Panel, starts: Starts) -> tuple[Comparison | None, str | None]:
    """The comparison that the panel allows, or None and why not.

    Reasons: `no_control`, `one_unit`, `short_history`, `not_positive`.
    """
    n_months = len(panel.months)
    takes_part = (starts.begun > 0) | (starts.worked >= n_months)
    first = _first_start(starts, n_months)
    if first is None:
        return None, "short_history"
    enough = panel.first + YEAR <= first
    left_out = tuple(panel.units[c] for c in np.flatnonzero((starts.worked < n_months) & ~(takes_part & enough)))
    columns = np.flatnonzero(takes_part & enough)
    reason = _too_few(starts.of_units(columns), n_months)
    if reason:
        everyone = _too_few(starts.of_units(np.flatnonzero(takes_part)), n_months)
        return None, everyone or "short_history"
    gone: tuple[str, ...] = ()
    for _ in range(2):
        part, own = panel.of_units(columns), starts.of_units(columns)
        made = _longest(part, own)
        if made is not None:
            return replace(made, left_out=left_out, gone=gone), None
        empty = _empty(part, own, max(_first(own) - YEAR, 0), n_months)
        if not empty.any():
            break
        kept = columns[~empty]
        if _too_few(starts.of_units(kept), n_months):
            break
        gone, columns = gone + tuple(part.units[c] for c in np.flatnonzero(empty)), kept
    return None, "not_positive"


def _first_start(starts: Starts, n_months: int) -> int | None:
    started = starts.begun[(starts.begun > 0) & (starts.worked < n_months)]
    return int(started.min()) if len(started) else None


def _too_few(starts: Starts, n_months: int) -> str | None:
    treated = int(((starts.begun > 0) & (starts.worked < n_months)).sum())
    first = _first_start(starts, n_months)
    if first is None:
        return "short_history"
    waiting = int((starts.begun > first).sum())
    if waiting == 0:
        return "no_control"
    return "one_unit" if treated == 1 or waiting == 1 else None


def _longest(panel: Panel, starts: Starts) -> Comparison | None:
    """The comparison over the most years that all units have, in months rather than quarters; None where no year has its logarithms."""
    first = _first(starts)
    most = min(YEARS_BEFORE, int((first - panel.first.max()) // YEAR))
    for years in range(most, 0, -1):
        made = _in_steps(panel, starts, 1, years) or _in_steps(panel, starts, QUARTER, years)
        if made is not None:
            empty = _empty(panel, starts, first - most * YEAR, first - years * YEAR)
            return replace(made, shortened=tuple(panel.units[c] for c in np.flatnonzero(empty)))
    return None


def _in_steps(panel: Panel, starts: Starts, step: int, years: int) -> Comparison | None:
    """The comparison in months or quarters; None where a step has no logarithm or the starts do not fall on quarters."""
    begun, worked, offset = starts.begun, starts.worked, 0
    if step > 1:
        if not _on_quarters(starts, len(panel.months)):
            return None
        offset = _first(starts) % step
        begun, worked = (np.where(rows < len(panel.months), (rows - offset) // step, NEVER) for rows in (begun, worked))
    values, step_starts = _steps(panel.values, offset, step), Starts(begun, worked)
    used = values[int(begun.min()) - years * YEAR // step :]
    if len(values) <= begun.min() or not (used > 0).all():
        return None
    waiting = [int((begun > t).sum()) for t in range(int(begun.min()), len(values))]
    return Comparison(
        panel=panel,
        starts=starts,
        logs=_logs(values),
        step_starts=step_starts,
        step=step,
        offset=offset,
        before=years * YEAR // step,
        least_control=ARM if max(waiting) >= ARM else 1,
        left_out=(),
        gone=(),
    )


def _first(starts: Starts) -> int:
    """Row of the first start of units that can be compared."""
    return int(starts.begun.min())


def _on_quarters(starts: Starts, n_months: int) -> bool:
    """Whether all starts lie whole quarters apart, each on the first day of a month."""
    begun, worked = starts.begun[starts.begun < n_months], starts.worked < n_months
    return not ((begun - begun.min()) % QUARTER).any() and bool((starts.worked[worked] == starts.begun[worked]).all())


def _steps(values: Floats, offset: int, step: int) -> Floats:
    """Sums over whole steps from the offset on."""
    if step == 1:
        return values
    whole = (len(values) - offset) // step * step
    return values[offset : offset + whole].reshape(-1, step, values.shape[1]).sum(axis=1)


def _logs(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))


def _empty(panel: Panel, starts: Starts, start: int, stop: int) -> Floats:
    """Units with a quarter of nothing or less in these rows; with such a month where the starts do not fall on quarters."""
    step = QUARTER if _on_quarters(starts, len(panel.months)) else 1
    return np.asarray((~(_steps(panel.values[start:stop], 0, step) > 0)).any(axis=0))
