"""Where the lines are counted: DuckDB in the process over memory or Parquet, or another engine by its URL.

By default SQL is made by Ibis, kept, and run by DuckDB over a view of the lines with the marks of the period; only that
view is new for each period. A URL (postgres://…, pyspark://…) opens an Ibis backend whose table `sales_lines` has the
columns of SCHEMA; the same expressions run there. Results come into memory as pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa

from sbyt_core.clients.schema import LINES, MARKED, SCHEMA, lines_table, mark, marked_table
from sbyt_core.clients.window import Window

KEPT_STATEMENTS = 64  # SQL texts, one a question and shape
FEW_LINES = 150_000  # to this size threads cost more time than they save
Make = Callable[..., Any]  # (table, *args) → expression; args are hashable, with it they name the statement kept


class Engine(Protocol):
    """Something that counts over the lines."""

    def over_lines(self, make: Make, *args: Any) -> pd.DataFrame:
        """Rows of `make(lines, *args)`."""

    def mark(self, window: Window | None) -> None:
        """Mark the lines for a window; None: no line has a date."""

    def over_marked(self, make: Make, *args: Any) -> pd.DataFrame:
        """Rows of `make(marked lines, *args)`."""


@contextmanager
def open_engine(lines: pd.DataFrame, source: Path | str | None = None) -> Iterator[Engine]:
    """An engine over the lines, or over `source` instead: a Parquet file or an engine's URL."""
    if isinstance(source, str) and "://" in source:
        import ibis

        backend = ibis.connect(source)
        yield _Backend(backend)
        backend.disconnect()
        return
    import duckdb

    alone = source is None and len(lines) <= FEW_LINES
    with duckdb.connect(config={"threads": 1} if alone else {}) as connection:
        if source is None:
            connection.register(LINES, lines_to_arrow(lines))
        else:
            path = str(source).replace("'", "''")
            connection.execute(f"create view {LINES} as select * from read_parquet('{path}')")
        yield _DuckDB(connection)


class _DuckDB:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def over_lines(self, make: Make, *args: Any) -> pd.DataFrame:
        return self._rows(_sql(make, lines_table, *args))

    def mark(self, window: Window | None) -> None:
        self._connection.execute(f"create or replace temp view {MARKED} as {_marking(window)}")

    def over_marked(self, make: Make, *args: Any) -> pd.DataFrame:
        return self._rows(_sql(make, marked_table, *args))

    def _rows(self, sql: str) -> pd.DataFrame:
        return _frame(self._connection.execute(sql).to_arrow_table())


class _Backend:
    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._marked = mark(None)

    def over_lines(self, make: Make, *args: Any) -> pd.DataFrame:
        return _frame(self._backend.to_pyarrow(make(lines_table(), *args)))

    def mark(self, window: Window | None) -> None:
        self._marked = mark(window)

    def over_marked(self, make: Make, *args: Any) -> pd.DataFrame:
        return _frame(self._backend.to_pyarrow(make(self._marked, *args)))


def lines_to_arrow(lines: pd.DataFrame) -> pa.Table:
    """The columns that are counted, with nulls and never NaN."""
    return pa.Table.from_pandas(lines[list(SCHEMA)], preserve_index=False)


@lru_cache(maxsize=KEPT_STATEMENTS)
def _sql(make: Make, table: Callable[[], Any], *args: Any) -> str:
    import ibis

    return str(ibis.to_sql(make(table(), *args), dialect="duckdb"))


@lru_cache(maxsize=KEPT_STATEMENTS)
def _marking(window: Window | None) -> str:
    import ibis

    return str(ibis.to_sql(mark(window), dialect="duckdb"))


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(date_as_object=False)
