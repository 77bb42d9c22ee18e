"""A decision on who is one client in words: what was decided, and of whom."""

from __future__ import annotations

from sbyt_core.sales.identity.decisions import APART, BY_HOLDING, COLLECTIVE, SAME, SPLIT, Decision
from sbyt_core.texts import Speech

NOBODY_SIGNED_IN = "local"  # author of what is decided at the computer itself
_BETWEEN = {SAME: " ← ", APART: " · ", SPLIT: " · "}


def decision_text(say: Speech, decision: Decision) -> str:
    """What was decided."""
    tail = f".{decision.value}" if decision.act in (COLLECTIVE, BY_HOLDING) else ""
    return say(f"identity.{decision.act}{tail}")


def decision_subject(decision: Decision) -> str:
    """Whom it is about, by the names as they were shown: kept ← taken in; client → holding."""
    names = _BETWEEN.get(decision.act, ", ").join(decision.names or decision.keys)
    value = decision.value if decision.act not in (COLLECTIVE, BY_HOLDING, SPLIT) else None
    return " → ".join(part for part in (names, value) if part)


def decision_author(decision: Decision) -> str:
    """Who decided; nothing where nobody had signed in."""
    return "" if decision.author == NOBODY_SIGNED_IN else decision.author
