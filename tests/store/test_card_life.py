"""Any order of actions of any people: no version takes effect without its acknowledgements, nothing approved changes, nothing is lost."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sbyt_core.cards import CardDraft
from sbyt_core.cards.change import add_step, change_step, drop_step
from sbyt_core.errors import SbytError
from sbyt_core.store import Store
from tests.cards.making import small

REVIEWERS = ("Анна", "Борис")
PEOPLE = {"Менеджер": ("Иван", "Ольга"), "Склад": ("Пётр",)}
SIGNERS = tuple((role, name) for role, names in PEOPLE.items() for name in names)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAST_STATES = ("returned", "retired")
BACK = st.sampled_from([0, 0, 0, 1, 2])  # how far back from the newest version
STALE = st.sampled_from([False, False, False, True])


class Life(RuleBasedStateMachine):
    """Two windows on one store, a clock that goes day by day, and a diary of everything that was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now = START
        self.windows = [Store(None, Path(self.folder.name), lambda: self.now) for _ in range(2)]
        self.seen = [0, 0]  # version of the draft that each window last read
        self.project = ""
        self.diary: dict[int, dict] = {}  # number → its content as sent
        self.drafts = 0
        self.acts: list[str] = []
        self.states: dict[int, str] = {}

    def teardown(self) -> None:
        for window in self.windows:
            window.close()
        self.folder.cleanup()

    @initialize()
    def company(self) -> None:
        self.project = self.windows[0].create_project("Компания").id
        self._save(0, CardDraft(small(), "Первая"))

    def _save(self, window: int, draft: CardDraft) -> bool:
        text = json.dumps(draft.to_value())
        before = self.windows[window].document(self.project, "card")
        done = self._tried(
            lambda: self.windows[window].save_document(self.project, "card", text, expected_version=self.seen[window]), "stale_record"
        )
        assert done == (self.seen[window] == before.version)
        if done:
            self.seen[window] = self.windows[window].document(self.project, "card").version
        return done

    def _number(self, back: int) -> int:
        return max(max(self.diary, default=0) - back, 1)

    def _tried(self, action: Callable[[], object], *codes: str) -> bool:
        try:
            action()
        except SbytError as error:
            if error.code not in codes:
                raise
            return False
        return True

    @rule(window=st.integers(0, 1))
    def look(self, window: int) -> None:
        self.seen[window] = self.windows[window].document(self.project, "card").version

    @rule(window=st.integers(0, 1), stale=STALE, edit=st.integers(0, 2), why=st.sampled_from(["Не успевали", "Решение комитета", ""]))
    def edit(self, window: int, stale: bool, edit: int, why: str) -> None:
        if not stale:
            self.look(window)
        card = CardDraft.from_value(self.windows[window].document(self.project, "card").value).card
        assert card is not None
        if edit == 0:
            card = change_step(card, "s1", {"norm_minutes": 1.0 + card.last_key + self.now.day})
        elif edit == 1:
            card = add_step(card, {"operation": f"Новый {card.last_key}", "role": "Склад", "norm_minutes": 1.0})
        elif len(card.steps) > 4:
            card = drop_step(card, card.steps[-1].key)
        self._save(window, CardDraft(card, why))

    @rule(window=st.integers(0, 1), stale=STALE, days=st.integers(0, 2), people=st.sampled_from([PEOPLE, PEOPLE, {"Менеджер": ("Иван",)}]))
    def send(self, window: int, stale: bool, days: int, people: dict[str, tuple[str, ...]]) -> None:
        if not stale:
            self.look(window)
        store = self.windows[window]

        def action() -> None:
            sent = store.send_card(
                self.project,
                expected_version=self.seen[window],
                reviewers=REVIEWERS,
                people=people,
                effective_on=self.now.date() + timedelta(days=days),
            )
            assert sent.number not in self.diary
            self.diary[sent.number] = sent.to_value()

        self._tried(action, "stale_record", "card_in_review", "card_unchanged", "empty_text", "role_without_people")

    @rule(window=st.integers(0, 1), back=BACK, person=st.sampled_from([*REVIEWERS, "Вера"]), agree=st.booleans())
    def review(self, window: int, back: int, person: str, agree: bool) -> None:
        store = self.windows[window]
        if agree:
            self._tried(lambda: store.agree_card(self.project, self._number(back), person), "not_found", "card_state", "not_asked")
        else:
            self._tried(lambda: store.return_card(self.project, self._number(back), person, "Рано"), "not_found", "card_state", "not_asked")

    @rule(back=BACK, signer=st.sampled_from([*SIGNERS, ("Склад", "Иван")]))
    def acknowledge(self, back: int, signer: tuple[str, str]) -> None:
        self._tried(
            lambda: self.windows[0].acknowledge_card(self.project, self._number(back), *signer), "not_found", "card_state", "not_asked"
        )

    @rule(window=st.integers(0, 1), back=BACK)
    def everybody(self, window: int, back: int) -> None:
        """All that are asked sign one after another, so that whole lives are walked often."""
        for person in REVIEWERS:
            self.review(window, back, person, True)
        for signer in SIGNERS:
            self.acknowledge(back, signer)

    @rule(window=st.integers(0, 1), back=BACK, ahead=st.integers(0, 3))
    def effect(self, window: int, back: int, ahead: int) -> None:
        day = self.now.date() + timedelta(days=ahead)
        self._tried(
            lambda: self.windows[window].make_card_effective(self.project, self._number(back), day),
            "not_found",
            "card_state",
            "not_acknowledged",
            "card_too_early",
        )

    @rule(window=st.integers(0, 1), skipped=st.sampled_from(["", "", "", "review", "signers"]))
    def whole_life(self, window: int, skipped: str) -> None:
        """From an edit to taking effect, now and then with a part left out."""
        self.edit(window, False, 1, "Решение комитета")
        self.send(window, False, 0, PEOPLE)
        for person in REVIEWERS if skipped != "review" else REVIEWERS[1:]:
            self.review(window, 0, person, True)
        for signer in SIGNERS if skipped != "signers" else SIGNERS[1:]:
            self.acknowledge(0, signer)
        self.effect(window, 0, 0)

    @rule(window=st.integers(0, 1), back=BACK)
    def restore(self, window: int, back: int) -> None:
        store = self.windows[window]
        self._tried(
            lambda: store.restore_card(self.project, self._number(back), "Вернуть", expected_version=self.seen[window]),
            "not_found",
            "stale_record",
        )

    @rule()
    def sleep(self) -> None:
        self.now += timedelta(days=1)

    @invariant()
    def nothing_takes_effect_without_its_acknowledgements(self) -> None:
        if not self.project:
            return
        versions = self.windows[0].card_versions(self.project)
        for version in versions:
            if version.since is not None:
                signed = {(act.role, act.person) for act in version.acts if act.act == "acknowledge"}
                assert set(SIGNERS) <= signed
                assert {act.person for act in version.acts if act.act == "agree"} == set(REVIEWERS)
                assert version.since >= version.effective_on
                assert version.since <= self.now.date() + timedelta(days=1)
        assert sum(version.state == "effective" for version in versions) <= 1
        assert sum(version.state in ("in_review", "approved") for version in versions) <= 1

    @invariant()
    def nothing_sent_ever_changes_and_nothing_is_lost(self) -> None:
        if not self.project:
            return
        store = self.windows[1]
        versions = {version.number: version for version in store.card_versions(self.project)}
        assert {number: version.to_value() for number, version in versions.items()} == self.diary
        for number, state in self.states.items():
            assert state not in LAST_STATES or versions[number].state == state
        self.states = {number: version.state for number, version in versions.items()}
        acts = [entry.json for entry in store.entries(self.project, "card_act")]
        assert acts[: len(self.acts)] == self.acts
        self.acts = acts
        history = store.history(self.project, "card")
        assert [draft.version for draft in history] == list(range(len(history), 0, -1))
        assert len(history) >= self.drafts
        self.drafts = len(history)
        frozen = {row.number for row in store.versions(self.project, "card_version") if row.status == "approved"}
        assert frozen == {n for n, v in versions.items() if len(v.agreed) == len(REVIEWERS)}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
