"""What can go wrong and be mended by the user: codes with parameters, never prose.

The words for every code stand in the catalogues of texts/ (`error.CODE` says what was got and what is allowed,
`error.CODE.hint` how to mend it); a test holds this table and the catalogues together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# code → names of the parameters its text may use
ERRORS: dict[str, tuple[str, ...]] = {
    # a file
    "empty_file": (),
    "not_a_table_file": ("kind",),
    "damaged_file": (),
    "damaged_or_unsafe_file": (),
    "too_big": ("megabytes", "limit"),
    "too_big_unpacked": ("megabytes", "limit"),
    "too_many_cells": ("rows", "columns", "limit"),
    "password_protected": (),
    "wrong_password": (),
    "reading_took_too_long": ("seconds",),
    "reading_took_too_much_memory": ("megabytes",),
    "reading_failed": (),
    "reading_cancelled": (),
    "file_not_found": ("path",),
    "folder_not_writable": ("path",),
    # a table in the file
    "no_such_sheet": ("sheet", "sheets"),
    "empty_sheet": (),
    "no_table_found": (),
    "no_rows": (),
    "no_client_column": ("headers",),
    "no_amount_column": ("headers",),
    "no_such_column": ("header", "headers"),
    "no_such_role": ("role", "roles"),
    "formulas_without_values": ("count",),
    # a question of the file that has no best reading: it must be answered first
    "ambiguous_numbers": ("example",),
    "hierarchy_unclear": (),
    # what the user sets
    "bad_command": ("message", "usage"),
    "bad_json": ("name",),
    "unknown_setting": ("name", "allowed"),
    "out_of_range": ("name", "value", "low", "high"),
    "not_a_choice": ("name", "value", "allowed"),
    "cuts_out_of_order": ("cut_a", "cut_b"),
    "ratios_out_of_order": ("late", "asleep", "lost"),
    "period_out_of_order": ("start", "end"),
    "period_outside_data": ("start", "end"),
    "no_such_client": ("client",),
    # a base
    "no_positive_value": (),
    "no_clients": (),
    "too_few_months": ("months", "least"),
    "no_dates": (),
    "empty_prices": (),
    "price_row": ("row", "value"),
    "measure_not_known": ("measure",),
    "results_too_short": ("months", "least"),
    # a rollout and its evidence
    "no_units": ("units",),
    "no_rollout": (),
    "no_such_unit": ("unit", "units"),
    "rollout_twice": ("unit",),
    "rollout_in_future": ("date", "last"),
    "rollout_too_recent": ("date", "last"),
    "rollout_before_data": ("date", "first"),
    "too_few_units": ("units", "least"),
    "history_too_short": ("months", "least"),
    "collinear": ("rows", "columns"),
    "waves_columns": ("headers",),
    "waves_date": ("row", "value"),
    "waves_unit": ("row",),
    "too_few_to_learn": ("clients", "least"),
    # the team and its hours
    "manager_unnamed": ("value",),
    "manager_twice": ("manager",),
    "manager_hours": ("manager", "value", "limit"),
    "manager_money": ("manager", "value", "limit"),
    "manager_part_time": ("manager", "value", "limit"),
    "no_hours": (),
    "hours_short": ("missing", "least", "hours", "managers", "manager", "costly", "A", "B", "C", "new"),
    "answers_out_of_order": ("client", "without", "now", "half_more", "most"),
    "bounds_out_of_order": ("kind", "low", "high"),
    # a log of practice
    "log_without_dates": ("headers",),
    "log_without_people": ("headers",),
    "log_without_clients": ("headers",),
    "log_without_steps": ("headers",),
    # a technology card
    "text_too_long": ("name", "length", "limit"),
    "duplicate_step": ("key", "operation"),
    "no_such_step": ("key",),
    "card_not_ready": ("count",),
    "card_in_review": ("number",),
    "card_state": ("number", "state", "action"),
    "card_unchanged": ("number",),
    "no_reviewer": (),
    "role_without_people": ("roles",),
    "not_asked": ("person", "number"),
    "not_acknowledged": ("number", "people"),
    "card_too_early": ("number", "day"),
    # rates of service and facts of clients
    "no_rates": (),
    "no_minute_rate": ("rate",),
    "rate_out_of_range": ("rate", "value", "low", "high"),
    "no_fact_column": ("headers",),
    "net_not_known": (),
    # the development committee
    "situation_state": ("number", "state", "action"),
    "nobody_responsible": (),
    "days_out_of_order": ("day", "due", "review"),
    "kpi_unnamed": (),
    "member_twice": ("name",),
    # the store
    "stale_record": ("what", "author", "time"),
    "not_found": ("what",),
    "not_allowed": ("action",),
    "closed_record": ("what",),
    "name_taken": ("name",),
    "empty_name": (),
    "empty_text": (),
    "name_too_long": ("limit",),
    "last_keeper": (),
    "stored_file_lost": (),
    "not_a_project_file": (),
    "project_file_too_new": (),
    "store_too_new": (),
    "store_busy": (),
    "store_unreachable": (),
}


class SbytError(ValueError):
    """A fault that its user can mend: a code of `ERRORS` and the parameters of its text."""

    def __init__(self, code: str, **params: object) -> None:
        if code not in ERRORS or set(params) - set(ERRORS[code]):
            raise AssertionError(f"undeclared error {code!r} {sorted(params)}")
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code

    def __reduce__(self):
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[SbytError], code: str, params: dict[str, object]) -> SbytError:
    return kind(code, **params)


class BadFile(SbytError):
    """The file cannot be read as a table of sales."""


class BadInput(SbytError):
    """A setting, an answer or a command is outside what is allowed."""


class NoPositiveValue(SbytError):
    """No client brings a positive value, so no share of it can be told."""

    def __init__(self) -> None:
        super().__init__("no_positive_value")

    def __reduce__(self):
        return NoPositiveValue, ()


class StaleRecord(SbytError):
    """Somebody saved the same record since it was read."""


class NotAllowed(SbytError):
    """The role of this person in the project does not cover the action."""


def named_values(value: object, allowed: Iterable[str], *, of: str, needed: Iterable[str] = ()) -> Mapping[str, Any]:
    """A JSON object that names only what is allowed and all that is needed. of: what the JSON is, for the message.

    Raises BadInput bad_json, unknown_setting.
    """
    known = tuple(allowed)
    if not isinstance(value, Mapping) or not all(name in value for name in needed):
        raise BadInput("bad_json", name=of)
    for name in value:
        if name not in known:
            raise BadInput("unknown_setting", name=str(name), allowed=known)
    return value


@dataclass(frozen=True)
class Problem:
    """One thing found in the data that the user should know, and how many alike there are.

    severity: "error", "warning" or "note"; code: see `warning.CODE` in the catalogues;
    row: 1-based row of the sheet; value: what stands there, as text; count: how many alike.
    """

    severity: str
    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    count: int = 1
