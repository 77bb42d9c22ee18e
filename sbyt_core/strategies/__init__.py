"""Strategies of the segments: what a client of each kind gets, the hours that it asks for, and where the team's hours go (METHOD §5)."""

from sbyt_core.strategies.allocate import allocate_hours
from sbyt_core.strategies.answers import Answers
from sbyt_core.strategies.assumptions import Assumptions, KindAssumption, assumptions_from_json, assumptions_to_json
from sbyt_core.strategies.book import DEFAULTS, StrategyBook, kind_of
from sbyt_core.strategies.calls import call_list, passes
from sbyt_core.strategies.capacity import Capacity, Fit, capacity, make_it_fit
from sbyt_core.strategies.headroom import headroom, headroom_of_plan
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.strategies.standard import CHANNELS, KINDS, LIMITS, ServiceStandard, Terms
from sbyt_core.strategies.team import Manager, Team, team_from_json, team_to_json
from sbyt_core.strategies.words import WrittenStandard, written
from sbyt_core.strategies.workload import Workload, kinds_of, workload

__all__ = [
    "CHANNELS",
    "DEFAULTS",
    "KINDS",
    "LIMITS",
    "Answers",
    "Assumptions",
    "Capacity",
    "Fit",
    "HoursPlan",
    "KindAssumption",
    "Manager",
    "ServiceStandard",
    "StrategyBook",
    "Team",
    "Terms",
    "Workload",
    "WrittenStandard",
    "allocate_hours",
    "assumptions_from_json",
    "assumptions_to_json",
    "call_list",
    "capacity",
    "headroom",
    "headroom_of_plan",
    "kind_of",
    "kinds_of",
    "make_it_fit",
    "passes",
    "team_from_json",
    "team_to_json",
    "workload",
    "written",
]
