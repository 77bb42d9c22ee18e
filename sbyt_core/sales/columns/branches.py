"""КПП as branch: the units of one firm, where no column of the file names branches.

One ИНН is one client however many КПП it has. Where at least one client has two of them, the КПП of every line is its branch: of a column
«КПП», else of a column «ИНН/КПП». Where every client has one, a КПП tells nothing apart and no branch is made of it.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from sbyt_core.sales.columns.roles import Roles
from sbyt_core.sales.identity.names import INN_AND_KPP
from sbyt_core.sales.table import Table
from sbyt_core.sales.vocabulary import plain

_HEADER = re.compile(r"кпп(?: \w+)?|\w+ кпп")
_KPP = re.compile(r"\d{8,9}")  # a number cell loses the leading 0 of the first regions
LENGTH = 9  # digits of a КПП


def kpp_branches(table: Table, roles: Roles, keep: np.ndarray, keys: pd.Series) -> pd.Series | None:
    """The КПП of every line as a str column; None where the file has a branch or no client has two КПП.

    keep: bool per row of the table whether it is a line; keys: client_key of the lines.
    """
    if "branch" in roles:
        return None
    column = next((column for column in table.columns if _HEADER.fullmatch(plain(column.header)) and not _is_used(column, roles)), None)
    if column is not None:
        found = column.labels(keep)
    elif "client_code" in roles:
        found = roles["client_code"].labels(keep)
    else:
        return None
    codes, distinct = pd.factorize(found)
    kpp = pd.array([_kpp(str(text), alone=column is not None) for text in distinct], dtype="str")
    branches = pd.Series(kpp.take(codes, allow_fill=True)) if len(distinct) else None
    if branches is None or branches.isna().all():
        return None
    several = pd.DataFrame({"key": keys.to_numpy(), "kpp": branches.to_numpy()}).dropna().groupby("key")["kpp"].nunique()
    return branches if (several > 1).any() else None


def _is_used(column: object, roles: Roles) -> bool:
    return any(column is other for other in roles.values())


def _kpp(text: str, *, alone: bool) -> str | None:
    if not alone:
        both = INN_AND_KPP.search(text)
        return both[2] if both else None
    return text.zfill(LENGTH) if _KPP.fullmatch(text) else None
