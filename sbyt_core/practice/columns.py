"""Where the table of a log begins and which column is which, told by the words of its header.

The header is the first row, of the first `LOOK_ROWS`, that names at least `LEAST_ROLES` roles. A role takes the first column
that names it; a mapping (role → header) goes before the words.
"""

# ruff: noqa: E501  (a pattern is read on one line or not at all)
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.formats.grid import Grid, Workbook
from sbyt_core.sales.values.column import show
from sbyt_core.sales.vocabulary import plain, squeeze

LOOK_ROWS = 80  # a header further down was never seen
LEAST_ROLES = 3  # a title or a row of data names fewer

_CLIENT = r"(?:контрагент|клиент|покупател|заказчик|партнер)\w*"
_RULES: dict[str, str] = {
    "date": r"дата(?: и время)?(?: \w+)?|когда|день|date(?: ?time)?|day|when|timestamp",
    "time": r"время(?: \w+)?|час|time",
    "employee": r"сотрудник\w*|менеджер\w*|исполнител\w*|кто(?: делал| выполнил)?|ответственн\w+|фио(?: сотрудника)?|работник|employee|manager|who|person|sales ?(?:rep|person)",
    "client_code": rf"инн(?: {_CLIENT})?|(?:код|id) {_CLIENT}|{_CLIENT} (?:инн|код)|tax id|tin|(?:client|customer) (?:code|id)",
    "client": rf"{_CLIENT}(?: наименование)?|(?:наименование|название) {_CLIENT}|client|customer|client name|customer name",
    "document": r"документ\w*(?: \w+)?|заказ\w*|(?:номер|№) (?:заказа|документа|заявки)|заявк\w+|сделк\w+|order(?: no| number| id)?|document|deal",
    "step": r"шаг\w*|(?:номер|№) (?:шага|операции)|шаг №|№|step(?: no| number)?",
    "operation": r"операци\w+|(?:название|наименование|содержание) (?:шага|операции)|действие|operation|action|step name",
    "done": r"выполнен\w*|сделан\w*|исполнен\w*|выполнено да нет|готово|отметка(?: о выполнении)?|done|performed|completed?",
    "in_time": r"в срок|вовремя|срок (?:соблюден|выдержан)|соблюден\w* срок\w*|in time|on time",
    "minutes": r"минут\w*|мин|(?:затрачен\w*|потрачен\w*|факт\w*) (?:время|минут\w*|мин)|время мин\w*|длительность(?: мин\w*)?|minutes?|min|duration",
    "note": r"примечани\w+|комментари\w+|почему(?: не)?(?: \w+)?|причина(?: \w+)?|замечани\w+|note|comment|why|reason",
}  # fmt: skip
ROLES = tuple(_RULES)
_COMPILED = {role: re.compile(pattern) for role, pattern in _RULES.items()}
# what a log cannot do without: roles of which one is needed, and the error where none is there
NEEDED = (
    (("date",), "log_without_dates"),
    (("employee",), "log_without_people"),
    (("client", "client_code"), "log_without_clients"),
    (("step", "operation"), "log_without_steps"),
)


@dataclass(frozen=True, eq=False)
class LogTable:
    """A table found: sheet, header row of the grid, headers left to right, column of every role."""

    grid: Grid
    header: int
    headers: tuple[str, ...]
    roles: Mapping[str, int]

    def rows(self) -> list[tuple[int, tuple[object, ...]]]:
        """Rows below the header as 1-based row of the sheet and cells, left to right."""
        start = self.header + 1
        columns = [self.grid.cells(j, start).tolist() for j in range(self.grid.n_columns)]  # by column: a typed one costs much by cell
        return list(zip(self.grid.sheet_rows()[start:].tolist(), zip(*columns, strict=True), strict=True))

    def cell(self, role: str, cells: tuple[object, ...]) -> object:
        """The cell of a role in a row; None where no column has the role."""
        return cells[self.roles[role]] if role in self.roles else None


def find_log(book: Workbook, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None) -> LogTable:
    """The table of the log in a workbook: the first visible sheet that has one, or the sheet named.

    Raises BadFile no_such_sheet, no_table_found, log_without_…; BadInput no_such_role, no_such_column.
    """
    for role in mapping or {}:
        if role not in ROLES:
            raise BadInput("no_such_role", role=role, roles=ROLES)
    grids = [grid for grid in book.grids if grid.n_rows and (sheet is None or grid.name == sheet)]
    if sheet is not None and not grids:
        raise BadFile("no_such_sheet", sheet=sheet, sheets=book.sheet_names)
    for grid in grids:
        header = _header_row(grid, set((mapping or {}).values()))
        if header is not None:
            return _with_needed(_table(grid, header, mapping or {}))
    raise BadFile("no_table_found")


def role_of(header: str) -> str | None:
    """The role that a header names, or None. Minutes may stand as a unit in the header, so the words as they are count too."""
    words = " ".join(re.sub(r"[^\w№]+", " ", squeeze(header).lower().replace("ё", "е")).split())
    return next((role for role, pattern in _COMPILED.items() if pattern.fullmatch(words) or pattern.fullmatch(plain(header))), None)


def _header_row(grid: Grid, wanted: set[str]) -> int | None:
    for row in range(min(grid.n_rows, LOOK_ROWS)):
        texts = [squeeze(cell) for cell in grid.row(row) if isinstance(cell, str)]
        if len({role_of(text) for text in texts} - {None}) >= LEAST_ROLES or (wanted and wanted <= set(texts)):
            return row
    return None


def _table(grid: Grid, header: int, mapping: Mapping[str, str]) -> LogTable:
    headers = tuple(squeeze(show(cell)) for cell in grid.row(header))
    roles: dict[str, int] = {}
    for given, wanted in mapping.items():
        if wanted not in headers:
            raise BadInput("no_such_column", header=wanted, headers=tuple(text for text in headers if text))
        roles[given] = headers.index(wanted)
    for column, text in enumerate(headers):
        role = role_of(text) if column not in roles.values() else None
        if role is not None and role not in roles:
            roles[role] = column
    return LogTable(grid, header, headers, roles)


def _with_needed(table: LogTable) -> LogTable:
    for roles, code in NEEDED:
        if not any(role in table.roles for role in roles):
            raise BadFile(code, headers=tuple(text for text in table.headers if text))
    return table
