"""Norm minutes of a card: how long one document takes by the card, for every kind of clients; one source for cost and hours.

Minutes of a document = Σ norm minutes of the steps by which the kind is served. Where a step has no norm yet the sum is not known:
the kind is then left out, never counted with a 0. Coverage by typical operations = share of the minutes that stand in steps
done the same way every time, weighed by documents where they are given, else of the base card.
"""

from __future__ import annotations

from collections.abc import Mapping

from sbyt_core.cards.model import KINDS, Card


def norm_minutes(card: Card) -> dict[str, float]:
    """Minutes of one document by kind of clients; a kind with a step whose norm is missing is left out."""
    minutes = {}
    for kind in KINDS:
        norms = [step.norm_minutes for step in card.steps_for(kind)]
        if norms and all(norm is not None for norm in norms):
            minutes[kind] = float(sum(norm for norm in norms if norm is not None))
    return minutes


def minutes_of_document(card: Card, kind: str | None = None) -> float | None:
    """Minutes of one document by the base card, or of a kind; None while a norm is missing or there are no steps."""
    norms = [step.norm_minutes for step in card.steps_for(kind)]
    return None if not norms or None in norms else float(sum(norm for norm in norms if norm is not None))


def typical_share(card: Card, documents: Mapping[str, float] | None = None) -> float | None:
    """Share of the card's minutes that typical operations take.

    documents: number a kind of clients; None: one document of the base card. None where no minutes are known.
    """
    typical = total = 0.0
    for kind, count in (documents if documents is not None else {None: 1.0}).items():
        for step in card.steps_for(kind):
            if step.norm_minutes is not None:
                total += count * step.norm_minutes
                typical += count * step.norm_minutes if step.typical else 0.0
    return typical / total if total else None


def minutes_by_role(card: Card, kind: str | None = None) -> dict[str, float]:
    """Minutes of one document that every role takes, roles in the order of the steps; missing norms are left out of the sum."""
    minutes: dict[str, float] = {}
    for step in card.steps_for(kind):
        if step.role.strip() and step.norm_minutes is not None:
            minutes[step.role.strip()] = minutes.get(step.role.strip(), 0.0) + step.norm_minutes
    return minutes
