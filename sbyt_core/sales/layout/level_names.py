"""What the levels of a hierarchy are called, and which of them is the client.

The names stacked in the header, or listed in one cell («Контрагент / Документ»), from the innermost up. Else the contents tell: labels
with a date inside are documents, months are dates, names with a legal form are clients. Where that does not tell one level from another,
and always in a pivot table, pivot_layout is asked.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sbyt_core.sales.layout.header import Header
from sbyt_core.sales.table import Findings
from sbyt_core.sales.values.column import Column
from sbyt_core.sales.values.dates import MONTH_ONLY, read_date, read_period
from sbyt_core.sales.vocabulary import LEGAL_FORM, squeeze, strong_role

ONE_OWNER = 0.9  # distinct names of a level, as a share of its places under different owners
CLEAR = 0.3  # by how much one level must look more like clients than another


def name_levels(
    header: Header, label: Column, texts: list[np.ndarray], paths: np.ndarray, pivot: bool, findings: Findings
) -> tuple[list[str], dict[str, str]]:
    """A header for every level, and the roles that the contents of the levels prove."""
    depth = len(texts)
    stack = list(header.levels) or listed(label.header)
    if len(stack) >= 2 and (len(stack) == depth or (header.levels and len(stack) < depth)):
        return [f"{stack[0]} +{n}" for n in range(depth - len(stack), 0, -1)] + stack, {}
    names = [label.header if level == 0 else f"{label.header} ({level + 1})" for level in range(depth)]
    roles: dict[str, str] = {}
    periods = [level for level in range(depth) if share_of(texts[level], is_period) >= 0.8]
    documents = [level for level in range(depth) if share_of(texts[level], _is_document) >= 0.8]
    if documents:
        roles["document"] = names[documents[0]]
    if periods and all(read_date(text) or read_period(text) for text in set(texts[periods[-1]])):
        roles["date"] = names[periods[-1]]
    free = [level for level in range(depth) if level not in periods and level not in documents]
    firms = {level: share_of(texts[level], lambda text: LEGAL_FORM.search(text)) for level in free}
    if not free:
        return names, roles
    if documents:  # what follows a document is its items, what stands above is whose it is
        above = [level for level in free if level < documents[0]] or free
        best = max(above, key=lambda level: (firms[level], level))
    else:
        best = max(free, key=lambda level: (firms[level], -level))
    unsure = len(free) > 1 and not documents and sorted(firms.values())[-1] - sorted(firms.values())[-2] < CLEAR
    if unsure:
        best = _unrepeated(paths, free)
    if pivot or unsure:
        places = {"outer_is_client": 0, "inner_is_client": depth - 1}
        if depth > 2:
            places["middle_is_client"] = (
                best if 0 < best < depth - 1 else max(range(1, depth - 1), key=lambda level: firms.get(level, -1.0))
            )
        likely = next(code for code, level in places.items() if level == best)
        example = " | ".join(str(text) for text in paths[0] if text)[:120]
        best = places[str(findings.ask("pivot_layout", tuple(places), likely, example))]
        roles = {role: name for role, name in roles.items() if name != names[best]}
    roles["client"] = names[best]
    inner = [level for level in free if level > best]
    if inner and "item" not in roles:
        roles["item"] = names[inner[-1]]
    return names, roles


def _unrepeated(paths: np.ndarray, free: list[int]) -> int:
    """The innermost level whose names stay with one owner: a client belongs to one group, an item is bought by many clients."""
    for level in reversed(free):
        places = {tuple(path[: level + 1]) for path in paths if path[level] is not None}
        if len({place[-1] for place in places}) >= ONE_OWNER * len(places):
            return level
    return free[0]


def listed(name: str) -> list[str]:
    """Names of levels listed in one header: «Контрагент / Документ», «Период, день / Контрагент»; none where it names but one thing."""
    for mark in ("/", ">", ";", "\n", " - ", ","):
        parts = [squeeze(part) for part in name.split(mark) if part.strip()]
        if len(parts) >= 2 and all(strong_role(part) for part in parts) and len(set(parts)) == len(parts):
            return parts
    return []


def share_of(texts: np.ndarray, what: Callable[[str], object]) -> float:
    """Share of the distinct labels of which `what` is true."""
    distinct = {text for text in texts if isinstance(text, str)}
    return sum(bool(what(text)) for text in distinct) / len(distinct) if distinct else 0.0


def is_period(text: str) -> bool:
    """Whether a label is a day, a month, a quarter or a year."""
    return MONTH_ONLY.fullmatch(text) is not None or read_period(text) is not None or (len(text) < 12 and read_date(text) is not None)


def _is_document(text: str) -> bool:
    return len(text) > 11 and read_date(text) is not None
