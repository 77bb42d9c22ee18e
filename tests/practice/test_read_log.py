"""A file of practice: what becomes a line, what becomes a bad row and why, and that nothing is doubled or lost."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import binomtest

from sbyt_core.cards.change import change_step, drop_step
from sbyt_core.cards.life import CardVersion
from sbyt_core.cards.model import Card, Step
from sbyt_core.errors import BadFile, BadInput
from sbyt_core.practice.columns import role_of
from sbyt_core.practice.followed import followed
from sbyt_core.practice.log import LOG_COLUMNS, joined
from sbyt_core.practice.read_log import LogReading, read_log
from sbyt_core.sales.read import read_sales
from tests.practice.making import card, version, workbook

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
CLIENTS = pd.DataFrame(
    {
        "client_key": ["7701", "7702", "Ромашка"],
        "client": ["ООО «Вега»", "АО «Сириус»", "Ромашка"],
        "client_code": ["7701", "7702", None],
    }
)
PEOPLE = ("Иванов Иван Петрович", "Петрова Анна Сергеевна")
HEADER = ("Дата", "Сотрудник", "Контрагент", "ИНН", "Документ", "Шаг", "Операция", "Выполнено", "В срок", "Минут", "Примечание")
GOOD = (datetime(2025, 7, 1, 10, 5), PEOPLE[0], "ООО «Вега»", "7701", "Заказ 1", 1, "Принять заявку", "да", "нет", 4, "")


def read(*rows: object, header: tuple = HEADER, **options: object) -> LogReading:
    given = {"card": card(), "clients": CLIENTS, "people": PEOPLE, **options}
    return read_log(workbook([("Журнал",), (), header, *rows]), name="log.xlsx", **given)  # type: ignore[arg-type]


def changed(**cells: object) -> tuple:
    places = {
        "date": 0,
        "employee": 1,
        "client": 2,
        "code": 3,
        "document": 4,
        "step": 5,
        "operation": 6,
        "done": 7,
        "in_time": 8,
        "minutes": 9,
    }
    row = list(GOOD)
    for name, value in cells.items():
        row[places[name]] = value
    return tuple(row)


def test_a_good_row_becomes_a_line() -> None:
    reading = read(GOOD)
    assert list(reading.lines.columns) == list(LOG_COLUMNS)
    line = reading.lines.iloc[0]
    assert (line["moment"], line["employee"], line["client_key"], line["client"]) == (GOOD[0], PEOPLE[0], "7701", "ООО «Вега»")
    assert (line["document"], line["step"], line["done"], line["in_time"], line["minutes"]) == ("Заказ 1", "s1", True, False, 4.0)
    assert reading.bad == ()
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"date": "31.02.2025"}, "log_bad_date"),
        ({"date": None}, "log_bad_date"),
        ({"date": datetime(2025, 6, 30)}, "log_before_effect"),
        ({"date": datetime(2031, 1, 1)}, "log_in_future"),
        ({"client": None, "code": None}, "log_no_client"),
        ({"client": "ООО «Неизвестный»", "code": "9999"}, "log_unknown_client"),
        ({"employee": ""}, "log_no_person"),
        ({"employee": "Сидоров"}, "log_unknown_person"),
        ({"step": None, "operation": None}, "log_no_step"),
        ({"step": 17, "operation": None}, "log_unknown_step"),
        ({"step": 1, "operation": "Пожать руку"}, "log_unknown_step"),
        ({"done": "может быть"}, "log_bad_answer"),
        ({"done": None}, "log_bad_answer"),
        ({"minutes": 481}, "log_bad_minutes"),
        ({"minutes": -1}, "log_bad_minutes"),
        ({"minutes": "много"}, "log_bad_minutes"),
    ],
)
def test_a_bad_row_is_told_and_the_good_one_kept(cells: dict, code: str) -> None:
    reading = read(changed(**cells), changed(document="Заказ 2"), effective=date(2025, 7, 1), today=date(2030, 1, 1))
    assert [row.codes for row in reading.bad] == [(code,)]
    assert reading.bad[0].row == 4
    assert reading.bad[0].cells[4] == "Заказ 1"
    assert [(p.code, p.count, p.row) for p in reading.problems] == [(code, 1, 4)]
    assert reading.lines["document"].tolist() == ["Заказ 2"]
    assert reading.rows_read == 2


def test_all_faults_of_a_row_are_told_at_once() -> None:
    reading = read(changed(client="?", code="?", employee="?", minutes=9999))
    assert reading.bad[0].codes == ("log_unknown_client", "log_unknown_person", "log_bad_minutes")


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"client": "Вега ООО", "code": None}, "7701"),
        ({"client": "сириус", "code": None}, "7702"),
        ({"client": "переименован", "code": "7702"}, "7702"),
        ({"client": " ромашка ", "code": None}, "Ромашка"),
    ],
)
def test_clients_are_found_as_people_write_them(cells: dict, key: str) -> None:
    assert read(changed(**cells)).lines["client_key"].tolist() == [key]


@pytest.mark.parametrize("name", ["иванов иван петрович", "Иванов И. П.", "Иванов И.П."])
def test_people_are_found_by_initials(name: str) -> None:
    assert read(changed(employee=name)).lines["employee"].tolist() == [PEOPLE[0]]


def test_initials_that_fit_two_people_fit_none() -> None:
    assert read(changed(employee="Иванов И.П."), people=(*PEOPLE, "Иванов Игорь Павлович")).bad[0].codes == ("log_unknown_person",)


def test_without_a_list_of_people_anybody_may_stand_there() -> None:
    assert read(changed(employee="Кто угодно"), people=None).lines["employee"].tolist() == ["Кто угодно"]


@pytest.mark.parametrize(
    ("step", "operation", "key"),
    [(None, "проверить долг", "s2"), (2, None, "s2"), ("Шаг 3", None, "s3"), ("2. Проверить долг", None, "s2"), ("s4", None, "s4"),
     (1, "Проверить долг", "s2"), (2, "Проверить долги", "s2"), ("Согласовать цену", None, "s3")],
)  # fmt: skip
def test_steps_are_found_by_words_before_numbers(step: object, operation: object, key: str) -> None:
    assert read(changed(step=step, operation=operation)).lines["step"].tolist() == [key]


def test_a_log_in_another_alphabet_is_read_by_its_numbers() -> None:
    english = Card("Order", (Step("s1", "Accept the order", "M", norm_minutes=4.0), Step("s2", "Check the debt", "M", norm_minutes=3.0)))
    assert read(changed(step=2, operation="Проверить долг"), card=english).lines["step"].tolist() == ["s2"]
    assert read(changed(step=7, operation="Проверить долг"), card=english).bad[0].codes == ("log_unknown_step",)
    assert read(changed(step=None, operation="Проверить долг"), card=english).bad[0].codes == ("log_unknown_step",)


def test_dates_and_minutes_as_people_write_them() -> None:
    reading = read(
        changed(date="01.07.2025 9:05", minutes="5 мин", document="1"),
        changed(date="2025-07-02T10:00:30", minutes="4,5", document="2"),
        changed(date=datetime(2025, 7, 3), minutes=None, document="3"),
        changed(date="04.07.2025", minutes="", document="4"),
    )
    assert reading.lines["moment"].tolist() == [
        pd.Timestamp(2025, 7, 1, 9, 5),
        pd.Timestamp(2025, 7, 2, 10, 0, 30),
        pd.Timestamp(2025, 7, 3),
        pd.Timestamp(2025, 7, 4),
    ]
    assert reading.lines["minutes"].tolist()[:2] == [5.0, 4.5]
    assert reading.lines["minutes"].isna().tolist() == [False, False, True, True]


def test_a_column_of_times_joins_the_day() -> None:
    reading = read(
        (datetime(2025, 7, 1), "14:30", PEOPLE[0], "7701", 1, "да"), header=("Дата", "Время", "Менеджер", "ИНН", "Шаг", "Выполнено")
    )
    assert reading.lines["moment"].tolist() == [pd.Timestamp(2025, 7, 1, 14, 30)]


def test_zero_minutes_are_not_written_down_and_said_so() -> None:
    reading = read(changed(minutes=0))
    assert reading.lines["minutes"].isna().all()
    assert [p.code for p in reading.problems] == ["log_zero_minutes"]


def test_a_step_written_twice_counts_once_and_the_last_word_holds() -> None:
    reading = read(GOOD, changed(done="нет", in_time=None, minutes=None))
    assert reading.lines["done"].tolist() == [False]
    assert [p.code for p in reading.problems] == ["log_twice"]


def test_a_log_of_done_steps_alone_tells_the_missed_ones() -> None:
    header = ("Дата", "Сотрудник", "Контрагент", "Документ", "Операция")
    rows = [
        (datetime(2025, 7, 1, 10, i), PEOPLE[0], "Ромашка", "Заказ 1", name)
        for i, name in enumerate(("Принять заявку", "Согласовать цену"))
    ]
    reading = read(*rows, header=header)
    assert reading.lines.set_index("step")["done"].to_dict() == {"s1": True, "s2": False, "s3": True, "s4": False}
    assert reading.lines.set_index("step")["implied"].to_dict() == {"s1": False, "s2": True, "s3": False, "s4": True}
    assert [(p.code, p.count) for p in reading.problems] == [("log_only_done", 2)]
    said = read((*rows[0][:4], "Проверить долг", "да"), header=(*header, "Выполнено"))
    assert joined(reading.lines, said.lines).set_index("step").loc["s2", "done"], "what was said beats what was implied"
    assert joined(said.lines, reading.lines).set_index("step").loc["s2", "done"], "whichever came first"


def test_days_alone_are_told() -> None:
    assert [p.code for p in read(changed(date=datetime(2025, 7, 1))).problems] == ["log_no_times"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (("День недели", "Сотрудник", "Контрагент", "Шаг"), "log_without_dates"),
        (("Дата", "Кому", "Контрагент", "Шаг"), "log_without_people"),
        (("Дата", "Сотрудник", "Кому", "Шаг"), "log_without_clients"),
        (("Дата", "Сотрудник", "Контрагент", "Что"), "log_without_steps"),
        (("Раз", "Два", "Три", "Четыре"), "no_table_found"),
    ],
)
def test_a_log_without_a_column_is_refused(header: tuple, code: str) -> None:
    with pytest.raises(BadFile) as fault:
        read((1, 2, 3, 4), header=header)
    assert fault.value.code == code


def test_a_mapping_names_the_column() -> None:
    header = ("Когда-то", "Кому", "Контрагент", "Шаг", "Выполнено")
    reading = read(
        (datetime(2025, 7, 1, 9), PEOPLE[1], "Ромашка", 2, "да"), header=header, mapping={"date": "Когда-то", "employee": "Кому"}
    )
    assert reading.lines["employee"].tolist() == [PEOPLE[1]]
    with pytest.raises(BadInput, match="no_such_role"):
        read(GOOD, mapping={"colour": "Дата"})
    with pytest.raises(BadInput, match="no_such_column"):
        read(GOOD, mapping={"date": "Нет такой"})


def test_something_else_than_a_table_is_refused() -> None:
    with pytest.raises(BadFile):
        read_log(b"%PDF-1.4", name="log.xlsx", card=card(), clients=CLIENTS)


@pytest.mark.parametrize(
    ("header", "role"),
    [("Дата и время", "date"), ("Менеджер", "employee"), ("№ шага", "step"), ("Затрачено, мин", "minutes"), ("ИНН клиента", "client_code"),
     ("Почему не выполнено", "note"), ("Вовремя", "in_time"), ("Заказ", "document"), ("Step", "step"),
     ("On time", "in_time"), ("Город", None)],
)  # fmt: skip
def test_headers_mean_roles(header: str, role: str | None) -> None:
    assert role_of(header) == role


@pytest.fixture(scope="module")
def sample() -> tuple[LogReading, Card, dict]:
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["practice"]
    steps = tuple(Step(f"s{o['step']}", o["name"], "Менеджер", norm_minutes=o["norm_minutes"]) for o in truth["operations"])
    lines = read_sales(SAMPLE / "sales.xlsx").lines
    clients = lines[["client_key", "client", "client_code"]].drop_duplicates("client_key")
    people = set(lines["manager"].dropna())
    made = Card("Приём заказа", steps)
    data = (SAMPLE / "practice.xlsx").read_bytes()
    return read_log(data, name="practice.xlsx", card=made, clients=clients, people=people, effective=date(2025, 7, 1)), made, truth


def test_the_sample_is_read_whole(sample: tuple[LogReading, Card, dict]) -> None:
    reading, _, truth = sample
    assert reading.bad == ()
    assert reading.problems == ()
    assert len(reading.lines) == truth["rows"]


def test_the_sample_twice_is_the_sample(sample: tuple[LogReading, Card, dict]) -> None:
    reading, _, _ = sample
    pd.testing.assert_frame_equal(joined(reading.lines, reading.lines), reading.lines)


def test_the_odds_put_into_the_sample_are_recovered(sample: tuple[LogReading, Card, dict]) -> None:
    """truth.json holds the odds of every operation of every person: nearly all of 96 intervals hold theirs."""
    reading, made, truth = sample
    result = followed(reading.lines, made)
    table = result.of_steps(("employee", "step"))
    inside = total = 0
    for person in truth["employees"]:
        for step in person["steps"]:
            for figure in ("done", "in_time"):
                row = table[
                    (table["employee"] == person["name"]) & (table["step"] == f"s{step['step']}") & (table["figure"] == figure)
                ].iloc[0]
                inside += bool(row["low"] <= step[figure] <= row["high"])
                total += 1
    assert total == 96
    assert inside >= 87, "binomial(96, .95) stays at 87 or above in 97 of 100 companies"
    assert binomtest(inside, total, 0.95).pvalue > 0.01


def test_the_order_put_into_the_sample_is_recovered(sample: tuple[LogReading, Card, dict]) -> None:
    reading, made, truth = sample
    runs = followed(reading.lines, made).of_runs(("employee",))
    counted = runs[runs["figure"] == "in_order"].set_index("employee")["k"].to_dict()
    assert counted == {person["name"]: person["in_order"] for person in truth["employees"]}


def test_the_weakest_step_of_the_sample_is_the_fourth(sample: tuple[LogReading, Card, dict]) -> None:
    reading, made, _ = sample
    weakest = followed(reading.lines, made).weakest()
    assert weakest is not None
    assert weakest[0] == "s4"


def two_versions() -> list[CardVersion]:
    """From August on the second step is dropped, so that number 2 is another step, and the third is called otherwise."""
    now = change_step(drop_step(card(), "s2"), "s3", {"operation": "Договориться о цене"})
    return [version(2, now, date(2025, 8, 1)), version(1, card(), date(2025, 7, 1))]


@pytest.mark.parametrize(
    ("day", "step", "operation", "key"),
    [
        (datetime(2025, 7, 1), 2, None, "s2"),
        (datetime(2025, 8, 1), 2, None, "s3"),
        (datetime(2025, 7, 1), None, "Договориться о цене", "s3"),  # in words of the version to come
        (datetime(2025, 8, 1), None, "Проверить долг", "s2"),  # in words of the past: done beside the card
        (datetime(2025, 8, 1), "4. Выставить счёт", None, "s4"),  # the number of the past, with its words
        (datetime(2025, 8, 1), 4, None, None),  # a bare number is a place in the card of its day
    ],
)
def test_a_step_is_sought_in_the_card_of_its_day(day: datetime, step: object, operation: object, key: str | None) -> None:
    versions = two_versions()
    reading = read(changed(date=day, step=step, operation=operation), card=versions[0].card, versions=versions)
    assert reading.lines["step"].tolist() == ([] if key is None else [key])


def test_what_a_log_of_done_steps_leaves_out_is_told_by_the_card_of_the_day() -> None:
    header = ("Дата", "Сотрудник", "Контрагент", "Документ", "Операция")
    row = (PEOPLE[0], "ООО «Вега»")
    rows = [(datetime(2025, 7, 5), *row, "Заказ 1", "Принять заявку"), (datetime(2025, 8, 5), *row, "Заказ 2", "Принять заявку")]
    versions = two_versions()
    reading = read(*rows, header=header, card=versions[0].card, versions=versions)
    implied = reading.lines[reading.lines["implied"]]
    assert implied.groupby("document")["step"].agg(set).to_dict() == {"Заказ 1": {"s2", "s3", "s4"}, "Заказ 2": {"s3", "s4"}}
