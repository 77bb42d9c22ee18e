"""`allocate FILE --team team.json`: the team's hours moved to where they bring most, the checks, and the workbook on demand."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from sbyt_core.cli.costed import costed_clients
from sbyt_core.cli.files import add_file_options, answers_given, read_file
from sbyt_core.cli.segment_file import money, read_criteria
from sbyt_core.errors import BadInput
from sbyt_core.reports.service.hours import hours_workbook
from sbyt_core.sales.read import require_answers
from sbyt_core.segments import MEASURES, segment
from sbyt_core.strategies import Assumptions, HoursPlan, StrategyBook, allocate_hours, assumptions_from_json, team_from_json
from sbyt_core.texts import Speech

DIGITS = 6  # of hours and contacts


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_file_options(parser)
    parser.add_argument("--team", metavar="TEAM.JSON", required=True, help="managers, their hours and pay")
    parser.add_argument("--criteria", metavar="CRITERIA.JSON", help="settings of the criteria; what it leaves out keeps its default")
    parser.add_argument("--measure", choices=[m for m in MEASURES if m != "auto"])
    parser.add_argument("--strategies", metavar="STRATEGIES.JSON", help="service standards; what it leaves out keeps its default")
    parser.add_argument("--assumptions", metavar="ASSUMPTIONS.JSON", help="elasticities and bounds; what it leaves out keeps its default")
    parser.add_argument("--out", metavar="X.XLSX", help="write the hours plan as a workbook")


def run(args: argparse.Namespace) -> dict[str, object]:
    """The object of `allocate --json`: hours and money of a month, money to kopecks."""
    team = team_from_json(_content(args.team))
    criteria = read_criteria(args.criteria)
    if args.measure:
        criteria = criteria.with_({"measure": args.measure})
    book = StrategyBook.from_json(_content(args.strategies).decode("utf-8", "replace")) if args.strategies else StrategyBook.default()
    settings = assumptions_from_json(_content(args.assumptions)) if args.assumptions else Assumptions()
    sales = read_file(args)
    require_answers(sales)
    costed = costed_clients(args, sales)
    plan = allocate_hours(segment(costed.clients, criteria), book, team, settings=settings, facts=costed.facts)
    if args.out:
        made = hours_workbook(plan, lang=args.lang, project_name=Path(args.file).stem, made_at=datetime.now())
        try:
            Path(args.out).write_bytes(made)
        except OSError:
            raise BadInput("folder_not_writable", path=args.out) from None
    questions = {"questions": [q.code for q in sales.report.open_questions], "answers": answers_given(sales)}
    return summary(plan) | questions


def summary(plan: HoursPlan) -> dict[str, object]:
    """What `allocate` says of a plan."""
    checks = {check.code: check for check in plan.checks}
    known = dict(plan.managers.iterrows())
    return {
        "measure": plan.measure,
        "task": plan.task,
        "pooled": plan.pooled,
        "hours_before": plan.hours_before,
        "hours_after": plan.hours_after,
        "headcount_before": int(checks["headcount"].before or 0),
        "headcount_after": int(checks["headcount"].after or 0),
        "payroll_before": money(checks["payroll"].before),
        "payroll_after": money(checks["payroll"].after),
        "checks": [{"code": check.code, "holds": check.holds} for check in plan.checks],
        "profit": money(plan.profit_before),
        "gain": {"low": money(plan.gain.low), "mid": money(plan.gain.mid), "high": money(plan.gain.high)},
        "lambda": {name: money(float(row["price"])) for name, row in known.items()},
        "reserve": {name: round(float(row["reserve"]), DIGITS) for name, row in known.items()},
        "segments": {
            code: {
                "clients": int(row["clients"]),
                "hours_before": round(float(row["hours_before"]), DIGITS),
                "hours_after": round(float(row["hours_after"]), DIGITS),
                "gain": money(float(row["gain"])),
            }
            for code, row in plan.segments.iterrows()
        },
        "rivals": [{"code": rival.name, "gain": money(rival.gain)} for rival in plan.rivals],
        "binding": [{"code": code, "clients": count} for code, count in plan.binding.items()],
        "flips": int(plan.clients["flips"].sum()),
        "clients": [_client(row) for row in plan.clients.to_dict("records")],
        "warnings": [problem.code for problem in plan.problems],
    }


def show(found: Mapping[str, object], say: Speech) -> str:
    """The same for people, in their language."""
    gain: Mapping[str, float] = found["gain"]  # type: ignore[assignment]
    reserve: Mapping[str, float] = found["reserve"]  # type: ignore[assignment]
    checks: Sequence[Mapping[str, object]] = found["checks"]  # type: ignore[assignment]
    before, after, kept = (say.num(value, 1) for value in (found["hours_before"], found["hours_after"], math.fsum(reserve.values())))  # type: ignore[arg-type]
    lines = [
        say("cli.allocate.hours", before=before, after=after, reserve=kept),
        say("cli.allocate.people", before=found["headcount_before"], after=found["headcount_after"]),
        _payroll(found, say),
        *(say("cli.allocate.broken", name=say(f"hours.check.{check['code']}")) for check in checks if check["holds"] is False),
        say(
            "cli.allocate.gain",
            **{name: say.num(value, 2) for name, value in gain.items()},
            measure=say(f"measure.{found['measure']}"),
        ),
    ]
    segments: Mapping[str, Mapping[str, float]] = found["segments"]  # type: ignore[assignment]
    for code, row in segments.items():
        figures = {"before": say.num(row["hours_before"], 1), "after": say.num(row["hours_after"], 1)}
        lines.append(say("cli.allocate.kind", name=say(f"segment.{code}"), **figures))
    return "\n".join(lines)


def _payroll(found: Mapping[str, object], say: Speech) -> str:
    before, after = found["payroll_before"], found["payroll_after"]
    name = say("hours.check.payroll")
    if before is None or after is None:
        return say("hours.check.unknown", name=name)
    return say("cli.allocate.payroll", before=say.num(before), after=say.num(after))  # type: ignore[arg-type]


def _client(row: Mapping[str, object]) -> dict[str, object]:
    texts = {name: None if pd.isna(row[name]) else row[name] for name in ("client", "client_code", "manager", "new_manager")}  # type: ignore[call-overload]
    return {
        "client": texts["client"],
        "code": texts["client_code"],
        "manager": texts["manager"],
        "new_manager": texts["new_manager"],
        "segment": row["segment"],
        "kind": row["kind"],
        "hours_before": round(float(row["hours_before"]), DIGITS),  # type: ignore[arg-type]
        "hours_after": round(float(row["hours_after"]), DIGITS),  # type: ignore[arg-type]
        "contacts_per_month": round(float(row["contacts_per_month"]), DIGITS),  # type: ignore[arg-type]
        "gain": money(row["gain"]),  # type: ignore[arg-type]
        "binding": row["binding"] or None,
    }


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise BadInput("file_not_found", path=path) from None
