"""The technology card's versions: sent, agreed, acknowledged, in effect, retired; the store lets nothing past that order.

The draft is a document of kind `card`, edited like every draft. Sending it makes a version whose content never changes; what is
done with a version is a record that is only ever added. The state is told by these records alone (cards/life.py), so it cannot
disagree with them. One version is under way at a time; the one that takes effect retires the one before it in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from sbyt_core.cards import life
from sbyt_core.cards.checks import blocking, check_card
from sbyt_core.cards.draft import DOCUMENT, CardDraft
from sbyt_core.cards.life import Act, CardVersion
from sbyt_core.errors import BadInput, NotAllowed, SbytError, StaleRecord
from sbyt_core.sales.identity.names import same_name
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import insert_one
from sbyt_core.store.card_rows import sent_version
from sbyt_core.store.documents import Documents
from sbyt_core.store.entries import CARD_ACT, Entries
from sbyt_core.store.versions import CARD_VERSION, Versions

ANYWHERE = timedelta(hours=14)  # the farthest time zone ahead of UTC: it is that day there already


class Cards(Versions, Documents, Entries):
    """The part of the store that leads a card through its life."""

    def send_card(
        self,
        project_id: str,
        *,
        expected_version: int,
        reviewers: Sequence[str],
        people: Mapping[str, Sequence[str]],
        effective_on: date,
        author: str | None = None,
    ) -> CardVersion:
        """Send the draft to review as the next version. expected_version: of the draft's document as it was read.

        people: role → those who will have to acknowledge it. Raises StaleRecord, card_in_review, card_not_ready, card_unchanged,
        empty_text without a reason, no_reviewer, role_without_people, NotAllowed.
        """
        author = self._name(author)
        with self._write() as connection:
            self._enter(connection, project_id, access.EDIT)
            head = self._head(connection, project_id, DOCUMENT, "")
            if head.version != expected_version:
                raise StaleRecord("stale_record", what=DOCUMENT, author=head.author, time=head.at)
            draft = CardDraft.from_value(head.value)
            kept = self._card_versions(connection, project_id)
            version = _made(draft, kept, reviewers, people, effective_on)
            table = schema.version.c
            last = select(func.max(table.number)).where(table.project_id == project_id, table.kind == CARD_VERSION)
            version = replace(version, number=(connection.execute(last).scalar() or 0) + 1, author=author, at=self._clock())
            place = {"project_id": project_id, "kind": CARD_VERSION, "number": version.number, "name": str(version.number)}
            json = checks.dump(version.to_value(), CARD_VERSION)
            insert_one(connection, schema.version, {**place, "json": json, "revision": 1, "author": author, "at": version.at})
            self._log(connection, project_id, author, "send_card", str(version.number))
            return version

    def card_versions(self, project_id: str) -> list[CardVersion]:
        """All versions that were ever sent, newest first, each in its state and with its acts."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            return self._card_versions(connection, project_id)

    def card_version(self, project_id: str, number: int) -> CardVersion:
        """One version. Raises not_found."""
        return _numbered(self.card_versions(project_id), number)

    def agree_card(self, project_id: str, number: int, person: str, *, author: str | None = None) -> CardVersion:
        """A reviewer agrees; with the last of them the version is approved. Raises card_state, not_asked, NotAllowed."""
        return self._act(project_id, number, Act(life.AGREE, person), access.EDIT, author)

    def return_card(self, project_id: str, number: int, person: str, remark: str, *, author: str | None = None) -> CardVersion:
        """A reviewer sends the version back. Raises card_state, not_asked, empty_text, NotAllowed."""
        return self._act(project_id, number, Act(life.RETURN, person, remark=checks.prose(remark)), access.EDIT, author)

    def acknowledge_card(self, project_id: str, number: int, role: str, person: str, *, author: str | None = None) -> CardVersion:
        """Somebody of a role has read the version and signs. Who may not edit signs for themselves only.

        Raises card_state, not_asked, NotAllowed.
        """
        return self._act(project_id, number, Act(life.ACKNOWLEDGE, person, role), access.RECORD, author)

    def make_card_effective(self, project_id: str, number: int, day: date, *, author: str | None = None) -> CardVersion:
        """Put a version into effect from a day, today at the latest, and retire the one before it.

        Raises card_state, not_acknowledged, card_too_early, NotAllowed.
        """
        return self._act(project_id, number, Act(life.EFFECT, day=day), access.APPROVE, author)

    def restore_card(self, project_id: str, number: int, why: str, *, expected_version: int, author: str | None = None) -> CardDraft:
        """Make a new draft of an old version; the draft that stood stays in the document's history.

        Raises StaleRecord, not_found, empty_text, NotAllowed.
        """
        why, versions = checks.prose(why), self.card_versions(project_id)
        version = _numbered(versions, number)
        draft = self.document(project_id, DOCUMENT)
        cards = [one.card for one in versions] + [card for card in [CardDraft.from_value(draft.value).card] if card is not None]
        held = life.effective(versions)
        card = replace(version.card, last_key=max(card.last_key for card in cards))
        restored = CardDraft(card, why, held.number if held else None)
        json = checks.dump(restored.to_value(), DOCUMENT)
        self.save_document(project_id, DOCUMENT, json, expected_version=expected_version, author=author)
        return restored

    def _act(self, project_id: str, number: int, act: Act, action: str, author: str | None) -> CardVersion:
        author = self._name(author)
        if act.person:
            act = replace(act, person=checks.one_line(act.person))
        with self._write() as connection:
            self._enter(connection, project_id, action)
            if act.act == life.ACKNOWLEDGE and not self._may_sign(connection, project_id, act.person):
                raise NotAllowed("not_allowed", action="sign_for_another")
            versions = self._card_versions(connection, project_id)
            before = _numbered(versions, number)
            if act.act == life.EFFECT and act.day is not None and act.day > (self._clock() + ANYWHERE).date():
                raise SbytError("card_too_early", number=number, day=act.day)
            after = life.followed(before, act)
            if after is before:  # was done already
                return before
            held = life.effective(versions)
            if after.state == life.EFFECTIVE and before.state != life.EFFECTIVE:
                if held is not None:
                    self._add_act(connection, project_id, held.number, Act(life.RETIRE, day=act.day), author)
                self._refresh_draft(connection, project_id, after, author)
            if after.state == life.APPROVED and before.state == life.IN_REVIEW:
                self._freeze(connection, project_id, after)
            self._add_act(connection, project_id, number, act, author)
            return _numbered(self._card_versions(connection, project_id), number)

    def _may_sign(self, connection: Connection, project_id: str, person: str) -> bool:
        return access.allowed(self._role(connection, project_id), access.EDIT) or person.casefold() == self.person

    def _add_act(self, connection: Connection, project_id: str, number: int, act: Act, author: str) -> None:
        values: dict[str, Any] = {"project_id": project_id, "kind": CARD_ACT, "subject": str(number)}
        values |= {"json": checks.dump(act.to_value(), CARD_ACT), "author": author, "at": self._clock()}
        insert_one(connection, schema.entry, values)
        self._log(connection, project_id, author, f"card_{act.act}", str(number))

    def _freeze(self, connection: Connection, project_id: str, version: CardVersion) -> None:
        table = schema.version.c
        row = (table.project_id == project_id) & (table.kind == CARD_VERSION) & (table.number == version.number)
        values = {"approved_by": ", ".join(version.reviewers), "approved_at": self._clock()}
        connection.execute(update(schema.version).where(row).values(**values))

    def _refresh_draft(self, connection: Connection, project_id: str, version: CardVersion, author: str) -> None:
        """The draft goes on from the version in effect; where it was edited meanwhile it keeps its edits and reasons."""
        draft = CardDraft.from_value(self._head(connection, project_id, DOCUMENT, "").value)
        moved_on = draft.card != version.card
        fresh = CardDraft(draft.card, draft.why if moved_on else "", version.number)
        self._put(connection, project_id, DOCUMENT, "", checks.dump(fresh.to_value(), DOCUMENT), author)

    def _card_versions(self, connection: Connection, project_id: str) -> list[CardVersion]:
        table = schema.version.c
        question = select(schema.version).where(table.project_id == project_id, table.kind == CARD_VERSION).order_by(table.number.desc())
        acts: dict[str, list[Act]] = {}
        for entry in self._entries(connection, project_id, CARD_ACT, None):
            acts.setdefault(entry.subject, []).append(Act.from_value(entry.value, entry.author, entry.at))
        rows = connection.execute(question).all()
        return [life.lived(sent_version(row._mapping), acts.get(str(row.number), ())) for row in rows]


def _made(
    draft: CardDraft, kept: Sequence[CardVersion], reviewers: Sequence[str], people: Mapping[str, Sequence[str]], day: date
) -> CardVersion:
    if draft.card is None:
        raise SbytError("not_found", what="card")
    busy, held = life.under_way(kept), life.effective(kept)
    if busy is not None:
        raise SbytError("card_in_review", number=busy.number)
    faults = blocking(check_card(draft.card))
    if faults:
        raise BadInput("card_not_ready", count=len(faults))
    if held is not None and replace(held.card, last_key=0) == replace(draft.card, last_key=0):
        raise BadInput("card_unchanged", number=held.number)
    life.check_asked(draft.card, draft.why, reviewers, people)
    named = {role: _names(people[role]) for role in draft.card.roles}
    return CardVersion(0, draft.card, checks.prose(draft.why), _names(reviewers), named, day, draft.based_on)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """Names as they are kept: each once, without case counting."""
    names = {same_name(name): checks.one_line(name) for name in reversed(given) if name.strip()}
    return tuple(reversed(names.values()))


def _numbered(versions: Sequence[CardVersion], number: int) -> CardVersion:
    for version in versions:
        if version.number == number:
            return version
    raise SbytError("not_found", what="version")
