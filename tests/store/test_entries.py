"""Overrides and notes are appended; nothing is deleted."""

from __future__ import annotations

import pytest

from sbyt_core.errors import SbytError
from sbyt_core.store import Store


def test_the_last_override_of_a_client_stands_and_all_are_kept(store: Store, project: str) -> None:
    store.set_override(project, "../beta", "B", reason="растёт", author="Анна")
    store.set_override(project, "0071", "A", reason="договор", author="Анна")
    last = store.set_override(project, "0071", "C", reason="договор расторгнут", author="Борис")
    assert [(o.client_key, o.segment) for o in store.overrides(project)] == [("../beta", "B"), ("0071", "C")]
    assert [o.segment for o in store.override_history(project, "0071")] == ["A", "C"]
    assert store.overrides(project)[1] == last


def test_a_withdrawn_override_is_gone_from_the_list_but_not_from_the_history(store: Store, project: str) -> None:
    store.set_override(project, "0071", "A", reason="договор", author="Анна")
    store.withdraw_override(project, "0071", reason="ошибка", author="Борис")
    assert store.overrides(project) == []
    assert [(o.segment, o.reason, o.author) for o in store.override_history(project)] == [
        ("A", "договор", "Анна"),
        (None, "ошибка", "Борис"),
    ]
    with pytest.raises(SbytError, match="not_found"):
        store.withdraw_override(project, "0071", reason="ещё раз")


@pytest.mark.parametrize("reason", ["", " \n "])
def test_an_override_has_a_reason(store: Store, project: str, reason: str) -> None:
    with pytest.raises(SbytError, match="empty_text"):
        store.set_override(project, "0071", "A", reason=reason)
    assert store.override_history(project) == []


def test_notes_stand_in_the_order_written(store: Store, project: str) -> None:
    store.add_note(project, "0071", "Звонил.\r\nПросил скидку\x07", author="Анна")
    store.add_note(project, "0072", "=1+1", author="Анна")
    store.add_note(project, "0071", "Отказал", author="Борис")
    assert [(n.text, n.author) for n in store.notes(project, "0071")] == [("Звонил.\nПросил скидку", "Анна"), ("Отказал", "Борис")]
    assert [n.client_key for n in store.notes(project)] == ["0071", "0072", "0071"]


def test_other_kinds_of_entries_keep_any_json(store: Store, project: str) -> None:
    made = store.add_entry(project, "observation", '{"step": 4, "done": true}', subject="шаг 4", author="Анна")
    assert store.entries(project, "observation") == [made]
    assert made.value == {"step": 4, "done": True}
    assert store.entries(project, "observation", subject="шаг 5") == []
    for kind in ("override", "note", "No Kind"):
        with pytest.raises(AssertionError):
            store.add_entry(project, kind, "{}")
