"""Profit where the file states none: a flat margin that the user names, or nothing.

`by_revenue` leaves profit missing, so that clients are ranked by revenue and the screen says so; `margin_25` is 25 % of revenue on every
line. Any whole margin from 1 to 99 is allowed.
"""

from __future__ import annotations

import re

import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.sales.table import QUESTIONS

_MARGIN = re.compile(r"margin_(\d{1,2})")


def profit_of(revenue: pd.Series, answer: str | None) -> pd.Series:
    """Profit of lines by the answer to `no_profit`. Raises BadInput not_a_choice."""
    if answer is None or answer == "by_revenue":
        return pd.Series(float("nan"), index=revenue.index)
    found = _MARGIN.fullmatch(answer)
    if found is None or int(found[1]) == 0:
        raise BadInput("not_a_choice", name="no_profit", value=answer, allowed=[*QUESTIONS["no_profit"], "margin_1 … margin_99"])
    return revenue * (int(found[1]) / 100)
