"""Which column plays which role: by the words of its header and by what stands in it, or as the user maps it.

Every header scores for the roles it may mean; a column whose cells are of another kind (a date without dates) is out, or falls
behind. The best pair of role and column is taken first, ties by the order of `ROLES`, then left to right. A client nobody names is
looked for by its contents (names of firms), a date in the names of documents, an amount as the only column of money left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import DATE, EMPTY, TEXT, Column, kind_of, show
from sbyt_core.sales.vocabulary import LEGAL_FORM, NUMBER_ROLES, ROLES, STRONG, plain, role_scores

MIN_SHARE = 0.5  # of filled cells that must be of the role's kind
FIRM_SHARE = 0.3  # of distinct names with a legal form that make a column one of clients
HEAD = 20  # cells that show whether a column may count the rows
MAX_HEADERS = 40  # named where none of them plays a role; the user chooses among them
SURE = 90  # score of a header that means money of a sale
INNER_SCORE = 80  # of a header's lowest part when the whole of it says nothing

_NOT_MONEY = re.compile(
    r"тел|phone|индекс|zip|postal|postcode|\bкод|code|\bid\b|инн|кпп|№|номер|number|\bгод|year|месяц|month|квартал|quarter|недел|week|день|day"
    r"|возраст|age|процент|%|доля|share|вероятн|probab|широта|долгота|latitude|longitude|\bвес|weight",
    re.IGNORECASE,
)  # a column of figures called so is no amount

_PLANNED = re.compile(r"\bплан(?:ов\w*|а)?\b|\bпрогноз|\bplan(?:ned)?\b|\bforecast", re.IGNORECASE)
_MONEY_UNIT = re.compile(r"руб|₽|\bр\.|\$|€|usd|eur|rub|сумм", re.IGNORECASE)

Roles = dict[str, Column]


def assign_roles(table: Table, mapping: Mapping[str, str] | None = None) -> Roles:
    """Role → column. mapping: role → header, as the user sets it; it overrides what the words say.

    Raises BadInput no_such_role, no_such_column; BadFile no_client_column, no_amount_column.
    """
    roles: Roles = {role: table.column(header) for role, header in table.roles.items()}
    for role, header in (mapping or {}).items():
        roles.pop(role, None)
        if header:
            roles[role] = _mapped(table, role, header)
    banned = {role for role, header in (mapping or {}).items() if not header}
    pairs = []
    for at, column in enumerate(table.columns):
        for role, score in _scores(column):
            score = _weighed(role, score, column)
            if score > 0 and role not in banned:
                pairs.append((-score, ROLES.index(role), at))
    taken = {id(column) for column in roles.values()}
    for _, rank, at in sorted(pairs):
        role, column = ROLES[rank], table.columns[at]
        if role not in roles and id(column) not in taken and _agrees(role, column, roles, table):
            roles[role] = column
            taken.add(id(column))
    _by_contents(table, roles, taken, banned)
    headers = list(table.headers[:MAX_HEADERS])
    if "client" not in roles and "client_code" not in roles:
        raise BadFile("no_client_column", headers=headers)
    if "revenue" not in roles and not {"price", "quantity"} <= set(roles):
        raise BadFile("no_amount_column", headers=headers)
    return roles


def amount_candidates(table: Table, roles: Roles) -> list[Column]:
    """Columns that may be the revenue, the assigned one first: named as money no worse than it, full of numbers, and nothing else."""
    chosen = roles["revenue"]
    least = min(dict(_scores(chosen)).get("revenue", SURE), SURE)
    others = [column for role, column in roles.items() if role != "revenue"]
    found = [chosen]
    for column in table.columns:
        if column is chosen or any(column is other for other in others):
            continue
        scores = dict(_scores(column))
        if max(scores.values(), default=0) == scores.get("revenue", -1) >= least and _weighed("revenue", SURE, column) > 0:
            found.append(column)
    return found


def _mapped(table: Table, role: str, header: str) -> Column:
    if role not in ROLES:
        raise BadInput("no_such_role", role=role, roles=list(ROLES))
    for same in (
        lambda name: name == header,
        lambda name: name.casefold() == header.strip().casefold(),
        lambda name: plain(name) == plain(header),
    ):
        found = [column for column in table.columns if same(column.header)]
        if found:
            return found[0]
    raise BadInput("no_such_column", header=header, headers=list(table.headers))


def _scores(column: Column) -> list[tuple[str, int]]:
    """Roles of the whole header; of its lowest part, where several rows make it; a double is called as the first of its name.

    What stands under «План» was not sold.
    """
    if len(column.parts) > 1 and any(_PLANNED.search(part) for part in column.parts):
        return []
    scores = dict(role_scores(column.parts[0] if len(column.parts) == 1 else column.header))
    if len(column.parts) > 1:
        for role, score in role_scores(column.parts[-1]):
            scores[role] = max(scores.get(role, 0), score)
        for role, score in role_scores(column.parts[0]):
            scores.setdefault(role, min(score, INNER_SCORE) // 2)
    return sorted(scores.items())


def _weighed(role: str, score: int, column: Column) -> int:
    """The score after a look at the cells; 0 where they are of another kind."""
    if not (column.kinds != EMPTY).any():
        return score // 3  # an empty column keeps its name: a header without rows is told, not lost
    if role in NUMBER_ROLES:
        return score if column.number_share >= MIN_SHARE else 0
    if role == "date":
        dates = column.date_share
        if dates < MIN_SHARE and score >= STRONG:
            dates = max(dates, dates + column.serial_share)
        return score if dates >= MIN_SHARE else 0
    if role == "client_code":
        return score
    if role == "document" and only_counts(column):
        return 0
    if role == "document_type" and column.number_share >= MIN_SHARE and not _is_flag(column):
        return 0
    if column.date_share > 1 - MIN_SHARE and column.share(DATE) > 0:
        return 0
    return score if column.share(TEXT) >= MIN_SHARE or role == "document" else score // 2


def only_counts(column: Column) -> bool:
    """Whether a column of numbers only counts the rows: 1, 2, 3 …"""
    try:
        head = [float(show(cell)) for cell in column.first(HEAD) if kind_of(cell) != EMPTY]
    except ValueError:
        return False
    if len(head) < 2 or head[0] not in (0, 1) or float((np.diff(head) == 1).mean()) < 0.8:
        return False
    numbers = column.numbers("decimal").values
    known = numbers[~np.isnan(numbers)]
    return len(known) > 1 and known[0] in (0, 1) and float((np.diff(known) == 1).mean()) >= 0.9


def _is_flag(column: Column) -> bool:
    """Whether a column of numbers says yes or no: 1 or 0."""
    numbers = column.numbers("decimal").values
    return set(np.unique(numbers[~np.isnan(numbers)])) <= {0.0, 1.0}


def _agrees(role: str, column: Column, roles: Roles, table: Table) -> bool:
    """Whether a doubtful role fits the others.

    A bare «Код» is the client's only where every client has one code; «Доход» is profit only beside a revenue, «Наценка» only as money.
    """
    if role == "profit" and plain(column.header) in ("доход", "income"):
        return "revenue" in roles
    if role == "profit" and plain(column.header) in ("наценка", "торговая наценка"):
        return _MONEY_UNIT.search(column.header) is not None
    if role != "client_code" or plain(column.header) not in ("код", "code", "id"):
        return True
    client = roles.get("client")
    if client is None:
        return False
    names, codes = client.labels(), column.labels()
    known = names.notna() & codes.notna()
    pairs = len(set(zip(names[known], codes[known], strict=True)))
    return pairs == codes[known].nunique() and pairs <= 1.1 * names[known].nunique() and pairs < known.sum()


def _by_contents(table: Table, roles: Roles, taken: set[int], banned: set[str]) -> None:
    free = [column for column in table.columns if id(column) not in taken]
    if "client" not in roles and "client" not in banned:
        firms = [(_firm_share(column), -i) for i, column in enumerate(free)]
        best = max(firms, default=(0.0, 0))
        texts = [column for column in free if column.share(TEXT) >= MIN_SHARE and column.number_share < MIN_SHARE and not _dated(column)]
        if best[0] >= FIRM_SHARE:
            _take(roles, taken, "client", free[-best[1]])
        elif len(texts) == 1 and table.header_row is None:  # no header says anything, and one column alone holds names
            _take(roles, taken, "client", texts[0])
    if "date" not in roles and "date" not in banned:
        named = roles.get("document")
        dated = [column for column in free if column.date_share >= 0.8 and not set(dict(_scores(column))) & NUMBER_ROLES]
        if named is not None and _dated_names(named) >= MIN_SHARE:
            roles["date"] = named
        elif dated:
            _take(roles, taken, "date", dated[0])
        else:
            inside = [column for column in free if column.share(TEXT) > MIN_SHARE and _dated_names(column) >= MIN_SHARE]
            if inside:
                roles["date"] = inside[0]
                if "document" not in roles:
                    _take(roles, taken, "document", inside[0])
    if "revenue" not in roles and "revenue" not in banned:
        numeric = [column for column in table.columns if id(column) not in taken and _is_money(column)]
        if len(numeric) == 1 or (numeric and all(column.header == column.parts[-1] and len(column.header) <= 2 for column in numeric)):
            _take(roles, taken, "revenue", max(numeric, key=_size))


def _take(roles: Roles, taken: set[int], role: str, column: Column) -> None:
    roles[role] = column
    taken.add(id(column))


def _firm_share(column: Column) -> float:
    if column.share(TEXT) < MIN_SHARE or not len(column.uniques):
        return 0.0
    return sum(bool(LEGAL_FORM.search(str(text))) for text in column.uniques) / len(column.uniques)


def _dated_names(column: Column) -> float:
    filled = int((column.kinds != EMPTY).sum())
    return float((~np.isnat(column.dates().days)).sum()) / filled if filled and column.share(TEXT) >= MIN_SHARE else 0.0


def _dated(column: Column) -> bool:
    return column.date_share >= MIN_SHARE or _dated_names(column) >= MIN_SHARE


def _is_money(column: Column) -> bool:
    return column.number_share >= 0.8 and column.date_share < MIN_SHARE and not _NOT_MONEY.search(column.header)


def _size(column: Column) -> float:
    values = column.numbers("decimal").values
    return float(np.nansum(np.abs(values))) if len(values) else 0.0
