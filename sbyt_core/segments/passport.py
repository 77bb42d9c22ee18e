"""The passport of a client: why it is in its class, how far the border is, and what would move it."""

from __future__ import annotations

import math

from sbyt_core.segments.distance import fall_within, rise_to_next
from sbyt_core.segments.model import SEGMENTS, STATES, Move, Passport
from sbyt_core.segments.reasons import number
from sbyt_core.segments.segmentation import Segmentation


def passport(segmentation: Segmentation, client_key: str) -> Passport:
    """Class, reasons, distance to the borders in money and what would move the client.

    Distances are of the computed class, by all rules, with every other client as it is. Raises BadInput no_such_client.
    """
    place = segmentation.place(client_key)
    ranking, criteria = segmentation.ranking, segmentation.criteria
    classed = place < ranking.n
    row = ranking.clients.frame.iloc[ranking.rows[place]]
    up = down = None
    if classed:
        now = int(segmentation.steps.computed[place])
        up = rise_to_next(ranking, criteria, place, now)
        down = fall_within(ranking, criteria, place, now)
    return Passport(
        client_key=client_key,
        client=row["client"],
        segment=SEGMENTS[segmentation.final[place]],
        computed=SEGMENTS[segmentation.steps.computed[place]] if classed else "new",
        state=STATES[segmentation.state_codes[place]],
        tags=segmentation.tags(client_key),
        value=number(ranking.figure("value", place)),
        measure=ranking.measure,
        rank=place + 1 if classed else None,
        share_before=float(ranking.share_before[place]) if classed else None,
        reasons=segmentation.reasons(client_key),
        next_up=SEGMENTS[up[0]] if up else None,
        to_next_up=up[1] if up else None,
        next_down=SEGMENTS[down[0]] if down else None,
        may_fall=down[1] if down else None,
        moves=_moves(segmentation, place, None if up is None else up[1]),
        facts=row.to_dict(),
        override=segmentation.override(client_key),
    )


def _moves(segmentation: Segmentation, place: int, rise: float | None) -> tuple[Move, ...]:
    """What would lift the client: more value, more months, more documents, less trouble, or time."""
    ranking, criteria = segmentation.ranking, segmentation.criteria
    row = ranking.clients.frame.iloc[ranking.rows[place]]
    if place >= ranking.n:
        first = row["first_ever"]
        return (Move("time", None, float(criteria.newcomer_months)),) if first == first else ()
    found = []
    if rise is not None:
        value = number(ranking.value[place])
        found.append(Move("more_value", value, round((value or 0.0) + rise, 2)))
    for reason in segmentation.reasons(ranking.clients.frame["client_key"].iloc[ranking.rows[place]]):
        if reason.rule == "irregular":
            months = math.floor(criteria.min_active_share * row["months_known"])
            months += months < criteria.min_active_share * row["months_known"]
            found.append(Move("more_months", float(row["months_seen"]), float(months)))
        elif reason.rule == "few_documents":
            found.append(Move("more_documents", float(row["documents"]), float(criteria.few_documents + 1)))
        elif reason.rule == "one_document":
            found.append(Move("spread_documents", float(row["largest_document_share"]), criteria.one_document_share))
        elif reason.rule == "trouble":
            found.append(Move("less_trouble", reason.value, criteria.trouble_limit))
    return tuple(found)
