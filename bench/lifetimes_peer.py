"""The peer of the client table: lifetimes' summary of 4 measures, loading included; runs in the peers' environment.

It loads the three columns that it needs, no more.
"""

from __future__ import annotations

import sys

import pandas as pd
from lifetimes.utils import summary_data_from_transaction_data

from bench.measure import first_and_warm

COLUMNS = ["client_key", "date", "revenue"]


def summary(path: str) -> pd.DataFrame:
    """Frequency, recency, age and mean money of every client."""
    lines = pd.read_parquet(path, columns=COLUMNS)
    lines["date"] = pd.to_datetime(lines["date"])
    return summary_data_from_transaction_data(lines, *COLUMNS)


if __name__ == "__main__":
    first_and_warm(lambda: summary(sys.argv[1]))
