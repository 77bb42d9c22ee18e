"""Hours a month that every client takes now, h0: logged where somebody logged them, else estimated by documents (METHOD §5).

Estimated: the manager's hours × documents of the client / documents of all his clients. Where some of a manager's clients have logged
hours, the others share what those leave over. Logged hours that do not add up to the hours that the manager has are taken as shares of
them (`scaled`): a plan moves the hours that there are. A manager whose clients have no known documents gives each the same hours.
A client without a manager takes no hours now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.strategies.price import groups_of

NOTABLE = 0.01  # of the hours: a log that differs from them by less is not worth a word


@dataclass(frozen=True, eq=False)
class HoursNow:
    """hours: a month, of every client; estimated: not logged; scaled: groups whose log did not add up to their hours;
    equal: groups whose documents are not known."""

    hours: np.ndarray
    estimated: np.ndarray
    scaled: tuple[int, ...]
    equal: tuple[int, ...]


def hours_now(group: np.ndarray, available: np.ndarray, documents: np.ndarray, logged: np.ndarray | None = None) -> HoursNow:
    """The present hours of every client.

    group: code of the manager, below 0 none; available: hours a month of every group; documents, logged (hours a month): missing where
    not known; arrays of shape (clients,) but `available`.
    """
    hours = np.zeros(len(group))
    known = ~np.isnan(logged) if logged is not None else np.zeros(len(group), dtype=bool)
    counted = np.maximum(np.nan_to_num(documents), 0.0)
    scaled, equal = [], []
    for code, places in groups_of(group, len(available)):
        if not len(places):
            continue
        total, mine, held = float(available[code]), counted[places], known[places]
        if not held.all() and not mine[~held].any():
            equal.append(code)
            mine = np.where(held, mine, 1.0)
        here = np.where(held, np.nan_to_num(logged[places]), 0.0) if logged is not None else np.zeros(len(places))
        left = total - float(here.sum())
        if not held.all() and left > 0:
            here[~held] = left * mine[~held] / mine[~held].sum()
        elif float(here.sum()) > 0:
            if not held.all():
                here[~held] = total * mine[~held] / mine.sum()
            if abs(float(here.sum()) - total) > NOTABLE * total:
                scaled.append(code)
            here *= total / float(here.sum())
        hours[places] = here
    return HoursNow(hours, ~known, tuple(scaled), tuple(equal))
