"""Technology card: the formal process by which every client is served, its differences by segment, and its versions (METHOD §6)."""

from sbyt_core.cards.checks import blocking, check_card
from sbyt_core.cards.diff import CardDiff, diff_cards, marked_words
from sbyt_core.cards.draft import CardDraft, next_draft
from sbyt_core.cards.merge import Merged, merge_steps
from sbyt_core.cards.model import KINDS, SEGMENTS, Card, Change, Step, StepException
from sbyt_core.cards.norms import minutes_by_role, minutes_of_document, norm_minutes, typical_share

__all__ = [
    "KINDS",
    "SEGMENTS",
    "Card",
    "CardDiff",
    "CardDraft",
    "Change",
    "Merged",
    "Step",
    "StepException",
    "blocking",
    "check_card",
    "diff_cards",
    "marked_words",
    "merge_steps",
    "minutes_by_role",
    "minutes_of_document",
    "next_draft",
    "norm_minutes",
    "typical_share",
]
