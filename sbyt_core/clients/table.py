"""The client table of a period: what the engine counts, finished in memory.

The period is by default the last 12 whole months of the data; an incomplete last month is left out and said so. Where
no line has a date the table is over all lines and every date measure is missing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sbyt_core.clients.beside import beside_expression, money, span_expression
from sbyt_core.clients.documents import documents_expression
from sbyt_core.clients.engine import Engine, open_engine
from sbyt_core.clients.expression import days_expression, sums_expression, who_expression
from sbyt_core.clients.measures import finish, lost_frame
from sbyt_core.clients.model import ClientTable
from sbyt_core.clients.schema import Shape, shape_of
from sbyt_core.clients.window import window_of
from sbyt_core.errors import BadInput, Problem
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period, default_window, last_month_is_whole


def default_period(sales: SalesData, *, source: Path | str | None = None) -> Period | None:
    """The last twelve whole months of the data; all whole ones when fewer; None when no line has a date."""
    if source is None:
        return _default_period(_span_of(sales.lines), sales.period)
    with open_engine(sales.lines, source) as engine:
        return _default_period(_span(engine), sales.period)


def client_table(
    sales: SalesData, period: Period | None = None, *, source: Path | str | None = None, small_document: float | None = None
) -> ClientTable:
    """One row a client for the period (METHOD §2), the default period when none is given.

    source: the same lines as a Parquet file, or the URL of an engine whose table `sales_lines` holds them; then
    `sales.lines` is not read. small_document: money under which a document is small; by default half the median one.
    Raises BadInput: period_out_of_order, period_outside_data.
    """
    with open_engine(sales.lines, source) as engine:
        span = _span(engine) if source is not None else _span_of(sales.lines)
        used = _checked(period, span) or _default_period(span, sales.period)
        window = window_of(used, span["first_line"]) if used and span["first_line"] else None
        shape = shape_of(window)
        engine.mark(window)
        raw = _counted(engine, shape, small_document)
        beside = engine.over_marked(beside_expression, shape)
    dated = ~beside["undated"] if used else pd.Series(True, index=beside.index)
    return ClientTable(
        frame=finish(raw, window),
        lost=lost_frame(raw),
        period=used,
        months=used.months if used else 0,
        has_profit=bool(raw["profit"].notna().any()),
        total=money(beside, dated),
        unassigned=money(beside, dated & beside["nobody"]),
        undated=money(beside, ~dated),
        aggregate=money(beside, dated & ~beside["nobody"] & beside["collective"]),
        first_line=span["first_line"],
        last_line=span["last_line"],
        fingerprint=sales.fingerprint,
        problems=_problems(used, span, sales.period),
    )


def _counted(engine: Engine, shape: Shape, small_document: float | None) -> pd.DataFrame:
    """Everything that the engine counts, one row a client with a line until the period's end, ordered by key."""
    who = engine.over_marked(who_expression, shape)
    asked: list[tuple] = [(sums_expression,), (documents_expression, shape, small_document)]
    if shape.dated:
        asked.append((days_expression,))
    return pd.concat([who, *(_in_order(engine.over_marked(*one), who["client_key"]) for one in asked)], axis=1)


def _in_order(part: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    """The figures of the clients of these keys, missing where the part does not have the client."""
    places = pc.index_in(pa.array(keys), value_set=pa.array(part["client_key"])).fill_null(-1)
    return part.drop(columns="client_key").reindex(places.to_numpy()).set_axis(keys.index)


def _span(engine: Engine) -> dict[str, date | None]:
    """First and last date of the lines; None without dates."""
    row = engine.over_lines(span_expression).iloc[0]
    return {name: _date(row[name]) for name in ("first_line", "last_line")}


def _span_of(lines: pd.DataFrame) -> dict[str, date | None]:
    """The same of lines in memory."""
    return {"first_line": _date(lines["date"].min()), "last_line": _date(lines["date"].max())}


def _date(day: Any) -> date | None:
    return None if pd.isna(day) else pd.Timestamp(day).date()


def _default_period(span: dict[str, Any], stated: Period | None) -> Period | None:
    if span["first_line"] is None:
        return None
    return default_window(span["first_line"], span["last_line"], stated)


def _checked(period: Period | None, span: dict[str, Any]) -> Period | None:
    if period is None or span["first_line"] is None:
        return None
    if period.start > period.end:
        raise BadInput("period_out_of_order", start=period.start, end=period.end)
    if period.end < span["first_line"] or period.start > span["last_line"]:
        raise BadInput("period_outside_data", start=span["first_line"], end=span["last_line"])
    return period


def _problems(used: Period | None, span: dict[str, Any], stated: Period | None) -> tuple[Problem, ...]:
    """An incomplete last month that the default period leaves out."""
    last: date | None = span["last_line"]
    if last is None or used != _default_period(span, stated) or last_month_is_whole(last, stated.end if stated else None):
        return ()
    return (Problem("warning", "partial_period", value=last.isoformat()),)
