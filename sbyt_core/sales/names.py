"""Who stands behind a name: the identity by which lines are grouped, and names that look like one firm.

A client with a code (ИНН, or the code of the file) is that code, however its name is spelled; a line without a code takes the code of its
name where the name has exactly one. Without codes a client is its name, runs of spaces and invisible marks aside: nothing
else is merged here. The name shown is the most frequent, then the longest, then the first by alphabet. `core_name` forgets legal
forms, quotes, case, ё and Latin look-alikes; equal or similar cores are only suggested (`similar_clients`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.sales.vocabulary import AGGREGATE, LEGAL_FORM, NOBODY, squeeze

_LOOK_ALIKES = str.maketrans("aceopxytkmhbu", "асеорхуткмнви")
_LONG_FORMS = re.compile(
    r"общество с ограниченной ответственностью|(?:публичное |закрытое |открытое |непубличное )?акционерное общество"
    r"|индивидуальный предприниматель|limited liability company|товарищество с ограниченной ответственностью",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[^\w]+")
SIMILAR = 92  # RapidFuzz ratio from which two cores are worth a look
MAX_NAMES = 4000  # names beyond this number are compared only when their cores are equal


@dataclass(frozen=True)
class Clients:
    """Aligned with lines: key (missing = nobody), name shown, code, whether many buyers stand behind it.
    merged: codes that more than one spelling was joined by; unassigned: bool a line."""

    key: pd.Series
    name: pd.Series
    code: pd.Series
    aggregate: np.ndarray
    merged: tuple[str, ...]
    unassigned: np.ndarray


def identify_clients(names: pd.Series | None, codes: pd.Series | None, size: int) -> Clients:
    """The clients of lines. names, codes: str columns as read, either may be None; size: number of lines."""
    nothing = pd.Series(pd.array([None], dtype="str").take(np.zeros(size, dtype=int)))
    names = nothing if names is None else _somebody(names)
    codes = nothing if codes is None else _clean_codes(codes)
    codes = _known_codes(names, codes)
    key = codes.where(codes.notna(), names)
    shown, merged = _shown(key, names, codes)
    codes_of_names, uniques = pd.factorize(shown)
    aggregate = np.array([*(AGGREGATE.fullmatch(name) is not None for name in uniques), False], dtype=bool)[codes_of_names]
    return Clients(key, shown, codes, aggregate, merged, key.isna().to_numpy())


def core_name(name: str) -> str:
    """What is left of a firm's name without legal form, quotes, case, ё and Latin look-alikes; the name itself when nothing is."""
    text = _LONG_FORMS.sub(" ", squeeze(name).lower().replace("ё", "е"))
    text = LEGAL_FORM.sub(" ", text)
    if re.search("[а-я]", text):
        text = text.translate(_LOOK_ALIKES)
        text = LEGAL_FORM.sub(" ", text)
    core = " ".join(_NOT_WORD.sub(" ", text).split())
    return core or squeeze(name).lower()


def similar_clients(clients: pd.DataFrame, limit: int = 50) -> list[tuple[str, str, float]]:
    """Pairs of keys whose names may be one firm, the likest first: (key, key, likeness 0…100).

    clients: columns client_key and client, one row a client. «Ромашка» and «Ромашка-Т» are a pair to look at, never merged here.
    """
    from rapidfuzz import fuzz, process

    table = clients.dropna(subset=["client_key", "client"]).drop_duplicates("client_key").sort_values("client_key")
    keys, cores = list(table["client_key"]), [core_name(name) for name in table["client"]]
    pairs: dict[tuple[str, str], float] = {}
    groups: dict[str, list[str]] = {}
    for key, core in zip(keys, cores, strict=True):
        groups.setdefault(core, []).append(key)
    for same in groups.values():
        for other in same[1:]:
            pairs[same[0], other] = 100.0
    if len(keys) <= MAX_NAMES:
        distinct = [core for core in groups if len(core) >= 4]
        found = process.cdist(distinct, distinct, scorer=fuzz.ratio, score_cutoff=SIMILAR, dtype=np.uint8)
        for a, b in zip(*np.nonzero(np.triu(found, 1)), strict=True):
            if not _differ_by_number(distinct[a], distinct[b]):
                pairs[groups[distinct[a]][0], groups[distinct[b]][0]] = float(found[a, b])
    return [(a, b, score) for (a, b), score in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))][:limit]


def _differ_by_number(a: str, b: str) -> bool:
    """Branches and numbered clients («Клиент 001», «Клиент 002») are not spellings of one."""
    digits_a, digits_b = re.findall(r"\d+", a), re.findall(r"\d+", b)
    return digits_a != digits_b


def _by_unique(texts: pd.Series, function: Callable[[str], str | None]) -> pd.Series:
    codes, uniques = pd.factorize(texts)
    return pd.Series(pd.array([function(text) for text in uniques], dtype="str").take(codes, allow_fill=True), index=texts.index)


def _somebody(names: pd.Series) -> pd.Series:
    return _by_unique(names, lambda text: None if NOBODY.fullmatch(squeeze(text)) else squeeze(text))


def _clean_codes(codes: pd.Series) -> pd.Series:
    def clean(text: str) -> str | None:
        code = squeeze(text)
        if not code or NOBODY.fullmatch(code) or set(code) <= {"0"}:
            return None
        if both := re.fullmatch(r"(\d{10}|\d{12})\s*/\s*\d{9}", code):
            return both[1]  # ИНН/КПП: the firm, not its branch
        if re.fullmatch(r"\d{9}|\d{11}", code):
            return "0" + code if _is_inn("0" + code) else code
        return code

    return _by_unique(codes, clean)


def _is_inn(code: str) -> bool:
    """Whether the check digits of an ИНН hold; a number cell loses the leading 0 of the first regions."""
    digits = [int(letter) for letter in code]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8) if len(code) == 10 else (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    return sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 == digits[len(weights)]


def _known_codes(names: pd.Series, codes: pd.Series) -> pd.Series:
    """Codes, filled where a name without one has exactly one code elsewhere."""
    open_ones = codes.isna() & names.notna()
    if not open_ones.any() or codes.isna().all():
        return codes
    pairs = pd.DataFrame({"name": names, "code": codes}).dropna().drop_duplicates()
    single = pairs.groupby("name")["code"].agg(["first", "size"])
    known = single.loc[single["size"] == 1, "first"]
    return codes.where(~open_ones, names.map(known)).astype("str")


def _shown(key: pd.Series, names: pd.Series, codes: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    if codes.isna().all():
        return names, ()
    pairs = pd.DataFrame({"key": key, "name": names}).dropna().value_counts().reset_index(name="n")
    pairs["length"] = pairs["name"].str.len()
    pairs = pairs.sort_values(["key", "n", "length", "name"], ascending=[True, False, False, True])
    best = pairs.drop_duplicates("key").set_index("key")["name"]
    spellings = pairs.groupby("key").size()
    shown = key.map(best).astype("str")
    return shown.where(shown.notna(), key), tuple(spellings.index[spellings > 1].sort_values())
