"""The table of sales lines as an engine sees it, and the same with marks: which look-backs of a period a line is in.

The marks are all that depends on a period. What is counted over them depends only on which look-backs there are (the
`Shape`), so that its statement is made once and serves every period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sbyt_core.clients.window import Window

LINES = "sales_lines"  # name of the table in every engine
MARKED = "marked_lines"
MONEY_DIGITS = 6
SCHEMA = {
    "date": "date",
    "client_key": "string",
    "client": "string",
    "client_code": "string",
    "aggregate": "boolean",
    "document": "string",
    "item": "string",
    "manager": "string",
    "branch": "string",
    "kind": "string",
    "quantity": "float64",
    "revenue": "float64",
    "profit": "float64",
    "discount": "float64",
}
MARKS = {
    "until_end": "boolean",  # of the period; every mark is null where the date is
    "here": "boolean",  # in the period
    "recent": "boolean",  # in any look-back that needs documents
    "in_year": "boolean",  # in the 12 months to the period's end
    "half_now": "boolean",
    "half_before": "boolean",
    "age": "int64",  # calendar months before that of the period's end
}


@dataclass(frozen=True)
class Shape:
    """Which parts a client table has: no dates at all, the year apart from the period, growth, seasons."""

    dated: bool
    year: bool = False
    growth: bool = False
    season: bool = False


def shape_of(window: Window | None) -> Shape:
    """The shape of the client table of a window; None: no line has a date."""
    if window is None:
        return Shape(dated=False)
    return Shape(True, year=not window.is_year, growth=window.growth_start is not None, season=window.season_start is not None)


def lines_table() -> Any:
    """The sales lines, not bound to an engine."""
    import ibis

    return ibis.table(SCHEMA, name=LINES)


def marked_table() -> Any:
    """The sales lines with their marks, not bound to an engine."""
    import ibis

    return ibis.table(SCHEMA | MARKS, name=MARKED)


def mark(window: Window | None) -> Any:
    """The sales lines with their marks for a window; None: all lines are in the period."""
    import ibis
    from ibis import _

    if window is None:
        inside = {"until_end": True, "here": True, "recent": True}
        marks = {name: ibis.literal(inside.get(name, 0 if kind == "int64" else False), kind) for name, kind in MARKS.items()}
        return lines_table().mutate(**marks)

    def since(day: Any, until: Any = window.end) -> Any:
        if day is None:
            return ibis.literal(False)
        return (_.date >= ibis.date(day)) & (_.date <= ibis.date(until))

    return lines_table().mutate(
        until_end=_.date <= ibis.date(window.end),
        here=since(window.start),
        recent=since(window.recent_start),
        in_year=since(window.year_start),
        half_now=since(window.growth_start),
        half_before=since(window.before_start, window.before_end),
        age=(window.end.year * 12 + window.end.month - (_.date.year() * 12 + _.date.month())).cast("int64"),
    )
