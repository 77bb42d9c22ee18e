"""What would make it known: how many months or units, and what to arrange.

Months and units are found by the noise of the company's own history before the start, see `power`.
"""

from __future__ import annotations

from sbyt_core.errors import SbytError
from sbyt_core.results.model import Advice, Effect
from sbyt_core.results.panel import Panel
from sbyt_core.results.power import power
from sbyt_core.sales.period import add_months


def advice_for(effect: Effect, panel: Panel, begun: int) -> tuple[Advice, ...]:
    """What to do to know more; where it is confirmed, what only the user can add."""
    found: list[Advice] = []
    reasons = set(effect.reasons)
    target = effect.settings.target
    if reasons & {"too_wide", "few_units", "permutation", "one_unit"}:
        found += _more(effect, panel, begun, target)
        if effect.settings.units == "branch":
            found.append(Advice("by_managers"))
    if "no_control" in reasons:
        found.append(Advice("keep_some_waiting"))
    if reasons & {"short_history", "only_L0", "only_L1"} and "no_control" not in reasons:
        found.append(Advice("more_history", {"least": 24}))
    if effect.settings.assigned == "chosen":
        found.append(Advice("draw_lots"))
    elif effect.settings.assigned is None:
        found.append(Advice("say_assigned"))
    if effect.settings.resources is None:
        found.append(Advice("say_resources"))
    if "resources" in reasons:
        found.append(Advice("same_resources"))
    if reasons & {"placebo_6", "placebo_12", "placebo_date"}:
        found.append(Advice("look_at_the_difference_before"))
    if reasons & {"largest_client", "robust_sign"}:
        found.append(Advice("look_at_large_clients"))
    return tuple(found)


def _more(effect: Effect, panel: Panel, begun: int, target: float) -> list[Advice]:
    """Months with these units, and units with these months, that would show the target."""
    n_treated, n_control = effect.units_treated, effect.units_control
    after = int(effect.facts["months_after"] or 1)  # type: ignore[arg-type]
    try:
        known = power(panel, treated=n_treated, target=target, months=min(after, 12), until=begun)
    except SbytError:
        return [Advice("more_units", {"least": 4})] if min(n_treated, n_control) < 4 else []
    found = []
    if min(n_treated, n_control) < 4:
        found.append(Advice("more_units", {"least": 4}))
    months = next((row.months for row in known.rows if row.months > after and row.smallest <= target), None)
    if months is not None and min(n_treated, n_control) >= 4:
        until = add_months(effect.after.start, months)
        found.append(Advice("wait", {"months": months, "more": months - after, "target": target, "until": until}))
    if known.units_needed is not None and known.units_needed > min(n_treated, n_control):
        found.append(Advice("units", {"units": known.units_needed, "target": target, "months": min(after, 12)}))
    if months is None and known.units_needed is None and effect.smallest_visible is not None:
        found.append(Advice("larger_effect_only", {"smallest": effect.smallest_visible}))
    return found
