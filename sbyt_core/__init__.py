"""Systematic Sales: from a sales export to segments A, B and C, and how each of them is served by the same people.

The whole product in five lines:

    sales    = read_sales("sales.xlsx")                # a file of 1С, a CRM or Excel → sales lines
    clients  = client_table(sales)                     # lines → one row a client for the last 12 whole months
    segments = segment(clients, Criteria())            # rows → A, B, C, each with its reasons
    plan     = allocate_hours(segments, StrategyBook.default(), team)  # the same people and hours, better spent
    Path("hours.xlsx").write_bytes(hours_workbook(plan, lang="ru"))

The names of `__all__` are the public ones. Each is imported when it is first asked for, so that importing one room of the
package never loads what the others need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sbyt_core.cards import Card, Step, check_card, diff_cards, norm_minutes
    from sbyt_core.clients import (
        ClientFacts,
        ClientTable,
        CostToServe,
        Rates,
        client_facts,
        client_table,
        cost_to_serve,
        default_period,
        rates_from_json,
    )
    from sbyt_core.errors import SbytError
    from sbyt_core.practice import Followed, LogReading, followed, read_log
    from sbyt_core.reports import hours_workbook, job_description_docx, owner_report, practice_workbook, segments_workbook
    from sbyt_core.results import Effect, Rollout, measure_effect
    from sbyt_core.results.outcome import Outcome, outcome
    from sbyt_core.results.sources.prices import Prices
    from sbyt_core.sales.model import SalesData
    from sbyt_core.sales.read import read_sales
    from sbyt_core.segments import Criteria, Segmentation, passport, segment
    from sbyt_core.strategies import Answers, Assumptions, HoursPlan, Manager, StrategyBook, Team, allocate_hours, team_from_json

__all__ = [
    "Answers",
    "Assumptions",
    "Card",
    "ClientFacts",
    "ClientTable",
    "CostToServe",
    "Criteria",
    "Effect",
    "Followed",
    "HoursPlan",
    "LogReading",
    "Manager",
    "Outcome",
    "Prices",
    "Rates",
    "Rollout",
    "SalesData",
    "SbytError",
    "Segmentation",
    "Step",
    "StrategyBook",
    "Team",
    "allocate_hours",
    "check_card",
    "client_facts",
    "client_table",
    "cost_to_serve",
    "default_period",
    "diff_cards",
    "followed",
    "hours_workbook",
    "job_description_docx",
    "measure_effect",
    "norm_minutes",
    "outcome",
    "owner_report",
    "passport",
    "practice_workbook",
    "rates_from_json",
    "read_log",
    "read_sales",
    "segment",
    "segments_workbook",
    "team_from_json",
]

# public name → the module that holds it
_HOMES = {
    "Answers": "strategies",
    "Assumptions": "strategies",
    "Card": "cards",
    "ClientFacts": "clients",
    "ClientTable": "clients",
    "CostToServe": "clients",
    "Criteria": "segments",
    "Effect": "results",
    "Followed": "practice",
    "HoursPlan": "strategies",
    "LogReading": "practice",
    "Manager": "strategies",
    "Outcome": "results.outcome",
    "Prices": "results.sources.prices",
    "Rates": "clients",
    "Rollout": "results",
    "SalesData": "sales.model",
    "SbytError": "errors",
    "Segmentation": "segments",
    "Step": "cards",
    "StrategyBook": "strategies",
    "Team": "strategies",
    "allocate_hours": "strategies",
    "check_card": "cards",
    "client_facts": "clients",
    "client_table": "clients",
    "cost_to_serve": "clients",
    "default_period": "clients",
    "diff_cards": "cards",
    "followed": "practice",
    "hours_workbook": "reports",
    "job_description_docx": "reports",
    "measure_effect": "results",
    "norm_minutes": "cards",
    "outcome": "results.outcome",
    "owner_report": "reports",
    "passport": "segments",
    "practice_workbook": "reports",
    "rates_from_json": "clients",
    "read_log": "practice",
    "read_sales": "sales.read",
    "segment": "segments",
    "segments_workbook": "reports",
    "team_from_json": "strategies",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
