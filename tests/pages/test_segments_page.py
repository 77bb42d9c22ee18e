"""The segments page under the hand: filters, order, cards, marks of the border, more settings, files that are prepared first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.sales.read import read_sales_bytes
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui import exports
from sbyt_core.ui.segments import pictures
from sbyt_core.ui.segments.client_list import PAGE_ROWS
from tests.pages.test_pages import sample, sound  # noqa: F401 (a fixture)

App = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]
SEGMENTS = "pages/2_segments.py"


def listed(at: AppTest) -> pd.DataFrame:
    """The list of clients: the table with the most rows."""
    return max((table.value for table in at.dataframe), key=len)


def large_file() -> bytes:
    """One client more than is made at a click; names fall while revenue rises."""
    count = exports.PREPARE_ROWS + 1
    days = ("2024-01-15", "2024-09-15", "2025-03-15", "2025-12-29")
    lines = ["Дата;Контрагент;Менеджер;Выручка;Прибыль"]
    for number in range(count):
        lines += [f"{day};Client {count - number:05d};Manager {number % 3};{1000 + number};{number % 97}" for day in days]
    return "\n".join(lines).encode()


@pytest.fixture
def large(home: Path, app: App) -> App:
    """A company of 20 001 clients, each with four purchases in two years."""
    content = large_file()

    def opened(lang: str) -> AppTest:
        sales = read_sales_bytes(content, name="sales.csv")
        store = Store(home=home)
        project = store.create_project("Company")
        store.add_dataset(project.id, sales, content, shape=sales.report.shape)
        store.close()
        return sound(app(lang, SEGMENTS))

    return opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tags_narrow_the_list_and_all_come_back(sample: App, lang: str) -> None:  # noqa: F811
    at, say = sample(lang, SEGMENTS), speech(lang)
    everybody = len(listed(at))
    at.multiselect(key="list_tags").set_value(["service_drain"]).run()
    tags = listed(sound(at))["tags"]
    assert 0 < len(tags) < everybody
    assert tags.str.contains(say("tag.service_drain"), regex=False).all()
    at.button(key="list_clear").click().run()
    assert len(listed(sound(at))) == everybody
    assert at.multiselect(key="list_tags").value == []


def test_a_branch_and_a_search_narrow_together(sample: App) -> None:  # noqa: F811
    at = sample("ru", SEGMENTS)
    branch = at.multiselect(key="list_branch").options[0]
    at.multiselect(key="list_branch").set_value([branch]).run()
    of_branch = listed(at)
    assert set(of_branch["branch"]) == {branch}
    part = of_branch["client"].iloc[0][5:12]
    at.text_input(key="list_search").set_value(part.upper()).run()
    assert 0 < len(listed(sound(at))) < len(of_branch)
    assert listed(at)["client"].str.contains(part, regex=False).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_tile_of_the_treemap_has_room_for_its_name_on_a_phone(sample: App, lang: str) -> None:  # noqa: F811
    at = sample(lang, SEGMENTS)
    at.session_state["picture"] = "treemap"
    sound(at.run())
    (trace,) = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    value, words = dict(zip(trace["ids"], trace["values"], strict=True)), dict(zip(trace["ids"], trace["customdata"], strict=True))
    whole = sum(value[code] for code in "ABC")
    clients = [one for one in trace["ids"] if one.startswith("client ")]
    assert clients
    for tile, segment in zip(trace["ids"], trace["parents"], strict=True):
        if segment:
            lines = words[tile].replace("&amp;", "&").split("<br>")
            assert value[tile] / value[segment] * pictures.ROOM >= len(lines) * pictures.LINE
            assert max(map(len, lines)) <= max(10, pictures.PHONE_LETTERS * value[segment] / whole), lines
    for code in "ABC":
        inside = [value[tile] for tile, segment in zip(trace["ids"], trace["parents"], strict=True) if segment == code]
        assert sum(inside) == pytest.approx(value[code])


def test_money_in_the_list_is_rounded_as_everywhere(sample: App) -> None:  # noqa: F811
    table = listed(sample("ru", SEGMENTS))
    for name in ("value", "revenue"):
        assert (table[name] % 1 == 0).all(), "a table cuts what is behind the point"
    row = table.set_index("client").loc["ООО «Парус-Сервис»"]
    assert row["value"] == 2_879_713  # 2 879 712,93 in the file: 713 in the passport and the pictures


def test_the_name_of_a_card_shows_its_clients(sample: App) -> None:  # noqa: F811
    at = sample("ru", SEGMENTS)
    at.multiselect(key="list_state").set_value(["late"]).run()
    at.button(key="card_B").click().run()
    assert set(listed(sound(at))["segment"]) == {"B"}
    assert at.multiselect(key="list_state").value == []


def test_clients_on_the_border_are_marked_once_firmness_is_known(sample: App) -> None:  # noqa: F811
    at, mark = sample("ru", SEGMENTS), speech("ru")("list.on_the_border")
    assert not listed(at)["tags"].str.contains(mark).any()
    at.segmented_control(key="evidence").set_value("firmness").run()
    at.button(key="run_firmness").click().run()
    marked = listed(sound(at))
    assert 0 < marked["tags"].str.contains(mark).sum() < len(marked)
    at.slider(key="criteria_cuts").set_value((50, 90)).run()
    assert not listed(at)["tags"].str.contains(mark).any(), "other criteria have another border"


def test_the_owner_sets_the_guards(sample: App) -> None:  # noqa: F811
    at = sample("ru", SEGMENTS)
    at.session_state["criteria_more"] = True  # the expander was opened
    at.run()
    at.slider(key="criteria_guard_a").set_value(10).run()
    light = sound(at).metric[0]
    assert int(light.value.split("(")[1].rstrip(")")) <= 0.10 * 336
    assert speech("ru").percent(0.1) in light.delta
    at.select_slider(key="criteria_max_cv").set_value(0.5).run()
    at.button(key="undo").click().run()
    assert sound(at).select_slider(key="criteria_max_cv").value == 1.0
    assert at.slider(key="criteria_guard_a").value == 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_large_base_comes_in_pages_in_the_order_asked_for(large: App, lang: str) -> None:
    at = large(lang)
    assert len(listed(at)) == PAGE_ROWS
    at.selectbox(key="list_order").set_value("client").run()
    first = listed(sound(at))["client"]
    assert first.iloc[0] == "Client 00001"
    assert first.is_monotonic_increasing
    at.selectbox(key="list_order").set_value("revenue").run()
    assert listed(at)["revenue"].is_monotonic_decreasing
    assert listed(at)["client"].iloc[0] == "Client 00001"  # the last name made has the greatest revenue


def test_a_large_file_is_prepared_then_taken_and_kept_while_it_is_true(large: App) -> None:
    at = large("ru")
    assert "download_segments" not in [button.key for button in at.get("download_button")]
    at.button(key="prepare_segments").click().run()
    assert "prepare_segments" not in [button.key for button in sound(at).button]
    assert [button for button in at.get("download_button") if button.label == speech("ru")("export.segments")]
    at.multiselect(key="list_segment").set_value(["A"]).run()
    assert "prepare_segments" not in [button.key for button in at.button], "another look at the list changes nothing in the file"
    at.slider(key="criteria_cuts").set_value((50, 90)).run()
    assert "prepare_segments" in [button.key for button in sound(at).button], "other criteria make another file"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hours_and_overdue_money_show_where_a_file_tells_them(sample: App, home: Path, lang: str) -> None:  # noqa: F811
    at, say = sample(lang, SEGMENTS), speech(lang)
    hourly = say("three.per_hour", money="").strip()
    assert not [text for text in at.markdown if hourly in text.value]
    store = Store(home=home)
    store.put_facts_file(store.projects()[0].id, "clients.xlsx", (ROOT / "sample_data" / "clients.xlsx").read_bytes())
    store.close()
    at.run()
    assert len([text for text in sound(at).markdown if hourly in text.value]) >= 3
    at.segmented_control(key="picture").set_value("trouble").run()
    overdue = say("pictures.trouble.overdue", money="₽", profit="").split(",")[0]
    assert overdue in json.loads(sound(at).get("plotly_chart")[0].proto.spec)["data"][0]["x"][-1]
