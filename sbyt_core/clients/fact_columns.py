"""Which column of a file of client facts holds what, by the words of its header, in Russian and English.

A header is compared as those of sales are (`plain`): lower case, words only, units taken out. The first pattern that fits the whole
header decides; of two columns for one fact the first holds. Client and code are told as in a file of sales.
"""

# ruff: noqa: E501  (a pattern is read on one line or not at all)
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.vocabulary import plain, role_scores

WHO = ("client", "client_code")
# fact → the most that it can be for one client and year; more is a slip of the pen
FACTS: dict[str, float] = {
    "overdue": 1e12,  # money owed after its day
    "days_late": 3650.0,  # days that this money is late
    "deliveries": 100_000.0,
    "hours": 8784.0,  # of people, in a year: one person day and night
    "requests": 1_000_000.0,
    "potential": 1e12,  # money the client spends a year on what we sell, with everybody
}
WHO_LEAST = 45  # score of a header from which it may name the client

_WORDS: tuple[tuple[str, str], ...] = (
    ("days_late", r"дн\w* (?:просроч\w+|опоздан\w+|задержк\w+)(?: \w+)?|просроч\w+ дн\w*|(?:срок|длительность) просрочки|days (?:late|overdue|past due)|overdue days"),
    ("overdue", r"(?:сумма )?просроч\w+(?: (?:долг\w*|дебитор\w*|задолженност\w*|сумм\w*|дз))*|(?:долг|задолженность|дз|дебиторка) просроч\w+|просрочка|overdue(?: (?:money|amount|debt|balance|sum))?|past due(?: amount)?"),
    ("deliveries", r"(?:количество |число |кол во )?(?:достав\w+|рейс\w*|выезд\w*|отгрузок)(?: за \w+)?|(?:number of )?deliver(?:y|ies)|trips"),
    ("hours", r"(?:трудо)?час\w*(?: (?:на )?\w+){0,2}|(?:затрачено |потрачено )час\w*|трудозатраты(?: час\w*)?|hours(?: (?:spent|of service|on client))?|service hours|time spent"),
    ("requests", r"(?:количество |число |кол во )?(?:обращен\w+|запрос\w*|заявок|звонк\w+|тикет\w*)(?: за \w+)?|(?:number of )?(?:service )?(?:requests|tickets|calls|enquiries)"),
    ("potential", r"потенциал\w*(?: \w+){0,2}|(?:годов\w+ )?потребност\w*(?: \w+){0,2}|(?:annual |purchase )?potential(?: purchases)?|annual (?:need|demand)"),
)  # fmt: skip
_COMPILED = tuple((fact, re.compile(pattern)) for fact, pattern in _WORDS)


def fact_columns(headers: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[str, str]:
    """Role of `WHO` or fact of `FACTS` → header. mapping: role → header as the user says; "" leaves the role empty.

    Raises BadInput no_such_role, no_such_column; BadFile no_client_column, no_fact_column.
    """
    found: dict[str, str] = {}
    for role, header in (mapping or {}).items():
        if role not in (*WHO, *FACTS):
            raise BadInput("no_such_role", role=role, roles=[*WHO, *FACTS])
        if header and header not in headers:
            raise BadInput("no_such_column", header=header, headers=list(headers))
        if header:
            found[role] = header
    free = [header for header in headers if header not in found.values()]
    closed = set(mapping or {})
    for header in free:
        fact = next((fact for fact, pattern in _COMPILED if pattern.fullmatch(plain(header))), None)
        if fact and fact not in found and fact not in closed:
            found[fact] = header
    free = [header for header in free if header not in found.values()]
    for role in WHO:
        scored = [(dict(role_scores(header)).get(role, 0), -at, header) for at, header in enumerate(free)]
        best = max(scored, default=(0, 0, ""))
        if best[0] >= WHO_LEAST and role not in found and role not in closed:
            found[role] = best[2]
            free.remove(best[2])
    if not set(WHO) & set(found):
        raise BadFile("no_client_column", headers=list(headers[:20]))
    if not set(FACTS) & set(found):
        raise BadFile("no_fact_column", headers=list(headers[:20]))
    return {role: found[role] for role in (*WHO, *FACTS) if role in found}
