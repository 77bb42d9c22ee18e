"""Results: did sales rise with the same people, and how well is it known (METHOD §7)."""

from sbyt_core.results.evidence.evidence import effect_on, measure_effect
from sbyt_core.results.model import (
    ASSIGNED,
    MEASURES,
    RESOURCES,
    RUNGS,
    TARGET,
    UNITS,
    VERDICTS,
    Advice,
    Check,
    Effect,
    Estimate,
    Rollout,
    Settings,
)
from sbyt_core.results.panel import Panel, unit_panel
from sbyt_core.results.power import Power, power
from sbyt_core.results.waves import Split, Wave, split_waves

__all__ = [
    "ASSIGNED",
    "MEASURES",
    "RESOURCES",
    "RUNGS",
    "TARGET",
    "UNITS",
    "VERDICTS",
    "Advice",
    "Check",
    "Effect",
    "Estimate",
    "Panel",
    "Power",
    "Rollout",
    "Settings",
    "Split",
    "Wave",
    "effect_on",
    "measure_effect",
    "power",
    "split_waves",
    "unit_panel",
]
