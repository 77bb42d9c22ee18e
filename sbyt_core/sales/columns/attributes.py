"""Columns that nobody mapped and that never change within a client (city, phone, contact): kept as the client's attributes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.sales.columns.roles import Roles
from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import EMPTY, NUMBER, TEXT

MAX_ATTRIBUTES = 30


def client_attributes(parts: list[tuple[Table, Roles, np.ndarray, pd.Series]]) -> pd.DataFrame:
    """One row a client_key, one column an attribute (str, missing where unknown); columns keep the headers of the file.

    parts: per sheet the table, its roles, bool per row whether it is a line, and the client_key of the lines. A column counts as an
    attribute when it is text, or whole numbers (a phone, a postcode), and every client has at most one value of it.
    """
    frames = []
    for table, roles, keep, keys in parts:
        used = {id(column) for column in roles.values()}
        found = {"client_key": keys.reset_index(drop=True)}
        for column in table.columns:
            if id(column) in used or not (column.kinds != EMPTY).any() or column.header == "client_key":
                continue
            if column.share(TEXT) >= 0.5 or (column.share(NUMBER) >= 0.9 and _whole(column.numbers("decimal").values)):
                labels = column.labels(keep)
                if _constant(found["client_key"], labels):
                    found[column.header] = labels
            if len(found) > MAX_ATTRIBUTES:
                break
        frames.append(pd.DataFrame(found))
    if not frames:
        return pd.DataFrame()
    table_of_all = pd.concat(frames, ignore_index=True).dropna(subset=["client_key"])
    names = [name for name in table_of_all.columns if name != "client_key"]
    result = (
        table_of_all.groupby("client_key", sort=True)[names].first().reset_index()
        if names
        else table_of_all[["client_key"]].drop_duplicates()
    )
    return result.reset_index(drop=True)


def _whole(values: np.ndarray) -> bool:
    known = values[~np.isnan(values)]
    return bool(len(known)) and bool((known == np.round(known)).all())


def _constant(keys: pd.Series, labels: pd.Series) -> bool:
    a, names = pd.factorize(keys)
    b, values = pd.factorize(labels)
    both = (a >= 0) & (b >= 0)
    if not both.any():
        return False
    pairs = len(np.unique(a[both].astype(np.int64) * (len(values) + 1) + b[both]))
    return pairs == len(np.unique(a[both])) and len(names) > 0
