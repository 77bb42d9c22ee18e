"""The sample company with a card, for the pages of practice and the committee."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sbyt_core.cards import Card
from sbyt_core.cards.draft import DOCUMENT, CardDraft
from sbyt_core.cards.starters import starter
from sbyt_core.practice.read_log import read_log
from sbyt_core.practice.record import KIND, records
from sbyt_core.store import Store
from sbyt_core.texts import speech

LOG = Path(__file__).resolve().parents[2] / "sample_data" / "practice.xlsx"


def give_card(home: Path) -> str:
    """Put the starter card of a distributor into the draft of the only company; its id."""
    store = Store(home=home)
    project = store.projects()[0]
    draft = CardDraft(starter("distribution", speech(project.lang)), why="Первая карта")
    store.save_document(project.id, DOCUMENT, json.dumps(draft.to_value(), ensure_ascii=False), expected_version=0)
    store.close()
    return project.id


def give_log(home: Path) -> None:
    """Put the sample's log into the only company."""
    store = Store(home=home)
    project = store.projects()[0]
    lines = store.load_sales(project.data.id).lines  # type: ignore[union-attr]
    clients = lines[["client_key", "client", "client_code"]].dropna(subset=["client_key"]).drop_duplicates("client_key")
    card = CardDraft.from_value(store.document(project.id, DOCUMENT).value).card
    assert card is not None
    reading = read_log(LOG.read_bytes(), name=LOG.name, card=card, clients=clients, effective=date(2025, 7, 1))
    for value in records(reading.lines, batch=reading.sha256, source="file", name=reading.name):
        store.add_entry(project.id, KIND, json.dumps(value, ensure_ascii=False), subject=reading.sha256)
    store.close()


def into_effect(home: Path, day: date, change: Callable[[Card], Card] = lambda card: card) -> None:
    """Change the draft of the only company and lead it into effect from a day."""
    store = Store(home=home)
    project = store.projects()[0].id
    head = store.document(project, DOCUMENT)
    draft = CardDraft.from_value(head.value).changed(change, "Решение комитета")
    json_text = json.dumps(draft.to_value(), ensure_ascii=False)
    saved = store.save_document(project, DOCUMENT, json_text, expected_version=head.version)
    people = dict.fromkeys(draft.card.roles, ("Иван",))  # type: ignore[union-attr]
    sent = store.send_card(project, expected_version=saved.version, reviewers=["Анна"], people=people, effective_on=day)
    store.agree_card(project, sent.number, "Анна")
    for role in people:
        store.acknowledge_card(project, sent.number, role, "Иван")
    store.make_card_effective(project, sent.number, day)
    store.close()
