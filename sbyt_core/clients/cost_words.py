"""Words for what costs and facts have to say: problems with the names of their drivers, unused time, and why a row has no client."""

from __future__ import annotations

from dataclasses import replace

from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.rates import DRIVERS
from sbyt_core.errors import Problem
from sbyt_core.sales.speak import problem_hint, problem_text
from sbyt_core.texts import Speech


def cost_problem(say: Speech, problem: Problem) -> str:
    """The sentence of a problem of costs or facts, and how to mend it."""
    return " ".join(cost_problem_parts(say, problem))


def cost_problem_parts(say: Speech, problem: Problem) -> tuple[str, str]:
    """The sentence of a problem of costs or facts; how to mend it."""
    if problem.column in DRIVERS:
        problem = replace(problem, column=say(f"driver.{problem.column}"))
    if problem.code == "norms_above_time" and problem.value:
        problem = replace(problem, value=say.percent(float(problem.value)))
    return problem_text(say, problem), problem_hint(say, problem)


def unused_time(say: Speech, cost: CostToServe, currency: str) -> str:
    """What the time without counted events costs, which is nobody's; nothing without norms, or where they ask for more than there is."""
    used = cost.used()
    if used is None or used.share > 1:
        return ""
    figures = {"used": say.money(used.cost, currency), "unused": say.money(used.unused_cost, currency)}
    return say("cost.unused", share=say.percent(used.share, 1), **figures)


def why_unmatched(say: Speech, why: str, candidates: str) -> str:
    """Why a row of facts found no client."""
    return say(f"unmatched.{why}", candidates=candidates) if why == "ambiguous" else say(f"unmatched.{why}")
