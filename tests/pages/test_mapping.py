"""Columns corrected by the user on the data page: in the table, or where the file could not be read without it; and remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.store import open_store
from sbyt_core.texts import LANGUAGES, speech
from tests.pages.test_data_page import DATA, drop, finding, sound, xlsx
from tests.sales.books import HEADERS, ROWS

App = Callable[..., AppTest]
ODD = ["Дата", "Док", "Кому", "Позиция", "Кол", "Начислено", "Бонус", "Кто"]  # neither a client nor an amount is named so
BONUS = 700.0  # the sum of the last money column, see books


def change(at: AppTest, **roles: str) -> AppTest:
    """Give roles to the columns of the mapping, header → role, and read again."""
    (editor,) = at.data_editor
    place = {header: at_row for at_row, header in enumerate(editor.value["header"])}
    edits = {place[header]: {"role": role} for header, role in roles.items()}
    at.session_state[editor.key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    at.run()
    at.button(key="read_again").click().run()
    return sound(at)


def mapping_kept() -> dict[str, str]:
    store = open_store()
    data = store.projects()[0].data
    assert data is not None
    kept = dict(data.mapping)
    store.close()
    return kept


def next_month() -> bytes:
    return xlsx([*ROWS, [datetime(2025, 7, 3), "РТ-8", *ROWS[0][2:]]])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_taken_for_another_is_corrected_and_next_month_s_file_is_read_so(app: App, home: Path, lang: str) -> None:
    say = speech(lang)
    at = drop(app(lang, DATA), "june.xlsx", xlsx(ROWS))
    assert at.button(key="read_again").disabled
    change(at, Выручка="not_used", Прибыль="revenue")
    assert say.money(BONUS) in finding(at)
    assert mapping_kept() == {"profit": "", "revenue": "Прибыль"}, "only what was changed"
    drop(at, "july.xlsx", next_month())
    assert say.money(BONUS + 300.0) in finding(at), "nothing was asked"


def test_a_role_taken_off_stays_off_through_a_second_correction_and_the_next_file(app: App, home: Path) -> None:
    at = drop(app("ru", DATA), "june.xlsx", xlsx(ROWS))
    change(at, Прибыль="not_used")
    assert mapping_kept() == {"profit": ""}
    change(at, Менеджер="branch")
    assert mapping_kept() == {"profit": "", "manager": "", "branch": "Менеджер"}
    drop(at, "july.xlsx", next_month())
    store = open_store()
    sales = store.load_sales(store.projects()[0].data.id)
    store.close()
    assert sales.profit is None
    assert set(sales.lines["branch"]) == {"Иванова", "Петров"}


def test_a_document_that_gives_the_date_too_keeps_giving_it(app: App, home: Path) -> None:
    rows = [[f"Реализация {i} от {row[0]:%d.%m.%Y}", *row[2:]] for i, row in enumerate(ROWS)]
    at = drop(app("ru", DATA), "june.xlsx", xlsx(rows, HEADERS[1:]))
    before = finding(at)
    assert at.button(key="read_again").disabled, "nothing was changed yet"
    change(at, Менеджер="branch")
    assert finding(at) == before
    assert "янв" in before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_that_were_not_found_are_named_by_a_choice_and_remembered(app: App, home: Path, lang: str) -> None:
    say = speech(lang)
    names = [f"{name} {name}" if name.startswith("ООО") else name for name in (str(row[2]).split("«")[-1].strip("»") for row in ROWS)]
    rows = [[*row[:2], name, *row[3:]] for row, name in zip(ROWS, names, strict=True)]
    at = app(lang, DATA)
    at.file_uploader[0].upload("june.xlsx", xlsx(rows, ODD)).run()
    assert len(at.error) == 1
    for role, header in (("client", "Кому"), ("revenue", "Начислено")):
        field = next(one for one in at.selectbox if one.key.startswith(f"column_{role}"))
        assert field.label == say(f"mending.{role}")
        field.set_value(header).run()
    sound(at)
    assert say.money(2700.0) in finding(at)
    assert mapping_kept() == {"client": "Кому", "revenue": "Начислено"}
    drop(at, "july.xlsx", xlsx([*rows, [datetime(2025, 7, 3), "РТ-8", *rows[0][2:]]], ODD))
    assert say.money(3700.0) in finding(at), "read at once"
