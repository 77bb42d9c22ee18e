"""Names as the file writes them, for clients that a code joined: what an equal ИНН merged can be taken apart again.

Only lines whose name is not the one shown are listed: `line` is the place of the line, from 0, `name` what is written there. Taken apart,
the lines with the shown name (and those without any) keep the client's key; every other spelling becomes a client of its own with the
same code. Money and the place of a line never change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sbyt_core.sales.identity.names import Clients, identify_clients
from sbyt_core.sales.model import SalesData

SPELLING = "spelling"  # column of lines under way: the name as the file writes it, missing where it is the one shown
_BETWEEN = " · "  # in the key of a client that was taken apart: its code, then its name


@dataclass(frozen=True)
class Spelling:
    """One name under a code. revenue: None where no line states one."""

    name: str
    lines: int
    revenue: float | None


@dataclass(frozen=True)
class Joined:
    """A client that its code joined: its names, the shown one first, the others by their lines."""

    key: str
    code: str
    spellings: tuple[Spelling, ...]
    revenue: float | None


def with_spellings(lines: pd.DataFrame, spellings: pd.DataFrame) -> pd.DataFrame:
    """The lines with a column of their spellings, where there are any: how they are kept and sent."""
    if spellings.empty:
        return lines
    names = pd.Series(pd.array([None], dtype="str").take(np.zeros(len(lines), dtype=int)), index=lines.index)
    names.iloc[spellings["line"].to_numpy()] = spellings["name"].to_numpy()
    return lines.assign(**{SPELLING: names})


def spellings_of(lines: pd.DataFrame) -> pd.DataFrame:
    """The spellings of lines that `with_spellings` made."""
    if SPELLING not in lines:
        return pd.DataFrame()
    names = lines[SPELLING].astype("str")
    found = names.notna().to_numpy()
    return pd.DataFrame({"line": np.flatnonzero(found).astype("int64"), "name": names[found].reset_index(drop=True)})


def written_names(lines: pd.DataFrame, spellings: pd.DataFrame) -> pd.Series:
    """The name of the client of every line as the file writes it."""
    names = lines["client"]
    if spellings.empty:
        return names
    written = names.copy()
    written.iloc[spellings["line"].to_numpy()] = spellings["name"].to_numpy()
    return written


def one_identity(parts: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, Clients]:
    """Lines of several sheets or files in their order, a client being one across them all. parts: lines and spellings of each."""
    lines = pd.concat([own for own, _ in parts], ignore_index=True)
    written = pd.concat([written_names(*part) for part in parts], ignore_index=True)
    clients = identify_clients(written, lines["client_code"], len(lines))
    found = {"client_key": clients.key, "client": clients.name, "client_code": clients.code, "aggregate": clients.aggregate}
    return lines.assign(**found), clients


def take_apart(sales: SalesData, keys: Collection[str]) -> SalesData:
    """The sales with these clients taken apart by name; the very same object where none of them was joined."""
    if sales.spellings.empty or not keys:
        return sales
    at, names = sales.spellings["line"].to_numpy(), sales.spellings["name"]
    owners = sales.lines["client_key"].iloc[at]
    chosen = owners.isin(list(keys)).to_numpy()
    if not chosen.any():
        return sales
    rows = at[chosen]
    named = names[chosen].reset_index(drop=True)
    parents = owners[chosen].reset_index(drop=True)
    children = (parents + _BETWEEN + named).astype("str")
    key, client = sales.lines["client_key"].copy(), sales.lines["client"].copy()
    key.iloc[rows], client.iloc[rows] = children.to_numpy(), named.to_numpy()
    attributes = sales.attributes
    if not attributes.empty:
        pairs = pd.DataFrame({"parent": parents, "child": children}).drop_duplicates()
        copied = pairs.merge(attributes, left_on="parent", right_on="client_key").assign(client_key=lambda table: table["child"])
        attributes = pd.concat([attributes, copied[attributes.columns]], ignore_index=True)
    return replace(
        sales,
        lines=sales.lines.assign(client_key=key, client=client),
        attributes=attributes,
        spellings=sales.spellings[~chosen].reset_index(drop=True),
    )


def joined_clients(sales: SalesData) -> tuple[Joined, ...]:
    """The clients that a code joined, those with most revenue first, ties by key."""
    if sales.spellings.empty:
        return ()
    owners = sales.lines["client_key"].iloc[sales.spellings["line"].to_numpy()].unique()
    lines = sales.lines[sales.lines["client_key"].isin(owners)]
    names = written_names(sales.lines, sales.spellings)[lines.index]
    groups = lines.assign(written=names).groupby(["client_key", "written"], dropna=False)
    sums = groups.agg(
        n=("row", "size"),
        shown=("client", "first"),
        code=("client_code", "first"),
        revenue=("revenue", lambda column: column.sum(min_count=1)),
    ).reset_index()
    sums["other"] = sums["written"] != sums["shown"]
    sums = sums.sort_values(["client_key", "other", "n", "written"], ascending=[True, True, False, True])
    found = []
    for key, own in sums.groupby("client_key", sort=True):
        total = own["revenue"].sum(min_count=1)
        spellings = tuple(
            Spelling(str(name), int(n), None if np.isnan(money) else float(money))
            for name, n, money in zip(own["written"], own["n"], own["revenue"], strict=True)
        )
        found.append(Joined(str(key), str(own["code"].iloc[0]), spellings, None if np.isnan(total) else float(total)))
    return tuple(sorted(found, key=lambda one: (-(one.revenue or 0.0), one.key)))
