"""Every role, status, right and event that the store hands out has its words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sbyt_core.store
from sbyt_core.store import ROLES
from sbyt_core.texts import LANGUAGES, speech

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(sbyt_core.store.__file__).parent.glob("*.py"))
LOGGED = set(
    re.findall(
        r'"((?:create|rename|archive|restore|import|export)_project|(?:set|remove)_member|add_\w+|set_\w+|withdraw_\w+|(?:save|change|approve)_version)"',
        SOURCE,
    )
)


def test_the_events_are_found_in_the_source() -> None:
    assert {"create_project", "add_dataset", "set_current", "withdraw_override", "approve_version", "add_entry"} <= LOGGED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_all(lang: str) -> None:
    say = speech(lang)
    codes = {f"event.{code}" for code in LOGGED} | {f"version_status.{s}" for s in ("draft", "approved")}
    codes |= {f"role_in_project.{role}{tail}" for role in ROLES for tail in ("", ".may")}
    assert {code for code in codes if not say.has(code)} == set()
