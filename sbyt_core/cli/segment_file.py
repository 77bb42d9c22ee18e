"""`segment FILE`: classes, states and guards of the last whole months, and the workbook on demand."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from sbyt_core.cli.costed import Costed, costed_clients
from sbyt_core.cli.files import add_file_options, answers_given, read_file
from sbyt_core.clients import ClientTable, Money
from sbyt_core.errors import BadInput
from sbyt_core.reports import segments_workbook
from sbyt_core.sales.read import require_answers
from sbyt_core.segments import MEASURES, Criteria, Segmentation, criteria_from_json, segment
from sbyt_core.segments.model import SEGMENTS
from sbyt_core.texts import Speech


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_file_options(parser)
    parser.add_argument("--criteria", metavar="CRITERIA.JSON", help="settings of the criteria; what it leaves out keeps its default")
    parser.add_argument("--measure", choices=[m for m in MEASURES if m != "auto"])
    parser.add_argument("--out", metavar="X.XLSX", help="write the segment list as a workbook")
    parser.add_argument("--clients", action="store_true", help="list every client with its reasons")


def run(args: argparse.Namespace) -> dict[str, object]:
    """The object of `segment --json`: money rounded to kopecks, shares as fractions of the classed clients."""
    criteria = read_criteria(args.criteria)
    if args.measure:
        criteria = criteria.with_({"measure": args.measure})
    sales = read_file(args)
    require_answers(sales)
    costed = costed_clients(args, sales)
    clients = costed.clients
    result = segment(clients, criteria)
    if args.out:
        made = segments_workbook(
            result,
            lang=args.lang,
            project_name=Path(args.file).stem,
            made_at=datetime.now(),
            report=sales.report,
            cost=costed.cost,
            client_facts=costed.facts,
        )
        try:
            Path(args.out).write_bytes(made)
        except OSError:
            raise BadInput("folder_not_writable", path=args.out) from None
    found = {
        **summary(clients, result),
        **_cost(costed),
        "questions": [q.code for q in sales.report.open_questions],
        "answers": answers_given(sales),
    }
    if args.clients:
        found["clients"] = [_client(result, row) for row in result.frame.to_dict("records")]
    return found


def read_criteria(path: str | None) -> Criteria:
    """Criteria of a JSON file; the defaults without one. Raises BadInput."""
    if path is None:
        return Criteria()
    try:
        return criteria_from_json(Path(path).read_bytes())
    except OSError:
        raise BadInput("file_not_found", path=path) from None


def summary(clients: ClientTable, result: Segmentation) -> dict[str, object]:
    """What `segment` says of a segmentation."""
    window, total = clients.period, clients.total
    return {
        "measure": result.measure,
        "period_start": window.start.isoformat() if window else None,
        "period_end": window.end.isoformat() if window else None,
        "revenue": money(total.revenue),
        "profit": money(total.profit),
        "segments": {code: _segment(result.summary.loc[code]) for code in SEGMENTS},
        **{name: _beside(part) for name, part in result.outside.items()},
        "states": dict(result.states),
        "guards": [
            {"code": guard.code, "limit": guard.limit, "value": guard.value, "holds": guard.holds, "moved": guard.moved}
            for guard in result.guards
        ],
        "warnings": list(dict.fromkeys(problem.code for problem in result.problems if problem.severity == "warning")),
    }


def show(found: Mapping[str, object], say: Speech) -> str:
    """The same for people, in their language."""
    lines = [say("cli.segment.measure", measure=say(f"measure.{found['measure']}"), start=found["period_start"], end=found["period_end"])]
    segments: Mapping[str, Mapping[str, object]] = found["segments"]  # type: ignore[assignment]
    for code, row in segments.items():
        lines.append(
            say(
                "cli.segment.row",
                name=say(f"segment.{code}"),
                n=row["clients"],
                share=say.percent(row["clients_share"]),  # type: ignore[arg-type]
                revenue=say.num(row["revenue"], 2),  # type: ignore[arg-type]
                profit=say.num(row["profit"], 2),  # type: ignore[arg-type]
            )
        )
    return "\n".join(lines)


def money(value: float | None) -> float | None:
    """Money to kopecks; None where missing."""
    return None if value is None or not math.isfinite(value) else round(value, 2) + 0.0


def _cost(costed: Costed) -> dict[str, object]:
    """Cost to serve by driver and the rows of facts without their client; both null where not asked for."""
    cost, facts = costed.cost, costed.facts
    return {
        "cost": None
        if cost is None
        else {
            "total": money(cost.total),
            "drivers": {driver: money(float(cost.by_driver[driver])) for driver in cost.rates.drivers},
            "not_counted": dict(cost.not_counted),
            "warnings": costed.warnings,
        },
        "facts": None
        if facts is None
        else {
            "rows": facts.rows,
            "matched": facts.matched,
            "unmatched": [
                {name: None if pd.isna(row[name]) else row[name] for name in ("row", "client", "client_code", "why")}
                for row in facts.unmatched.to_dict("records")
            ],
        },
    }


def _segment(row: pd.Series) -> dict[str, object]:
    return {
        "clients": int(row["clients"]),
        "clients_share": _share(row["clients_share"]),
        "revenue": money(float(row["revenue"])),
        "profit": money(float(row["profit"])),
        "net_profit": money(float(row["net_profit"])),
        "profit_share": _share(row["profit_share"]),
    }


def _beside(part: Money) -> dict[str, object]:
    return {"rows": part.rows, "revenue": money(part.revenue), "profit": money(part.profit)}


def _client(result: Segmentation, row: dict[str, object]) -> dict[str, object]:
    text = {name: None if pd.isna(row[name]) else row[name] for name in ("client", "client_code", "manager")}  # type: ignore[call-overload]
    return {
        "client": text["client"],
        "code": text["client_code"],
        "manager": text["manager"],
        "segment": row["segment"],
        "state": row["state"],
        "tags": [tag for tag in str(row["tags"] or "").split(",") if tag and tag != "nan"],
        "value": money(row["value"]),  # type: ignore[arg-type]
        "revenue": money(row["revenue"]),  # type: ignore[arg-type]
        "reasons": [reason.as_dict() for reason in result.reasons(str(row["client_key"]))],
    }


def _share(value: float) -> float | None:
    return None if not math.isfinite(value) else float(value)
