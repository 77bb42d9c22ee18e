"""The development committee: what the card did not foresee, what was decided, and whether it helped (METHOD §6)."""

from sbyt_core.committee.agenda import AgendaItem, Month, agenda, months, overdue, similar
from sbyt_core.committee.fold import Record, situations, standing
from sbyt_core.committee.members import Committee, CommitteeMember
from sbyt_core.committee.model import Decision, Event, Kpi, Review, Situation

__all__ = [
    "AgendaItem",
    "Committee",
    "CommitteeMember",
    "Decision",
    "Event",
    "Kpi",
    "Month",
    "Record",
    "Review",
    "Situation",
    "agenda",
    "months",
    "overdue",
    "similar",
    "situations",
    "standing",
]
