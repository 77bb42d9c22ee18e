"""What a reader of the figures should know about the lines: METHOD §3, "Inspect's warnings", and the plain faults of a table.

Value of a client: profit, or revenue where the file has no profit. Class borders are those of rule 1 at .70/.90 on the whole file,
newcomers included. concentration: one client holds ≥ 50 % of the positive values; ties_at_boundary: clients of equal value stand across
a border; frequency_not_informative: ≥ 80 % of clients have one document; unit_mismatch: profit above revenue in more than half of the
lines; partial_period: the last month is not whole; too_few_clients: fewer than 4, so shares of clients say nothing.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from sbyt_core.sales.identity.names import similar_clients
from sbyt_core.sales.period import Period, last_month_is_whole
from sbyt_core.sales.table import Findings

CUTS = (0.70, 0.90)  # borders of A and B by share of value accumulated before a client
CONCENTRATION = 0.5
ONE_DOCUMENT = 0.8
FEW_CLIENTS = 4


def check_lines(lines: pd.DataFrame, stated: Period | None, monthly: bool, findings: Findings) -> None:
    """Tell what the lines show. stated: the period the report names."""
    known = lines[lines["client_key"].notna()]
    nobody = lines[lines["client_key"].isna()]
    if len(nobody):
        _tell("unassigned_client", nobody, findings)
    many = lines[lines["aggregate"]]
    if len(many):
        _tell("aggregate_client", many, findings, value=str(many["client"].iloc[0]))
    _check_money(lines, findings)
    _check_dates(lines, stated, monthly, findings)
    n_clients = known["client_key"].nunique()
    if n_clients < FEW_CLIENTS:
        findings.tell("too_few_clients", count=max(int(n_clients), 1))
    _check_values(known, findings)
    if not monthly:
        _check_frequency(known, findings)
    if "possible_duplicates" not in {problem.code for problem in findings.problems}:
        pairs = similar_clients(known[["client_key", "client"]])
        if pairs:
            shown = known.drop_duplicates("client_key").set_index("client_key")["client"]
            findings.tell("possible_duplicates", value=f"{shown[pairs[0][0]]} · {shown[pairs[0][1]]}"[:200], count=len(pairs))


def _check_money(lines: pd.DataFrame, findings: Findings) -> None:
    missing = lines[lines["profit"].isna() & lines["revenue"].notna()]
    if lines["profit"].notna().any() and len(missing):
        _tell("missing_profit", missing, findings)
    both = lines["profit"].notna() & (lines["revenue"] > 0)
    above = lines[both & (lines["profit"] > lines["revenue"])]
    if len(above) * 2 > max(int(both.sum()), 1) and "unit_mismatch" not in {problem.code for problem in findings.problems}:
        _tell("unit_mismatch", above, findings)


def _check_dates(lines: pd.DataFrame, stated: Period | None, monthly: bool, findings: Findings) -> None:
    days = lines["date"].dropna()
    if monthly:
        findings.tell("monthly_granularity")
    if days.empty:
        findings.tell("no_transaction_dates")
        return
    last: date = days.max().date()
    if not monthly and not last_month_is_whole(last, stated.end if stated else None):
        findings.tell("partial_period", value=last.isoformat())


def _check_values(known: pd.DataFrame, findings: Findings) -> None:
    measure = "profit" if known["profit"].notna().any() else "revenue"
    values = known.groupby("client_key", sort=True)[measure].sum().round(6)
    if values.empty or known[measure].isna().all():
        return
    positive = values[values > 0]
    if round(float(values.sum()), 2) <= 0:
        findings.tell("non_positive_total", value=f"{float(values.sum()):.2f}")
    if positive.empty:
        return
    base = float(positive.sum())
    if positive.max() / base >= CONCENTRATION:
        findings.tell("concentration", value=_name(known, str(positive.idxmax())))
    groups = positive.value_counts().sort_index(ascending=False)
    before = 0.0
    for value, size in groups.items():
        share, after = round(before / base, 9), round((before + float(value) * int(size)) / base, 9)  # type: ignore[arg-type]
        if size > 1 and any(share < cut <= after and round(share + float(value) / base, 9) < after for cut in CUTS):  # type: ignore[arg-type]
            findings.tell("ties_at_boundary", count=int(size))
            return
        before += float(value) * int(size)  # type: ignore[arg-type]


def _check_frequency(known: pd.DataFrame, findings: Findings) -> None:
    if known["document"].notna().any():
        documents = known.groupby("client_key")["document"].nunique()
    elif known["date"].notna().any():
        documents = known.groupby("client_key")["date"].nunique()
    else:
        return
    if len(documents) >= FEW_CLIENTS and float((documents <= 1).mean()) >= ONE_DOCUMENT:
        findings.tell("frequency_not_informative", count=int((documents <= 1).sum()))


def _tell(code: str, lines: pd.DataFrame, findings: Findings, value: str | None = None) -> None:
    """Tell of lines, with the place of the first."""
    findings.tell(code, count=len(lines), sheet=str(lines["sheet"].iloc[0]), row=int(lines["row"].iloc[0]), value=value)


def _name(known: pd.DataFrame, key: str) -> str:
    return str(known.loc[known["client_key"] == key, "client"].iloc[0])
