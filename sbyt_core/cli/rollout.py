"""What a command takes to know of a rollout: who started when, how units were chosen, what is measured; and the evidence from it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sbyt_core.cli.costed import read_rates
from sbyt_core.errors import BadInput
from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.model import ASSIGNED, MEASURES, RESOURCES, TARGET, UNITS, Effect, Rollout, Settings
from sbyt_core.results.panel import Panel, unit_panel
from sbyt_core.results.rollouts import rollouts_of
from sbyt_core.results.sources.line_cost import line_cost
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.formats.encoding import decoded
from sbyt_core.sales.model import SalesData


def add_rollout_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Declare them; required: whether a rollout must be given."""
    parser.add_argument("--rollout", required=required, metavar="DATE|@WAVES.CSV", help="day of the start, or @file with unit and date")
    parser.add_argument("--treated", metavar="A,B|@FILE", help="who started on that day, or @file with a name a line; all without it")
    parser.add_argument("--units", choices=UNITS, default=UNITS[0])
    parser.add_argument("--measure", choices=MEASURES, default=MEASURES[0])
    parser.add_argument("--assigned", choices=ASSIGNED, help="how it was decided who starts first")
    parser.add_argument("--resources", choices=RESOURCES, help="whether people, hours and pay stayed as they were")
    parser.add_argument("--target", type=float, default=TARGET, metavar="X", help="effect worth seeing, a fraction of sales")


def evidence(args: argparse.Namespace, sales: SalesData, *, kept: bool | None = None) -> tuple[Effect, tuple[Rollout, ...]]:
    """The evidence that the options ask for, and the rollouts. Raises BadInput and BadFile.

    kept: whether hours, people and pay stayed by their figures, which hold over what --resources says.
    """
    resources = args.resources if kept is None else "same" if kept else "changed"
    settings = Settings(args.units, args.measure, args.assigned, resources, args.target)
    cost = None
    rates = read_rates(args.rates)
    if settings.measure == "net" and rates is not None:
        cost = line_cost(sales, rates)
    panel = unit_panel(sales, settings, cost=cost)
    started = rollouts(args.rollout, args.treated, panel)
    return effect_on(panel, started, settings), started


def rollouts(start: str, treated: str | None, panel: Panel) -> tuple[Rollout, ...]:
    """Who started when: of one day, or of a file of waves."""
    if start.startswith("@"):
        if treated is not None:
            raise BadInput(
                "bad_command", message="--rollout @WAVES.CSV --treated", usage="--rollout DATE --treated A,B | --rollout @WAVES.CSV"
            )
        return rollouts_of(reading_service().read_table(_bytes(start[1:])))
    try:
        day = date.fromisoformat(start)
    except ValueError:
        raise BadInput("not_a_choice", name="--rollout", value=start, allowed=["YYYY-MM-DD", "@waves.csv"]) from None
    units: Sequence[str] = panel.units if treated is None else _names(treated)
    return tuple(Rollout(unit, day) for unit in dict.fromkeys(units))


def _names(given: str) -> list[str]:
    texts = decoded(_bytes(given[1:]))[0].splitlines() if given.startswith("@") else given.split(",")
    return [name for text in texts if (name := " ".join(text.split()))]


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise BadInput("file_not_found", path=path) from None
