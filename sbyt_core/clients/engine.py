"""Where the lines are counted: DuckDB in the process over memory or Parquet, or another engine by its URL.

By default the SQL is made by Ibis once a period and kept, and DuckDB runs it. A URL (postgres://…, pyspark://…) opens
an Ibis backend whose table `sales_lines` has the columns of SCHEMA; the same expression runs there. Results come into
memory as pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from sbyt_core.clients.expression import LINES, SCHEMA

KEPT_STATEMENTS = 64  # SQL texts, one a period and question
# run(make, *args): rows of the expression make(*args); args are hashable, with `make` they name the statement kept
Run = Callable[..., pd.DataFrame]


@contextmanager
def engine(lines: pd.DataFrame, source: Path | str | None = None) -> Iterator[Run]:
    """Something that runs expressions over the lines, or over `source` instead: a Parquet file or an engine's URL."""
    if isinstance(source, str) and "://" in source:
        import ibis

        backend = ibis.connect(source)
        yield lambda make, *args: _frame(backend.to_pyarrow(make(*args)))
        backend.disconnect()
        return
    import duckdb

    with duckdb.connect() as connection:
        if source is None:
            connection.register(LINES, lines_to_arrow(lines))
        else:
            path = str(source).replace("'", "''")
            connection.execute(f"create view {LINES} as select * from read_parquet('{path}')")
        yield lambda make, *args: _frame(connection.execute(_sql(make, *args)).to_arrow_table())


def lines_to_arrow(lines: pd.DataFrame) -> pa.Table:
    """The columns that are counted, with nulls and never NaN."""
    return pa.Table.from_pandas(lines[list(SCHEMA)], preserve_index=False)


@lru_cache(maxsize=KEPT_STATEMENTS)
def _sql(make: Callable[..., Any], *args: Any) -> str:
    import ibis

    return str(ibis.to_sql(make(*args), dialect="duckdb"))


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(date_as_object=False)
