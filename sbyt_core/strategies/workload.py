"""Workload: the hours a month that the strategy book asks for, by kind of clients and manager (METHOD §5).

hours = Σ clients × contacts a month × minutes a contact / 60 + Σ documents a month × norm minutes of a document / 60.
Every client of the segmentation counts once, by the kind that serves it (`kind_of`); a client without a manager stands under
a missing manager. While no norm minutes are known, document hours are missing, not 0, and the hours are contacts alone:
`norms_known` tells which. Collective clients that are outside the classes ask for no hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.strategies.book import StrategyBook, kind_of
from sbyt_core.strategies.standard import KINDS

if TYPE_CHECKING:
    from sbyt_core.segments.segmentation import Segmentation

NORM_LIMIT = 10_000.0  # minutes of one document: four working weeks, more is a slip of the pen
# columns of `Workload.frame`
WORKLOAD_COLUMNS: dict[str, str] = {
    "manager": "str",
    "kind": "str",  # one of KINDS
    "clients": "int64",
    "contact_hours": "float64",  # a month
    "document_hours": "float64",  # a month; missing while no norm is known
    "hours": "float64",  # what is known of both
}


@dataclass(frozen=True, eq=False)
class Workload:
    """Hours a month by manager and kind (columns of `WORKLOAD_COLUMNS`), managers by name, the missing one last."""

    frame: pd.DataFrame
    norms_known: bool

    @property
    def hours(self) -> float:
        """All hours a month."""
        return float(self.frame["hours"].sum())

    @property
    def by_kind(self) -> pd.DataFrame:
        """clients, contact_hours, document_hours, hours of every kind of KINDS, its index; no clients give 0."""
        table = self._summed("kind").reindex(list(KINDS))
        return table.fillna({"clients": 0, "contact_hours": 0.0, "hours": 0.0}).astype({"clients": "int64"})

    @property
    def by_manager(self) -> pd.DataFrame:
        """clients, contact_hours, document_hours, hours of every manager, its index; the missing one last."""
        return self._summed("manager")

    def _summed(self, key: str) -> pd.DataFrame:
        groups = self.frame.groupby(key, dropna=False, sort=True)
        return groups[["clients", "contact_hours", "document_hours", "hours"]].sum(min_count=1).astype({"clients": "int64"})


def kinds_of(frame: pd.DataFrame) -> np.ndarray:
    """The kind that serves every client of a segmentation's frame; shape (clients,), objects of KINDS."""
    together = frame["segment"].astype(object) + "|" + frame["state"].astype(object) + "|" + frame["tags"].astype(object).fillna("")
    codes, names = pd.factorize(together)
    kinds = np.array([_kind(*str(name).split("|")) for name in names], dtype=object)
    return kinds[codes] if len(kinds) else np.empty(0, dtype=object)


def workload(segmentation: Segmentation, book: StrategyBook, *, norm_minutes: Mapping[str, float] | float | None = None) -> Workload:
    """Hours a month that the book asks for.

    norm_minutes: minutes of one document, for all or by kind; a kind that the mapping leaves out has no norm.
    Raises BadInput out_of_range, not_a_choice. Source: METHOD §5.
    """
    norms = _norms(norm_minutes)
    frame = segmentation.frame
    kinds = kinds_of(frame)
    months = max(segmentation.clients.months, 1)
    minutes = pd.Series(kinds, dtype=object).map(norms).to_numpy(dtype=float)
    table = pd.DataFrame(
        {
            "manager": frame["manager"].to_numpy(),
            "kind": pd.Categorical(kinds, list(KINDS)),
            "clients": 1,
            "document_hours": frame["documents"].to_numpy(dtype=float) / months * minutes / 60.0,
        }
    )
    groups = table.groupby(["manager", "kind"], observed=True, dropna=False, sort=True)
    summed = groups[["clients", "document_hours"]].sum(min_count=1).reset_index()
    summed["kind"] = summed["kind"].astype(str)
    per_client = summed["kind"].map({standard.kind: standard.hours_per_month for standard in book.standards})
    summed["contact_hours"] = (summed["clients"] * per_client).astype(float)
    summed["hours"] = summed["contact_hours"] + summed["document_hours"].fillna(0.0)
    return Workload(summed[list(WORKLOAD_COLUMNS)].astype(WORKLOAD_COLUMNS), norms_known=bool(norms))


def document_hours(segmentation: Segmentation, kinds: np.ndarray, norm_minutes: Mapping[str, float] | float | None) -> np.ndarray:
    """Hours a month of work on the documents of every client; 0 where no norm or no number of documents is known.

    kinds: of `kinds_of`. Raises BadInput out_of_range, not_a_choice.
    """
    minutes = pd.Series(kinds, dtype=object).map(_norms(norm_minutes)).to_numpy(dtype=float)
    documents = segmentation.frame["documents"].to_numpy(dtype=float) / max(segmentation.clients.months, 1)
    return np.nan_to_num(documents * minutes / 60.0)


def _kind(segment: str, state: str, tags: str) -> str:
    return kind_of(segment, state, tags.split(","))


def _norms(given: Mapping[str, float] | float | None) -> dict[str, float]:
    if given is None:
        return {}
    norms = dict(given) if isinstance(given, Mapping) else dict.fromkeys(KINDS, given)
    for kind, minutes in norms.items():
        if kind not in KINDS:
            raise BadInput("not_a_choice", name="norm_minutes", value=str(kind), allowed=KINDS)
        if isinstance(minutes, bool) or not isinstance(minutes, (int, float)) or not 0 <= minutes <= NORM_LIMIT:
            raise BadInput("out_of_range", name="norm_minutes", value=minutes, low=0, high=NORM_LIMIT)
    return norms
