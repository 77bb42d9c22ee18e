"""Results: did sales rise with the same people, and how well is it known (METHOD §7)."""

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
    "Rollout",
    "Settings",
]
