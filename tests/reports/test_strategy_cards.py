"""The strategy book in Word: a page a kind, all its fields, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document

from sbyt_core.reports.service.strategy_cards import ALWAYS, strategy_cards_docx
from sbyt_core.strategies import KINDS, StrategyBook, workload, written
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import base

BOOK = StrategyBook.default()


def words(content: bytes) -> str:
    page = Document(BytesIO(content))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_every_kind_stands_on_its_card(lang: str) -> None:
    said = words(strategy_cards_docx(BOOK, lang=lang, project_name="Пример", made_at=datetime(2026, 1, 12)))
    say = speech(lang)
    for kind in KINDS:
        card = written(BOOK[kind], say)
        for text in (card.name, card.title, card.goal, card.actions, card.not_done, card.contacts, card.channels, card.who_serves):
            assert text in said
        for text in (card.answer, card.credit, card.discount, card.minimum_order, *card.first_moves):
            assert text in said
    assert "Пример" in said


def test_kinds_without_clients_have_no_page_but_the_three() -> None:
    load = workload(base(), BOOK)
    have = [kind for kind in KINDS if int(load.by_kind.loc[kind, "clients"]) or kind in ALWAYS]
    page = Document(BytesIO(strategy_cards_docx(BOOK, load)))
    breaks = sum('w:type="page"' in paragraph._p.xml for paragraph in page.paragraphs)
    assert breaks == len(have) - 1
    said = words(strategy_cards_docx(BOOK, load))
    for kind in KINDS:
        assert (written(BOOK[kind], speech("ru")).goal in said) == (kind in have)


def test_a_text_of_the_user_is_kept_letter_by_letter() -> None:
    strange = "=1+1 <b>жирно</b> \x07 **не курсив**"
    said = words(strategy_cards_docx(BOOK.with_standard(replace(BOOK["A"], goal=strange))))
    assert "<b>жирно</b>" in said
    assert "**не курсив**" in said
