"""Strategies of the segments: what a client of each kind gets, and the hours that this asks for (METHOD §5)."""

from sbyt_core.strategies.book import DEFAULTS, StrategyBook, kind_of
from sbyt_core.strategies.standard import CHANNELS, KINDS, LIMITS, ServiceStandard, Terms
from sbyt_core.strategies.words import WrittenStandard, written
from sbyt_core.strategies.workload import Workload, kinds_of, workload

__all__ = [
    "CHANNELS",
    "DEFAULTS",
    "KINDS",
    "LIMITS",
    "ServiceStandard",
    "StrategyBook",
    "Terms",
    "Workload",
    "WrittenStandard",
    "kind_of",
    "kinds_of",
    "workload",
    "written",
]
