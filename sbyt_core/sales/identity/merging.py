"""Lines under the clients that people decided on: merged names, ordinary and collective clients, holdings.

Money, dates, documents and the place of a line never change: only whom it belongs to. Clients that a code joined are taken apart first,
where somebody said so; the others are decided on under the keys that they then have. A client that others were merged into keeps its
key, name and code; where it is not in these lines the one with most lines lends its name and code. Holdings come last, where they are to
be counted as one client: collective clients stay out of them, and a line without a client belongs to nobody whatever was decided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

import numpy as np
import pandas as pd

from sbyt_core.sales.identity.decisions import Merges
from sbyt_core.sales.identity.spellings import take_apart
from sbyt_core.sales.model import SalesData

HOLDING_KEY = "holding:"  # begins the key of a holding: no client of a file is called so


def apply_merges(sales: SalesData, merges: Merges) -> SalesData:
    """The sales with what was decided; the very same object where nothing of it concerns them. Works on clients, not on lines."""
    apart = take_apart(sales, merges.split)
    merged = _merged(apart, merges)
    return sales if merged is sales else replace(merged, fingerprint=_mark(sales, merges))


def _merged(sales: SalesData, merges: Merges) -> SalesData:
    lines = sales.lines
    place, keys = pd.factorize(lines["client_key"])
    if not len(keys):
        return sales
    clients = _clients(lines, place, keys)
    kept = kept_keys(merges)
    clients["new_key"] = [kept.get(key, key) for key in clients["key"]]
    clients = _joined(clients)
    clients["aggregate"] = _collective(clients, kept, merges)
    if merges.by_holding:
        clients = _held(clients, holdings_of(sales, merges))
    if _unchanged(clients, lines, place):
        return sales
    at = place  # −1: nobody
    changed = lines.assign(
        client_key=_spread(clients["new_key"], at, lines["client_key"]),
        client=_spread(clients["name"], at, lines["client"]),
        client_code=_spread(clients["code"], at, lines["client_code"]),
        aggregate=np.where(at >= 0, clients["aggregate"].to_numpy()[at], lines["aggregate"].to_numpy()),
    )
    return replace(sales, lines=changed, attributes=_attributes(sales.attributes, clients))


def _mark(sales: SalesData, merges: Merges) -> str:
    """The fingerprint of sales under decisions."""
    said = [sales.fingerprint, asdict(replace(merges, apart=()))]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def kept_keys(merges: Merges) -> dict[str, str]:
    """Key → the key it was merged into, for every key that was; the first decision of a group says who is kept."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    for kept, other in merges.same:
        into, out = root(kept), root(other)
        if into != out:
            parent[out] = into
    return {key: root(key) for key in parent}


def holdings_of(sales: SalesData, merges: Merges) -> dict[str, str]:
    """Client key as read → its holding: given by hand, else by the column of the file that names them."""
    found: dict[str, str] = {}
    column = merges.holding_column
    if column and column in sales.attributes:
        known = sales.attributes[["client_key", column]].dropna()
        found = {key: name.strip() for key, name in zip(known["client_key"], known[column].astype(str), strict=True) if name.strip()}
    return found | dict(merges.holdings)


def _clients(lines: pd.DataFrame, place: np.ndarray, keys: Iterable[str]) -> pd.DataFrame:
    """One row a client as read, in the order of `keys`: key, name, code, whether collective, number of lines."""
    first = pd.DataFrame({"at": place, "line": np.arange(len(place))}).query("at >= 0").drop_duplicates("at").sort_values("at")["line"]
    rows = lines.iloc[first.to_numpy()]
    return pd.DataFrame(
        {
            "key": list(keys),
            "name": rows["client"].to_numpy(dtype=object),
            "code": rows["client_code"].to_numpy(dtype=object),
            "aggregate": rows["aggregate"].to_numpy(),
            "lines": np.bincount(place[place >= 0], minlength=len(rows)),
        }
    )


def _joined(clients: pd.DataFrame) -> pd.DataFrame:
    """Name, code and flag of every client from the one of its group that is kept, else from the one with most lines, then the first key."""
    order = clients.assign(own=clients["key"] == clients["new_key"]).sort_values(
        ["new_key", "own", "lines", "key"], ascending=[True, False, False, True]
    )
    leader = order.drop_duplicates("new_key").set_index("new_key")
    taken = leader.loc[clients["new_key"]]
    return clients.assign(**{name: taken[name].to_numpy() for name in ("name", "code", "aggregate")})


def _collective(clients: pd.DataFrame, kept: Mapping[str, str], merges: Merges) -> np.ndarray:
    said = {kept.get(key, key): many for key, many in merges.collective}
    return np.array([said.get(key, bool(flag)) for key, flag in zip(clients["new_key"], clients["aggregate"], strict=True)], dtype=bool)


def _held(clients: pd.DataFrame, holdings: Mapping[str, str]) -> pd.DataFrame:
    """Clients under their holdings; one that was merged takes the holding of the client it was merged into, else its own."""
    group = [holdings.get(new) or holdings.get(key) for key, new in zip(clients["key"], clients["new_key"], strict=True)]
    of_key = {new: name for new, name in zip(clients["new_key"], group, strict=True) if name}
    names = np.array(
        [None if many else of_key.get(new) for new, many in zip(clients["new_key"], clients["aggregate"], strict=True)], object
    )
    inside = np.array([name is not None for name in names], dtype=bool)
    return clients.assign(
        new_key=np.where(inside, np.array([f"{HOLDING_KEY}{name}" for name in names], dtype=object), clients["new_key"]),
        name=np.where(inside, names, clients["name"]),
        code=np.where(inside, None, clients["code"]),
    )


def _unchanged(clients: pd.DataFrame, lines: pd.DataFrame, place: np.ndarray) -> bool:
    if not (clients["new_key"] == clients["key"]).all():
        return False
    flags = lines["aggregate"].to_numpy()
    return bool((np.where(place >= 0, clients["aggregate"].to_numpy()[place], flags) == flags).all())


def _spread(values: pd.Series, at: np.ndarray, otherwise: pd.Series) -> pd.Series:
    """The value of a client on each of its lines; lines of nobody keep theirs."""
    spread = pd.Series(pd.array(values, dtype="str").take(at, allow_fill=True), index=otherwise.index)
    return spread if (at >= 0).all() else spread.where(at >= 0, otherwise).astype("str")


def _attributes(attributes: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    """Attributes under the new keys: those of the client that is kept go before those it took in."""
    if attributes.empty:
        return attributes
    became = dict(zip(clients["key"], clients["new_key"], strict=True))
    moved = attributes.assign(client_key=attributes["client_key"].map(became).astype("str"))
    moved["_own"] = (moved["client_key"] == attributes["client_key"]).to_numpy()
    moved = moved.dropna(subset=["client_key"]).sort_values("_own", ascending=False, kind="stable").drop(columns="_own")
    return moved.groupby("client_key", sort=True).first().reset_index()
