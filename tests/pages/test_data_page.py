"""The data page: several files, who is one client, rows behind warnings, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from sbyt_core.store import Store, open_store
from sbyt_core.texts import LANGUAGES, speech
from tests.sales.books import HEADERS, IP, NORTH, ROWS, VEGA

CASES = Path(__file__).resolve().parents[1] / "cases"
DATA, SEGMENTS = "pages/1_data.py", "pages/2_segments.py"
App = Callable[..., AppTest]
TWIN = "ЗАО Северный Ветёр"
RETAIL = "Розничный покупатель"
TOWNS = {VEGA: "Пермь", IP: "Омск", NORTH: "Омск"}


def xlsx(rows: list[list[object]], headers: list[str] = HEADERS) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd.mm.yyyy"})
    book.set_properties({"created": datetime(2025, 7, 1)})  # the same rows are the same bytes
    sheet = book.add_worksheet("Продажи")
    for at, row in enumerate([headers, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


def twins() -> bytes:
    """The company with one client under two names, many buyers under one name, a town for each, and a line of nobody."""
    rows = [
        *ROWS,
        [ROWS[0][0], "РТ-8", TWIN, "Кисть", 1.0, 40.0, 4.0, "Петров"],
        [ROWS[1][0], "РТ-9", RETAIL, "Кисть", 1.0, 60.0, 6.0, None],
    ]
    rows.append([ROWS[2][0], "РТ-10", None, "Кисть", 1.0, 70.0, 7.0, None])
    return xlsx([[*row, TOWNS.get(str(row[2]))] for row in rows], [*HEADERS, "Город"])


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    assert not at.error, [error.value for error in at.error]
    return at


def drop(at: AppTest, name: str, content: bytes, *, add: bool = False) -> AppTest:
    zone = next(one for one in at.file_uploader if one.key.startswith("add" if add else "upload"))
    zone.upload(name, content, "application/octet-stream").run()
    return sound(at)


def section(at: AppTest, code: str) -> AppTest:
    at.segmented_control(key="data_section").set_value(code).run()
    return sound(at)


def stored(home: Path) -> Store:
    return open_store()


def finding(at: AppTest) -> str:
    return at.subheader[0].value.replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_next_month_s_export_adds_its_lines_once_and_an_answer_counts_them_all(app: App, home: Path, lang: str) -> None:
    say = speech(lang)
    at = drop(app(lang, DATA), "май.xlsx", xlsx(ROWS[:5]))
    drop(at, "июнь.xlsx", xlsx(ROWS), add=True)
    assert say("words.lines", n=8) in finding(at)
    assert say.money(2700.0) in finding(at)  # the eight lines added by hand, see books
    cards = [button for button in at.button if button.key.startswith("answer_overlapping_files")]
    assert [button.key.rsplit("files_")[1] for button in cards] == ["once", "newest", "keep_all"]
    at.button(key="answer_overlapping_files_keep_all").click().run()
    assert say("words.lines", n=13) in finding(sound(at))
    again = sound(app(lang, DATA))  # a reload
    assert say("words.lines", n=13) in finding(again)
    again.button(key="answer_overlapping_files_once").click().run()
    assert say("words.lines", n=8) in finding(sound(again))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_that_differ_by_their_days_alone_show_them(app: App, lang: str) -> None:
    rows = [[f"{first}/2025", name, 10.0, 1.0] for first, name in (("01/09", VEGA), ("02/01", IP), ("03/04", NORTH), ("04/02", VEGA))]
    at = drop(app(lang, DATA), "дни.xlsx", xlsx(rows, ["Дата", "Клиент", "Сумма", "Прибыль"]))
    say = speech(lang)
    shown = [one.value.replace("\\", "") for one in at.caption]
    for first, last in (("2025-01-02", "2025-09-01"), ("2025-01-09", "2025-04-02")):  # by hand: day first, month first
        days = say("figures.days", start=say.date(date.fromisoformat(first)), end=say.date(date.fromisoformat(last)))
        assert any(days in text for text in shown), shown


def test_files_are_listed_with_their_figures_and_can_be_taken_out(app: App, home: Path) -> None:
    at = drop(app("ru", DATA), "2024.xlsx", xlsx(ROWS[:3]))
    drop(at, "2025.xlsx", xlsx(ROWS[3:]), add=True)
    section(at, "files")
    said = " ".join(one.value for one in at.markdown).replace("\\", "")
    assert "2024.xlsx" in said
    assert "3 строки" in said
    assert "5 строк" in said
    store = stored(home)
    (project,) = store.projects()
    first, second = store.parts(project.data.id)
    assert store.original(first.id) == xlsx(ROWS[:3])
    at.button(key=f"take_out_{first.id}").click().run()
    assert "5 строк" in finding(sound(at))
    section(at, "files")
    whole = project.data.id
    at.button(key=f"back_{whole}").click().run()
    assert "8 строк" in finding(sound(at))
    assert store.parts(store.projects()[0].data.id) == [first, second]
    store.close()


def test_several_files_dropped_at_once_are_one_data_set_and_a_file_twice_is_one(app: App, home: Path) -> None:
    at = app("ru", DATA)
    at.file_uploader[0].upload("a.xlsx", xlsx(ROWS[:3])).upload("b.xlsx", xlsx(ROWS[3:])).run()
    assert "8 строк" in finding(sound(at))
    drop(at, "a.xlsx", xlsx(ROWS[:3]), add=True)
    assert "8 строк" in finding(at)
    assert "a.xlsx" in at.toast[0].value.replace("\\", "")


def test_a_file_of_several_is_read_anew_with_its_own_answer(app: App, home: Path) -> None:
    at = drop(app("ru", DATA), "a.xlsx", xlsx(ROWS))
    name = "c221_no_profit_column.xlsx"
    drop(at, name, (CASES / name).read_bytes(), add=True)
    part = stored(home).parts(stored(home).projects()[0].data.id)[1]
    at.button(key=f"answer_{part.id}_no_profit_margin_20").click().run()
    sound(at)
    store = stored(home)
    first, second = store.parts(store.projects()[0].data.id)
    assert (first.answers, second.answers, second.name) == ({}, {"no_profit": "margin_20"}, name)
    assert second.original_sha256 == part.original_sha256
    store.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pair_is_made_one_client_and_taken_back(app: App, home: Path, lang: str) -> None:
    say = speech(lang)
    at = drop(app(lang, DATA), "sales.xlsx", twins())
    before = finding(at)
    assert say("words.clients", n=6) in before
    section(at, "clients")
    (same,) = [button for button in at.button if button.key.startswith("same_")]
    same.click().run()
    assert say("words.clients", n=5) in finding(sound(at))
    assert say("pairs.none") in [caption.value.replace("\\", "") for caption in at.caption]
    assert say("words.clients", n=5) in finding(sound(app(lang, DATA)))  # a reload
    at.button(key="take_back_0").click().run()
    assert finding(sound(at)) == before
    (apart,) = [button for button in at.button if button.key.startswith("apart_")]
    apart.click().run()
    assert finding(sound(at)) == before
    assert not [button for button in at.button if button.key.startswith("same_")]


def test_retail_is_called_one_client_and_back(app: App, home: Path) -> None:
    at = section(drop(app("ru", DATA), "sales.xlsx", twins()), "clients")
    at.button(key=f"ordinary_{RETAIL}").click().run()
    assert not [button for button in sound(at).button if button.key.startswith("ordinary_")]
    at.button(key="take_back_0").click().run()
    assert at.button(key=f"ordinary_{RETAIL}")


def test_a_holding_by_hand_or_by_a_column_counts_as_one_client(app: App, home: Path) -> None:
    at = section(drop(app("ru", DATA), "sales.xlsx", twins()), "clients")
    at.multiselect(key="holding_clients").set_value([VEGA, IP])
    at.text_input(key="holding_name").set_value("Группа")
    next(button for button in at.button if button.label == speech("ru")("holdings.make")).click().run()
    assert "6 клиентов" in finding(sound(at))
    at.toggle(key="by_holding").set_value(True).run()
    assert "5 клиентов" in finding(sound(at))
    at.selectbox(key="holding_column").set_value("Город").run()  # Омск: the northern wind alone, IP is in the group by hand
    assert "5 клиентов" in finding(sound(at))
    at.toggle(key="by_holding").set_value(False).run()
    assert "6 клиентов" in finding(sound(at))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_warning_opens_its_rows(app: App, home: Path, lang: str) -> None:
    at = drop(app(lang, DATA), "sales.xlsx", twins())
    buttons = [button for button in at.button if button.key.startswith("warning_") and button.label == speech(lang)("rows.show")]
    assert buttons
    for button in buttons:
        at.button(key=button.key).click().run()
        sound(at)
        table = next(one.value for one in at.dataframe if "row" in one.value.columns)
        assert table["row"].between(2, 12).all()
        assert at.get("download_button")


def test_rows_left_out_open_too(app: App, home: Path) -> None:
    name = "c108_excel_subtotals_itog.xlsx"
    at = section(drop(app("ru", DATA), name, (CASES / name).read_bytes()), "rows")
    at.button(key="skipped_subtotal").click().run()
    table = next(one.value for one in sound(at).dataframe if "row" in one.value.columns)
    assert table.astype(str).apply(lambda row: row.str.contains("Итог").any(), axis=1).any()


def test_a_column_of_the_file_is_shown_beside_the_clients_and_outlives_the_session(app: App, home: Path) -> None:
    at = drop(app("ru", DATA), "sales.xlsx", twins())
    at.switch_page(SEGMENTS).run()
    sound(at).multiselect(key="client_attributes").set_value(["Город"]).run()
    table = next(one.value for one in sound(app("ru", SEGMENTS)).dataframe if "client" in one.value.columns)
    assert dict(zip(table["client"], table["attribute Город"], strict=True))[VEGA] == "Пермь"


def test_an_encrypted_file_is_asked_for_its_password_and_can_be_read_anew(app: App, home: Path) -> None:
    name = "c023_password.xlsx"
    at = app("ru", DATA)
    at.file_uploader[0].upload(name, (CASES / name).read_bytes()).run()

    def give(password: str) -> None:
        next(field for field in at.text_input if field.key.startswith("password_")).set_value(password).run()

    give("нет")
    assert len(at.error) == 1
    give("секрет123")
    assert "64 строки" in finding(sound(at))
    store = stored(home)
    part = store.projects()[0].data
    assert store.original(part.id) == (CASES / name).read_bytes(), "kept as it came"
    store.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_client_joined_by_its_code_is_taken_apart_and_put_back(app: App, home: Path, lang: str) -> None:
    say = speech(lang)
    codes = {VEGA: "7700000001", "Вега": "7700000001"}
    rows = [[*row, codes.get(str(row[2]))] for row in [*ROWS, [ROWS[0][0], "РТ-8", "Вега", "Кисть", 1.0, 40.0, 4.0, "Петров"]]]
    at = drop(app(lang, DATA), "sales.xlsx", xlsx(rows, [*HEADERS, "ИНН"]))
    assert say("words.clients", n=4) in finding(at)
    section(at, "clients")
    at.button(key="split").click().run()
    assert say("words.clients", n=5) in finding(sound(at))
    assert not [button for button in at.button if button.key == "split"]
    assert any(say("identity.split") in one.value.replace("\\", "") for one in at.markdown)
    assert say("words.clients", n=5) in finding(sound(app(lang, DATA)))  # a reload
    at.button(key="take_back_0").click().run()
    assert say("words.clients", n=4) in finding(sound(at))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_passport_leads_to_the_rows_that_its_figures_are_made_of(app: App, home: Path, lang: str) -> None:
    at = drop(app(lang, DATA), "sales.xlsx", twins())
    at.switch_page(SEGMENTS).run()
    at.session_state["_picked_client"] = VEGA
    sound(at.run())
    assert speech(lang)("rows.of_client", n=3) in [one.label for one in at.expander]
    table = next(one.value for one in at.dataframe if {"sheet", "row"} <= set(one.value.columns))
    assert table["row"].tolist() == [7, 4, 2]  # the latest first; the header is row 1
