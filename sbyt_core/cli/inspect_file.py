"""`inspect FILE`: what a file of sales holds, what was left out and why, and what must be asked."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from sbyt_core.cli.costed import read_facts, read_rates
from sbyt_core.cli.files import add_file_options, read_file
from sbyt_core.errors import Problem
from sbyt_core.sales.model import Question, SalesData
from sbyt_core.sales.speak import choice_text, problem_text
from sbyt_core.texts import Speech


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_file_options(parser)


def run(args: argparse.Namespace) -> dict[str, object]:
    """The object of `inspect --json`; figures of the whole file, money rounded to kopecks."""
    read_rates(args.rates)  # only checked here: costs need the clients of a period
    sales = read_file(args)
    read_facts(args.facts, sales)
    return summary(sales)


def summary(sales: SalesData) -> dict[str, object]:
    """What `inspect` says of sales already read."""
    report = sales.report
    days = sales.lines["date"].dropna()
    if days.empty or "monthly_granularity" in report.warnings:
        start, end = (sales.period.start, sales.period.end) if sales.period else (None, None)
    else:
        start, end = days.min().date(), days.max().date()
    control = report.control_total
    return {
        "rows": len(sales.lines),
        "n_clients": sales.n_clients,
        "revenue": _money(sales.revenue),
        "profit": _money(sales.profit),
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "sheet": report.sheet,
        "header_row": report.header_row,
        "columns": dict(report.columns),
        "skipped": dict(report.skipped),
        "control_total": None if control is None else {"revenue": _money(control.revenue), "difference": _money(control.difference)},
        "warnings": list(report.warnings),
        "questions": [question.code for question in report.open_questions],
        "answers": {question.code: _choices(question) for question in report.questions},
        "format": report.format,
        "rows_read": report.rows_read,
        "period_stated": [sales.period.start.isoformat(), sales.period.end.isoformat()] if sales.period else None,
        "problems": [
            {"severity": p.severity, "code": p.code, "sheet": p.sheet, "row": p.row, "column": p.column, "value": p.value, "count": p.count}
            for p in report.problems
        ],
    }


def show(found: Mapping[str, object], say: Speech) -> str:
    """The same for people, in their language."""
    lines = [
        say("inspect.rows", n=found["rows"], clients=found["n_clients"]),
        say("inspect.revenue", revenue=say.num(found["revenue"], 2), profit=say.num(found["profit"], 2)),  # type: ignore[arg-type]
        say("inspect.period", start=_day(found["period_start"]), end=_day(found["period_end"])),
        say("inspect.sheet", sheet=found["sheet"], row=found["header_row"]),
    ]
    columns: Mapping[str, str] = found["columns"]  # type: ignore[assignment]
    lines += [f"  {say(f'role.{role}')}: {header}" for role, header in columns.items()]
    skipped: Mapping[str, int] = found["skipped"]  # type: ignore[assignment]
    if skipped:
        lines.append(say("inspect.skipped"))
    lines += [f"  {say(f'skipped.{reason}')}: {rows}" for reason, rows in skipped.items()]
    problems: list[dict] = found["problems"]  # type: ignore[assignment]
    lines += ["! " + problem_text(say, Problem(**problem)) for problem in problems]
    for code in found["questions"]:  # type: ignore[attr-defined]
        lines.append(f"? {say(f'question.{code}')}")
        for choice in found["answers"][code]:  # type: ignore[index]
            mark = "*" if choice["best"] else " "
            name = choice_text(say, choice["choice"])
            lines.append(f"  {mark} --answer {code}={choice['choice']}: {name}; {say.num(choice['revenue'], 2)}")
    return "\n".join(lines)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def _choices(question: Question) -> list[dict[str, object]]:
    return [
        {
            "choice": choice.code,
            "best": choice.code == question.best,
            "chosen": choice.code == question.chosen,
            "rows": choice.rows,
            "n_clients": choice.n_clients,
            "revenue": choice.revenue,
            "profit": choice.profit,
            "period_start": choice.period_start,
            "period_end": choice.period_end,
        }
        for choice in question.choices
    ]


def _money(value: float | None) -> float | None:
    return None if value is None else round(value, 2) + 0.0
