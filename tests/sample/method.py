"""The method's definitions as a test needs them, written from METHOD §2, §3 and §7 and not from the program."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

WINDOW = (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31"))


def welch(treated: Sequence[float], control: Sequence[float]) -> dict[str, float]:
    """Difference of means with Welch's interval, as an effect on sales: METHOD §7, L3."""
    a, b = np.asarray(treated), np.asarray(control)
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    delta, se = a.mean() - b.mean(), math.sqrt(va + vb)
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    half = student.ppf(0.975, df) * se
    return {
        "effect": math.expm1(delta),
        "low": math.expm1(delta - half),
        "high": math.expm1(delta + half),
        "p": 2 * student.sf(abs(delta) / se, df),
        "se": se,
        "df": df,
    }


def log_differences(lines: pd.DataFrame, measure: str, after: range, before: range) -> pd.Series:
    """Per manager: mean of monthly logs after minus the same before; months counted from January 2023."""
    month = (lines["Дата"].dt.year - 2023) * 12 + lines["Дата"].dt.month - 1
    table = lines.assign(month=month).pivot_table(index="Менеджер", columns="month", values=measure, aggfunc="sum")
    logs = np.log(table)
    return logs[list(after)].mean(axis=1) - logs[list(before)].mean(axis=1)


def robust_sign(lines: pd.DataFrame, treated: Sequence[str]) -> float:
    """Median over a unit's clients of 2(a − b)/(a + b), same months a year apart; treated minus control."""
    named = lines.dropna(subset="ИНН")
    a, b = (
        named[named["Дата"].between(f"{year}-07-01", f"{year}-12-31")].groupby(["Менеджер", "ИНН"])["Выручка"].sum()
        for year in (2025, 2024)
    )
    both = pd.concat([a, b], axis=1, keys=["a", "b"]).fillna(0.0)
    both = both[both["a"] + both["b"] > 0]
    unit = (2 * (both["a"] - both["b"]) / (both["a"] + both["b"])).groupby("Менеджер").median()
    return float(unit[unit.index.isin(treated)].mean() - unit[~unit.index.isin(treated)].mean())


def gap_ratio(lines: pd.DataFrame) -> float:
    """Days from the last purchase to the end of 2025 over the median gap of a client's purchase days in 2025."""
    daily = lines[lines["Дата"].between(*WINDOW)].groupby("Дата")["Выручка"].sum()
    days = daily[daily > 0].index
    gaps = np.diff(days.values).astype("timedelta64[D]").astype(int)
    return (WINDOW[1] - days[-1]).days / float(np.median(gaps))


def is_seasonal(lines: pd.DataFrame) -> bool:
    """≥ 4 documents and ≥ 70 % of sales in the same 5 consecutive calendar months, in each of the last two years."""
    years = [lines[lines["Дата"].dt.year == year] for year in (2024, 2025)]
    if any(y["Документ"].nunique() < 4 for y in years):
        return False
    for start in range(12):
        months = [(start + k) % 12 + 1 for k in range(5)]
        if all(y.loc[y["Дата"].dt.month.isin(months), "Выручка"].sum() >= 0.7 * y["Выручка"].sum() for y in years):
            return True
    return False


def profit_class(value: pd.Series, cut_a: float = 0.70, cut_b: float = 0.90) -> pd.Series:
    """Rule 1: by the share of positive value accumulated before the client."""
    ranked = value.sort_values(ascending=False)
    positive = ranked.clip(lower=0)
    before = (positive.cumsum() - positive) / positive.sum()
    label = np.where(before < cut_a, "A", np.where(before < cut_b, "B", "C"))
    return pd.Series(np.where(ranked > 0, label, "C"), index=ranked.index)
