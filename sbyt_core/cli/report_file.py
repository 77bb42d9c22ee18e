"""`report FILE --out X`: the report for the owner as slides, a document or a workbook; with a rollout its verdict stands in it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sbyt_core.cli.costed import read_rates
from sbyt_core.cli.files import add_file_options, answers_given, read_file
from sbyt_core.cli.rollout import add_rollout_options, evidence
from sbyt_core.cli.segment_file import money, read_criteria
from sbyt_core.errors import BadInput
from sbyt_core.reports.owner.chapters import owner_story
from sbyt_core.reports.owner.report import SHAPES, owner_report
from sbyt_core.results.findings import unlisted_text
from sbyt_core.results.kpis import NOTHING, WINDOWS, Beside, resources_kept
from sbyt_core.results.outcome import Outcome, outcome
from sbyt_core.results.sources.drift import classes_by
from sbyt_core.results.sources.line_cost import line_cost
from sbyt_core.results.sources.price_file import prices_of
from sbyt_core.results.sources.prices import Prices
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.read import require_answers
from sbyt_core.strategies.team import team_from_json
from sbyt_core.texts import Speech, speech


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_file_options(parser)
    add_rollout_options(parser, required=False)
    parser.add_argument("--criteria", metavar="CRITERIA.JSON", help="how clients are classed for the segments over time")
    parser.add_argument("--prices", metavar="X|@FILE", help="constant prices: their rise a year as a fraction, or @file of month and level")
    parser.add_argument("--team", metavar="TEAM.JSON", help="who sells now: hours, people and pay a month")
    parser.add_argument(
        "--team-before", metavar="TEAM.JSON", help="the same before the start; with --team it tells whether resources stayed"
    )
    parser.add_argument("--project", default="", metavar="NAME", help="printed in the head")
    parser.add_argument("--currency", default="RUB", metavar="CODE")
    parser.add_argument("--out", required=True, metavar="X.PPTX|DOCX|XLSX")


def run(args: argparse.Namespace) -> dict[str, object]:
    """The object of `report --json`: what the report says, in figures and sentences."""
    shape = Path(args.out).suffix.lower().lstrip(".")
    if shape not in SHAPES:
        raise BadInput("not_a_choice", name="--out", value=args.out, allowed=[f"*.{one}" for one in SHAPES])
    criteria, prices, rates = read_criteria(args.criteria), read_prices(args.prices), read_rates(args.rates)
    beside = (read_team(args.team_before), read_team(args.team))
    sales = read_file(args)
    require_answers(sales)
    effect, started = evidence(args, sales, kept=resources_kept(beside)) if args.rollout else (None, ())
    found = outcome(
        sales,
        rollout=min((one.date for one in started), default=None),
        measure=args.measure,
        effect=effect,
        classes=classes_by(sales, criteria),
        prices=prices,
        beside=beside,
        line_cost=None if rates is None else line_cost(sales, rates),
    )
    name = args.project or Path(args.file).stem
    made = owner_report(found, shape, lang=args.lang, project_name=name, made_at=datetime.now(), currency=args.currency)
    try:
        Path(args.out).write_bytes(made)
    except OSError:
        raise BadInput("folder_not_writable", path=args.out) from None
    story = owner_story(found, speech(args.lang), currency=args.currency, project_name=name)
    return {
        **summary(found),
        "out": args.out,
        "findings": [chapter.title for chapter in story.chapters],
        "questions": [q.code for q in sales.report.open_questions],
        "answers": answers_given(sales),
    }


def summary(found: Outcome) -> dict[str, object]:
    """What `report` says of an outcome: the windows, the change and where it came from."""
    effect, change = found.effect, found.decomposition
    before, after = found.windows.before, found.windows.after
    return {
        "measure": found.measure,
        "rung": found.rung,
        "verdict": effect.verdict if effect else None,
        "effect": effect.effect if effect else None,
        "low": effect.low if effect else None,
        "high": effect.high if effect else None,
        "before": {"start": before.start.isoformat(), "end": before.end.isoformat(), "value": money(change.before)},
        "after": {"start": after.start.isoformat(), "end": after.end.isoformat(), "value": money(change.after)},
        "basis": found.windows.basis,
        "resources_kept": found.resources_kept,
        "not_in_team": {window: list(found.unlisted(window)) for window in WINDOWS},
        "parts": [
            {"code": part.code, "amount": money(amount), "clients": part.clients}
            for part, amount in zip(change.parts, change.rounded(), strict=True)
        ],
    }


def show(found: Mapping[str, object], say: Speech) -> str:
    """The findings, and where the report is."""
    left_out: Mapping[str, list[str]] = found["not_in_team"]  # type: ignore[assignment]
    notes = [unlisted_text(say, window, names) for window, names in left_out.items() if names]
    return "\n".join([*found["findings"], *notes, say("cli.report.out", path=str(found["out"]))])  # type: ignore[misc]


def read_team(path: str | None) -> Beside:
    """Hours, people and pay a month of a team file; nothing without one. Raises BadInput file_not_found and those of the team."""
    if path is None:
        return NOTHING
    try:
        team = team_from_json(Path(path).read_bytes())
    except OSError:
        raise BadInput("file_not_found", path=path) from None
    if not team.managers:
        return NOTHING
    people = tuple(manager.name for manager in team.managers)
    return Beside(hours=team.hours, headcount=float(team.headcount), payroll=team.payroll, people=people)


def read_prices(given: str | None) -> Prices | None:
    """Constant prices of a rate or of a file. Raises BadInput and BadFile."""
    if given is None:
        return None
    if given.startswith("@"):
        try:
            content = Path(given[1:]).read_bytes()
        except OSError:
            raise BadInput("file_not_found", path=given[1:]) from None
        return prices_of(reading_service().read_table(content))
    try:
        return Prices(rate=float(given))
    except ValueError as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput("not_a_choice", name="--prices", value=given, allowed=["0.08", "@prices.csv"]) from None
