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
_CODE_EDGES = re.compile(r"^(?:инн|inn)[\s:№]*(?=\d)|(?<=^\d{10})[.,]0+$|(?<=^\d{12})[.,]0+$", re.IGNORECASE)  # «ИНН 7700…», «7700…,00»
INN_AND_KPP = re.compile(r"(?<!\d)(\d{10}|\d{12})[\s/\\,;|]+(?:кпп[\s:№]*)?(\d{9})(?!\d)", re.IGNORECASE)  # the firm, and its branch
SIMILAR = 92  # RapidFuzz ratio from which two cores are worth a look
MAX_NAMES = 4000  # names beyond this number are compared only when their cores are equal


def same_name(name: str) -> str:
    """The name without what does not tell two people apart: case and spaces."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Clients:
    """Aligned with lines: key (missing = nobody), name shown, code, whether many buyers stand behind it.

    merged: codes that more than one spelling was joined by; unassigned: bool a line; spellings: `line` and `name` where the name written
    is not the one shown.
    """

    key: pd.Series
    name: pd.Series
    code: pd.Series
    aggregate: np.ndarray
    merged: tuple[str, ...]
    unassigned: np.ndarray
    spellings: pd.DataFrame


def identify_clients(names: pd.Series | None, codes: pd.Series | None, size: int) -> Clients:
    """The clients of lines. names, codes: str columns as read, either may be None; size: number of lines.

    Works on the distinct pairs of name and code, and spreads what it finds over the lines.
    """
    nothing = pd.Series(pd.array([None], dtype="str").take(np.zeros(size, dtype=int)))
    name_at, distinct_names = pd.factorize(nothing if names is None else names)
    code_at, distinct_codes = pd.factorize(nothing if codes is None else codes)
    pair = (name_at.astype(np.int64) + 1) * (len(distinct_codes) + 1) + code_at + 1
    line_at, found = pd.factorize(pair)
    lines = np.bincount(line_at, minlength=len(found))
    name_of, code_of = np.divmod(found, len(distinct_codes) + 1)
    pairs = pd.DataFrame(
        {"name": _somebody(_taken(distinct_names, name_of - 1)), "code": _clean_codes(_taken(distinct_codes, code_of - 1))}
    )
    pairs["name"] = pairs["name"].where(pairs["name"] != pairs["code"])  # a code that stands for a name that nobody knows
    pairs["code"] = _known_codes(pairs["name"], pairs["code"])
    pairs["key"] = pairs["code"].where(pairs["code"].notna(), pairs["name"])
    shown, merged = _shown(pairs, lines)
    aggregate = np.array([isinstance(name, str) and AGGREGATE.fullmatch(name) is not None for name in shown], dtype=bool)

    def spread(column: pd.Series) -> pd.Series:
        return pd.Series(pd.array(column, dtype="str").take(line_at))

    key = spread(pairs["key"])
    other = (pairs["name"].notna() & (pairs["name"] != shown)).to_numpy()
    at = np.flatnonzero(other[line_at]) if other.any() else np.array([], dtype=np.int64)
    spellings = pd.DataFrame({"line": at.astype("int64"), "name": pd.array(pairs["name"], dtype="str").take(line_at[at])})
    return Clients(key, spread(shown), spread(pairs["code"]), aggregate[line_at], merged, key.isna().to_numpy(), spellings)


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
        code = _CODE_EDGES.sub("", squeeze(text))
        if not code or NOBODY.fullmatch(code) or set(code) <= {"0"}:
            return None
        if both := INN_AND_KPP.fullmatch(code):
            return both[1]
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


def _shown(pairs: pd.DataFrame, lines: np.ndarray) -> tuple[pd.Series, tuple[str, ...]]:
    """The name to show for every pair, and the keys that have several. lines: how many lines each pair has."""
    if pairs["code"].isna().all():
        return pairs["name"], ()
    counts = pairs.assign(n=lines).dropna(subset=["key", "name"]).groupby(["key", "name"], as_index=False)["n"].sum()
    counts["length"] = counts["name"].str.len()
    counts = counts.sort_values(["key", "n", "length", "name"], ascending=[True, False, False, True])
    best = counts.drop_duplicates("key").set_index("key")["name"]
    spellings = counts.groupby("key").size()
    shown = pairs["key"].map(best).astype("str")
    return shown.where(shown.notna(), pairs["key"]), tuple(spellings.index[spellings > 1].sort_values())


def _taken(distinct: pd.Index, at: np.ndarray) -> pd.Series:
    return pd.Series(pd.array(distinct, dtype="str").take(at, allow_fill=True))
