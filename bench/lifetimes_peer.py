"""The peer of the client table: lifetimes' summary of 4 measures, loading included; runs in the peers' environment.

It loads the three columns that it needs, no more. Called with the file and the number of rounds.
"""

from __future__ import annotations

import sys

import pandas as pd
from lifetimes.utils import summary_data_from_transaction_data

from bench.measure import cost_of, tell

COLUMNS = ["client_key", "date", "revenue"]


def summary(path: str) -> pd.DataFrame:
    """Frequency, recency, age and mean money of every client."""
    lines = pd.read_parquet(path, columns=COLUMNS)
    lines["date"] = pd.to_datetime(lines["date"])
    return summary_data_from_transaction_data(lines, *COLUMNS)


if __name__ == "__main__":
    path, rounds = sys.argv[1], int(sys.argv[2])
    tell(cost_of(lambda: summary(path), rounds=rounds))
