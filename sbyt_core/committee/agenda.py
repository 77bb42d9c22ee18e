"""What lies on the committee's table, what is late, and how the share of unreadiness goes.

Agenda: decisions past their day first, then reviews that are due by the meeting, then what waits for a decision, then what
waits for a cause, then overrides to approve; inside each the oldest first. Unreadiness of a month: situations of that month
whose cause is "staff not ready", of those whose cause is known; overrides are no situations of work and count nowhere. In the
first three or four months most situations are unreadiness; that its share falls is the sign that the card takes hold. It fell or
rose where the months of unready situations and those of the other ones differ by a rank test below `SIGNIFICANCE`, else chance may
have done it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sbyt_core.committee.model import Situation

WHY = ("overdue", "review", "decide", "analyse", "approve")
ALIKE = 55  # RapidFuzz token-set ratio from which two stories are worth a look side by side
SAME_STEP, SAME_CLIENT = 10, 5  # points that a common step or client adds
SIGNIFICANCE = 0.05  # of the rank test below which unreadiness fell or rose


@dataclass(frozen=True)
class AgendaItem:
    """A situation to be dealt with. why: code of `WHY`; since: the day that has passed, the review day, or the day of the situation."""

    situation: Situation
    why: str
    since: date


@dataclass(frozen=True)
class Month:
    """Situations of a month: all, those with a cause, those of unreadiness among them. month: its first day."""

    month: date
    all: int
    known: int
    unready: int


def agenda(found: Iterable[Situation], *, meeting: date) -> tuple[AgendaItem, ...]:
    """What a meeting on a day has to deal with; a decision that is being carried out in time waits for its day."""
    items = [item for one in found if (item := _item(one, meeting)) is not None]
    return tuple(sorted(items, key=lambda item: (WHY.index(item.why), item.since, item.situation.number)))


def overdue(found: Iterable[Situation], *, today: date) -> tuple[Situation, ...]:
    """Decisions not carried out by their day and reviews not held on theirs, the longest overdue first."""
    late = [(day, one) for one in found if (day := one.overdue(today)) is not None]
    return tuple(one for day, one in sorted(late, key=lambda pair: (pair[0], pair[1].number)))


def months(found: Iterable[Situation]) -> tuple[Month, ...]:
    """Unreadiness by month of the situation's day, from the first month to the last, months without situations between."""
    work = [one for one in found if one.source != "override" and one.state != "dismissed"]
    if not work:
        return ()
    result, month, last = [], min(one.day for one in work).replace(day=1), max(one.day for one in work)
    while month <= last:
        own = [one for one in work if one.day.replace(day=1) == month]
        known = [one for one in own if one.cause is not None]
        result.append(Month(month, len(own), len(known), sum(one.cause == "staff_not_ready" for one in known)))
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return tuple(result)


def way(table: Sequence[Month]) -> str:
    """How unreadiness goes over the months: "fell", "rose", or "chance" where the months do not tell.

    Source: Mann and Whitney (1947), the months as ranks, ties corrected.
    """
    from scipy.stats import mannwhitneyu

    unready = [place for place, month in enumerate(table) for _ in range(month.unready)]
    others = [place for place, month in enumerate(table) for _ in range(month.known - month.unready)]
    if not unready or not others or len({*unready, *others}) == 1:
        return "chance"
    test = mannwhitneyu(unready, others, method="asymptotic")
    if test.pvalue >= SIGNIFICANCE:
        return "chance"
    return "fell" if test.statistic < len(unready) * len(others) / 2 else "rose"


def similar(text: str, found: Sequence[Situation], *, step: str = "", client_key: str = "", limit: int = 3) -> tuple[Situation, ...]:
    """Past situations that tell the like, the likest first; overrides and what was dismissed aside."""
    from rapidfuzz import fuzz

    if len(text.split()) < 2:  # one word is alike to everything
        return ()
    scored = []
    for one in found:
        if one.source == "override" or one.state == "dismissed":
            continue
        score = fuzz.token_set_ratio(_plain(text), _plain(one.text))
        score += SAME_STEP * bool(step and step == one.step) + SAME_CLIENT * bool(client_key and client_key == one.client_key)
        if score >= ALIKE:
            scored.append((-score, -one.number, one))
    return tuple(one for *_, one in sorted(scored, key=lambda row: row[:2])[:limit])


def _item(one: Situation, meeting: date) -> AgendaItem | None:
    late = one.overdue(meeting)
    if late is not None:
        return AgendaItem(one, "overdue", late)
    if one.state == "to_review" and one.decision is not None:
        return AgendaItem(one, "review", one.decision.review_on) if one.decision.review_on <= meeting else None
    if one.state == "analysed":
        return AgendaItem(one, "decide", one.day)
    if one.state == "new":
        return AgendaItem(one, "approve" if one.source == "override" else "analyse", one.day)
    return None


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold().replace("ё", "е"))
