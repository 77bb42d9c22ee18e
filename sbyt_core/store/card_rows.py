"""Rows of card versions and their acts: read from the tables, and checked where they come from outside."""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping, Sequence
from typing import Any

from sbyt_core.cards import life
from sbyt_core.cards.life import Act, CardVersion
from sbyt_core.errors import BadInput
from sbyt_core.store.entries import CARD_ACT
from sbyt_core.store.versions import CARD_VERSION


def sent_version(row: Mapping[Any, Any]) -> CardVersion:
    """The version of a row as it was sent. Raises BadInput."""
    return CardVersion.from_value(json_text.loads(row["json"]), number=row["number"], author=row["author"], at=row["at"])


def check_card_rows(versions: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]) -> None:
    """Whether rows from outside tell a life that the store would have allowed. Raises SbytError, BadInput."""
    acts: dict[str, list[Act]] = {}
    for row in entries:
        if row["kind"] == CARD_ACT:
            acts.setdefault(row["subject"], []).append(Act.from_value(json_text.loads(row["json"]), row["author"], row["at"]))
    sent = [row for row in versions if row["kind"] == CARD_VERSION]
    told = [life.lived(sent_version(row), acts.pop(str(row["number"]), ())) for row in sent]
    for version, row in zip(told, sent, strict=True):
        life.check_asked(version.card, version.why, version.reviewers, version.people)
        frozen = any(act.act == life.AGREE for act in version.acts) and len(version.agreed) == len(version.reviewers)
        if frozen != (row["approved_at"] is not None):
            raise BadInput("bad_json", name=CARD_VERSION)
    if acts or sum(one.state == life.EFFECTIVE for one in told) > 1 or sum(one.state in life.UNDER_WAY for one in told) > 1:
        raise BadInput("bad_json", name=CARD_ACT)
