"""Many distinct texts at once, on Arrow: which of them are worth a closer look, and the plain ones read without one.

Everything here only saves time: what it leaves undecided goes the exact way, text by text.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sbyt_core.sales.vocabulary import squeeze

MANY = 2000  # distinct texts from which shares are told by a sample and plain texts are read together
_DIRTY = r"^\s|\s$|\s\s|[^\S ]|[\x{00a0}\x{202f}\x{2007}\x{2009}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{feff}\x{00ad}]"
_SPACES = r"[ \x{00a0}\x{202f}\x{2007}\x{2009}]"
_PLAIN_NUMBER = r"^-?\d+(?:MARK\d+)?$"
_TIME_END = r"[ T]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?$"
_DATED_NAME = r"(?i)^.*\b((?:от|from)\s+\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b.*$"


def sample(uniques: np.ndarray) -> np.ndarray:
    """At most `MANY` of the texts, evenly spread, always the same ones."""
    return uniques if len(uniques) <= MANY else uniques[np.linspace(0, len(uniques) - 1, MANY).astype(int)]


def matching(uniques: np.ndarray, pattern: str) -> np.ndarray:
    """Indices of the texts in which an RE2 pattern is found, letters of either case."""
    if not len(uniques):
        return np.zeros(0, dtype=int)
    found = pc.match_substring_regex(_arrow(uniques), f"(?i){pattern}")
    return np.flatnonzero(found.to_numpy(zero_copy_only=False))


def squeezed(uniques: np.ndarray) -> np.ndarray:
    """The texts with single spaces and no invisible marks; None where nothing is left."""
    result = uniques.copy()
    for i in matching(uniques, _DIRTY):
        result[i] = squeeze(uniques[i]) or None
    result[result == ""] = None
    return result


def plain_numbers(uniques: np.ndarray, decimal: str) -> np.ndarray:
    """Values of the texts that are digits with at most one decimal mark; NaN for every other text. decimal: "," or "."."""
    bare = pc.replace_substring_regex(_arrow(uniques), _SPACES, "")
    bare = pc.replace_substring(bare, "\u2212", "-")
    plain = pc.match_substring_regex(bare, _PLAIN_NUMBER.replace("MARK", "," if decimal == "," else r"\."))
    values = pc.cast(pc.if_else(plain, pc.replace_substring(bare, ",", "."), None), pa.float64())
    return values.to_numpy(zero_copy_only=False, writable=True)


def date_tokens(uniques: np.ndarray) -> np.ndarray:
    """The texts cut down to what tells their day: without a time of day, or «от 09.01.2025» of a document's name."""
    if not len(uniques):
        return uniques
    cut = pc.replace_substring_regex(_arrow(uniques), _TIME_END, "")
    cut = pc.replace_substring_regex(cut, _DATED_NAME, r"\1")
    return cut.to_numpy(zero_copy_only=False)


def _arrow(uniques: np.ndarray) -> pa.Array:
    return pa.array(uniques, type=pa.large_string())
