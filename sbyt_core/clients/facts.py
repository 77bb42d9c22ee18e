"""What lines of sales do not hold, one row a client: overdue money and its days, deliveries, hours, requests, potential.

`FactTable` is the file as it was read; `match_facts` finds the client of every row: by code, then by the name as written, then by the
name without its legal form, quotes, case and ё, where exactly one client is called so; a client of that name with another code is not
taken for it. Rows of one client are added up, days late weighed by the money. A row whose client is not known, or is one of several, is
listed and never dropped in silence. A figure that is
no number, or is negative or absurd, is missing and told; missing is never 0. Counts are of `months`; money owed is as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from sbyt_core.clients.fact_columns import FACTS, fact_columns
from sbyt_core.clients.model import ClientTable
from sbyt_core.errors import BadFile, BadInput, Problem
from sbyt_core.sales.identity.names import core_name, identify_clients
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.plain_table import PlainTable, read_table

MONTHS = 12.0  # that the counts are of, unless said otherwise
MAX_MONTHS = 120.0
COUNTED = ("deliveries", "hours", "requests")  # of the months of the file, not as they stand
ADDED = ("overdue", "deliveries", "hours", "requests", "potential")
FACT_COLUMNS: dict[str, str] = {"client_key": "str", **dict.fromkeys(FACTS, "float64")}
UNMATCHED_COLUMNS: dict[str, str] = {"row": "int64", "client": "str", "client_code": "str", "why": "str", "candidates": "str"}
# no such client; several fit; the row names nobody; the client of that name has another code
WHY = ("unknown", "ambiguous", "nobody", "code_differs")


@dataclass(frozen=True, eq=False)
class FactTable:
    """A file of client facts as read. frame: row (of the sheet), client, client_code and the facts; columns: role → header."""

    name: str
    frame: pd.DataFrame
    columns: Mapping[str, str]
    months: float = MONTHS
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.months <= MAX_MONTHS:
            raise BadInput("out_of_range", name="months", value=self.months, low=1, high=MAX_MONTHS)


@dataclass(frozen=True, eq=False)
class ClientFacts:
    """Facts of clients. frame: FACT_COLUMNS, one row a client; unmatched: UNMATCHED_COLUMNS, rows of the file without a client.

    months: that the counts are of; rows: of the file; columns: role → header.
    """

    frame: pd.DataFrame
    unmatched: pd.DataFrame
    months: float = MONTHS
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def matched(self) -> int:
        """Rows of the file that found their client."""
        return self.rows - len(self.unmatched)

    def known(self) -> tuple[str, ...]:
        """Facts that are known of anybody, in the order of `FACTS`."""
        return tuple(name for name in FACTS if self.frame[name].notna().any())

    def monthly(self, fact: str) -> pd.Series | None:
        """A fact by client_key where it is known, counts as of one month; None: known of nobody."""
        known = self.frame.set_index("client_key")[fact].dropna()
        return (known / self.months if fact in COUNTED else known) if len(known) else None

    def of(self, fact: str, keys: pd.Series, *, months: float | None = None) -> pd.Series:
        """A fact by client_key in the order of `keys`; counts brought from the file's months to `months`."""
        values = keys.map(self.frame.set_index("client_key")[fact]).astype("float64")
        return values * (months / self.months) if months and fact in COUNTED else values


def client_facts(
    path: str | Path,
    sales: SalesData,
    *,
    months: float = MONTHS,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    password: str | None = None,
) -> ClientFacts:
    """The facts of a file, matched with the clients of the sales. mapping: role → header; months: that its counts are of.

    Raises BadFile and BadInput: those of `read_table` and `read_fact_table`, and file_not_found.
    """
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise BadFile("file_not_found", path=str(path)) from None
    read = read_table(content, sheet=sheet, password=password)
    return match_facts(read_fact_table(read, name=Path(path).name, months=months, mapping=mapping), sales.lines)


def read_fact_table(table: PlainTable, *, name: str = "", months: float = MONTHS, mapping: Mapping[str, str] | None = None) -> FactTable:
    """The facts of a table. mapping: role → header. Raises what `fact_columns` raises, and BadFile no_rows."""
    columns = fact_columns(table.headers, mapping)
    size = len(table.rows)
    frame = pd.DataFrame({"row": table.rows})
    for who in ("client", "client_code"):
        frame[who] = table.texts[columns[who]] if who in columns else pd.Series(pd.array([None] * size, dtype="str"))
    problems: list[Problem] = []
    for fact, most in FACTS.items():
        if fact not in columns:
            frame[fact] = np.nan
            continue
        values, texts = table.numbers[columns[fact]], table.texts[columns[fact]]
        _tell(problems, "unparsed_numbers", texts.notna() & values.isna(), table, columns[fact])
        wrong = (values < 0) | (values > most)
        _tell(problems, "fact_out_of_range", wrong, table, columns[fact])
        frame[fact] = values.mask(wrong)
    if not size:
        raise BadFile("no_rows")
    return FactTable(name, _typed(frame), columns, months, tuple(problems))


def match_facts(table: FactTable, clients: pd.DataFrame) -> ClientFacts:
    """Find the client of every row. clients: client_key, client and client_code, a row or more a client, as in sales lines."""
    rows = table.frame
    who = identify_clients(rows["client"] if rows["client"].notna().any() else None, _codes(rows), len(rows))
    book = clients[["client_key", "client", "client_code"]].dropna(subset=["client_key"]).drop_duplicates()
    keys = pd.Series(pd.array([None] * len(rows), dtype="str"))
    why = np.where(who.key.isna(), "nobody", "unknown").astype(object)
    candidates = np.full(len(rows), "", dtype=object)
    names = who.name.fillna("").map(core_name).where(who.name.notna())
    steps = (
        (who.code, book["client_code"]),
        (who.name, book["client"]),
        (names, book["client"].fillna("").map(core_name).where(book["client"].notna())),
    )
    coded = set(book.loc[book["client_code"].notna(), "client_key"])
    for by_name, (wanted, known) in zip((False, True, True), steps, strict=True):
        one, several = _index(known, book)
        open_rows = keys.isna() & ~np.isin(why, ("ambiguous", "code_differs"))
        met = wanted.map(one).where(open_rows)
        other = met.isin(coded) & who.code.notna() if by_name else pd.Series(False, index=keys.index)
        why[other], candidates[other] = "code_differs", wanted[other]
        keys = keys.where(met.isna() | other, met).astype("str")
        clash = open_rows & wanted.isin(several.keys())
        why[clash] = "ambiguous"
        candidates[clash] = [several[text] for text in wanted[clash]]
    found = keys.notna().to_numpy()
    frame, joined = _added_up(rows.assign(client_key=keys)[found])
    unmatched = pd.DataFrame(
        {"row": rows["row"], "client": rows["client"], "client_code": rows["client_code"], "why": why, "candidates": candidates}
    )
    problems = list(table.problems)
    if joined:
        problems.append(Problem("note", "facts_added_up", count=joined))
    if not found.all():
        problems.append(Problem("warning", "facts_unmatched", count=int((~found).sum())))
    return ClientFacts(
        frame, unmatched[~found].reset_index(drop=True).astype(UNMATCHED_COLUMNS), table.months, len(rows), tuple(problems), table.columns
    )


def with_facts(clients: ClientTable, facts: ClientFacts) -> ClientTable:
    """The client table with late_payment_share: overdue money / revenue, missing where either is not known or there is no revenue."""
    frame = clients.frame.copy(deep=False)
    revenue = frame["revenue"].where(frame["revenue"] > 0)
    frame["late_payment_share"] = facts.of("overdue", frame["client_key"]) / revenue
    return replace(clients, frame=frame, _prepared={})


def _codes(rows: pd.DataFrame) -> pd.Series | None:
    return rows["client_code"] if rows["client_code"].notna().any() else None


def _index(known: pd.Series, book: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Text → its one client; text → names of its several clients."""
    pairs = pd.DataFrame({"text": known, "key": book["client_key"], "client": book["client"]}).dropna(subset=["text", "key"])
    pairs = pairs.drop_duplicates(["text", "key"]).sort_values(["text", "key"])
    counts = pairs.groupby("text")["key"].transform("size")
    several = pairs[counts > 1].groupby("text")["client"].agg(lambda names: "; ".join(str(name) for name in names))
    return pairs[counts == 1].set_index("text")["key"].to_dict(), several.to_dict()


def _added_up(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """One row a client, and how many rows went into another's."""
    weight = rows["overdue"].where(rows["days_late"].notna())
    rows = rows.assign(_weight=weight, _weighed=weight * rows["days_late"])
    groups = rows.groupby("client_key", sort=True)
    frame = groups[[*ADDED, "_weight", "_weighed"]].sum(min_count=1)
    longest = groups["days_late"].max()
    with np.errstate(divide="ignore", invalid="ignore"):
        frame["days_late"] = np.where(frame["_weight"] > 0, frame["_weighed"] / frame["_weight"], longest)
    frame = frame.reset_index()[list(FACT_COLUMNS)].astype(FACT_COLUMNS)
    return frame, len(rows) - len(frame)


def _tell(problems: list[Problem], code: str, where: pd.Series, table: PlainTable, column: str) -> None:
    if where.any():
        first = int(np.flatnonzero(where.to_numpy())[0])
        shown = str(table.texts[column].iloc[first])[:80]
        problems.append(Problem("warning", code, table.sheet, int(table.rows[first]), column, shown, int(where.sum())))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"row": "int64", "client": "str", "client_code": "str", **dict.fromkeys(FACTS, "float64")})
