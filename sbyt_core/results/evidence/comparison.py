"""From a panel to the comparison of L3: which units and how many months before, and whether every month has a logarithm.

Before = the last 12·k whole months before the first start, k ≤ 3 the largest that all units have; a unit with less than 12 is left
out, and so is one that started before the panel. A month with nothing or less has no logarithm: then quarters are compared, counted
from the first start in both directions. A unit that has such a quarter too is left out when the others suffice; else there is no L3.
Who was left out is told.
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
    left_out: units that started and have too short a history; gone: units of either side without sales in a whole quarter.
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
        made = _in_steps(part, own, left_out, gone, 1) or _in_steps(part, own, left_out, gone, QUARTER)
        if made is not None:
            return made, None
        empty = _without_quarters(part, own)
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


def _in_steps(panel: Panel, starts: Starts, left_out: tuple[str, ...], gone: tuple[str, ...], step: int) -> Comparison | None:
    """The comparison in months or quarters; None where a step has no logarithm or the starts do not fall on quarters."""
    n_months = len(panel.months)
    first = _first_start(starts, n_months)
    if first is None:
        return None
    years = min(YEARS_BEFORE, int((first - panel.first.max()) // YEAR))
    if years < 1:
        return None
    begun, worked, offset = starts.begun, starts.worked, 0
    if step > 1:
        if ((begun[begun < n_months] - first) % step).any() or (worked[worked < n_months] != begun[worked < n_months]).any():
            return None
        offset = first % step
        begun = np.where(begun < n_months, (begun - offset) // step, NEVER)
        worked = np.where(worked < n_months, (worked - offset) // step, NEVER)
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
        left_out=left_out,
        gone=gone,
    )


def _steps(values: Floats, offset: int, step: int) -> Floats:
    """Sums over whole steps from the offset on."""
    if step == 1:
        return values
    whole = (len(values) - offset) // step * step
    return values[offset : offset + whole].reshape(-1, step, values.shape[1]).sum(axis=1)


def _logs(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))


def _without_quarters(panel: Panel, starts: Starts) -> Floats:
    """Units with a quarter of nothing or less in the year before the first start or since."""
    first = _first_start(starts, len(panel.months)) or 0
    used = panel.values[max(first - YEAR, 0) :]
    whole = len(used) // QUARTER * QUARTER
    quarters = used[:whole].reshape(-1, QUARTER, used.shape[1]).sum(axis=1)
    tail = used[whole:]
    empty = (~(quarters > 0)).any(axis=0)
    return empty | ((~(tail > 0)).all(axis=0) if len(tail) else False)
