"""The file of client facts: its columns, its figures, and whose row is whose."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sbyt_core.clients.cost_words import cost_problem, why_unmatched
from sbyt_core.clients.fact_columns import fact_columns
from sbyt_core.clients.facts import match_facts, read_fact_table, with_facts
from sbyt_core.clients.snapshot import table_from_bytes, table_to_bytes
from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.plain_table import PlainTable
from sbyt_core.segments import Criteria
from sbyt_core.segments.ranking import rank_clients
from sbyt_core.segments.trouble import trouble_parts
from sbyt_core.texts import LANGUAGES, speech
from tests.clients.test_cost import facts_of
from tests.segments.making import table_of

CLIENTS = pd.DataFrame(
    {
        "client_key": ["7701000001", "7701000002", "k3", "k4", "k5"],
        "client": ["ООО «Вега»", "ИП Орлов", "Заря", "ООО «Союз»", "АО «Союз»"],
        "client_code": ["7701000001", "7701000002", None, None, None],
    }
).astype("str")


def plain(rows: list[dict[str, object]]) -> PlainTable:
    """A table whose cells are texts or numbers, as a sheet gives them; row 2 is the first."""
    headers = tuple(rows[0])
    texts = {name: pd.Series([None if row[name] is None else f"{row[name]}" for row in rows], dtype="str") for name in headers}
    numbers = {
        name: pd.Series([row[name] if isinstance(row[name], (int, float)) else np.nan for row in rows], dtype=float) for name in headers
    }
    return PlainTable("Лист", 1, headers, pd.DataFrame(texts), pd.DataFrame(numbers), np.arange(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("header", "fact"),
    [
        ("Просроченный долг", "overdue"),
        ("Просроченная дебиторская задолженность, руб.", "overdue"),
        ("Просрочено дней", "days_late"),
        ("Дней просрочки", "days_late"),
        ("Количество доставок", "deliveries"),
        ("Часы", "hours"),
        ("Часов обслуживания", "hours"),
        ("Обращений", "requests"),
        ("Потенциал закупок, ₽", "potential"),
        ("Годовая потребность", "potential"),
        ("Overdue amount", "overdue"),
        ("Days late", "days_late"),
        ("Deliveries", "deliveries"),
        ("Hours spent", "hours"),
        ("Service requests", "requests"),
        ("Potential", "potential"),
    ],
)
def test_headers_are_told(header: str, fact: str) -> None:
    assert fact_columns(["Контрагент", header])[fact] == header


def test_a_file_without_client_or_without_facts_is_refused() -> None:
    with pytest.raises(BadFile, match="no_client_column"):
        fact_columns(["Доставок", "Часов"])
    with pytest.raises(BadFile, match="no_fact_column"):
        fact_columns(["Контрагент", "ИНН", "Город"])


def test_a_mapping_holds_over_the_words() -> None:
    found = fact_columns(["Фирма", "Поездок", "Доставок"], {"client": "Фирма", "deliveries": "Поездок"})
    assert found == {"client": "Фирма", "deliveries": "Поездок"}
    assert "deliveries" not in fact_columns(["Контрагент", "Доставок", "Часы"], {"deliveries": ""})
    with pytest.raises(BadInput, match="no_such_role"):
        fact_columns(["Контрагент"], {"profit": "x"})
    with pytest.raises(BadInput, match="no_such_column"):
        fact_columns(["Контрагент"], {"hours": "Часы"})


def row(client: object, code: object = None, **facts: object) -> dict[str, object]:
    return {"Контрагент": client, "ИНН": code, "Доставок": None, "Просроченный долг": None, "Дней просрочки": None} | facts


def test_rows_find_their_clients_by_code_then_name_then_core_of_the_name() -> None:
    table = read_fact_table(
        plain(
            [
                row("Вега, ООО (новое имя)", "7701000001", **{"Доставок": 1}),
                row("ИП Орлов", None, **{"Доставок": 2}),
                row("ооо «Заря»", None, **{"Доставок": 4}),
            ]
        )
    )
    facts = match_facts(table, CLIENTS)
    assert facts.unmatched.empty
    assert dict(zip(facts.frame["client_key"], facts.frame["deliveries"], strict=True)) == {"7701000001": 1, "7701000002": 2, "k3": 4}


def test_rows_without_their_client_are_listed_with_the_reason() -> None:
    rows = [
        row("Неизвестная фирма", "7799999999", **{"Доставок": 1}),
        row("Союз", None, **{"Доставок": 1}),
        row(None, None, **{"Доставок": 1}),
        row("Вега", "7788888888", **{"Доставок": 1}),
    ]
    facts = match_facts(read_fact_table(plain(rows)), CLIENTS)
    assert facts.frame.empty
    assert (facts.rows, facts.matched) == (4, 0)
    assert list(facts.unmatched["row"]) == [2, 3, 4, 5]
    assert list(facts.unmatched["why"]) == ["unknown", "ambiguous", "nobody", "code_differs"]
    assert facts.unmatched["candidates"][1] == "ООО «Союз»; АО «Союз»"
    for lang in LANGUAGES:
        assert all(why_unmatched(speech(lang), *pair) for pair in zip(facts.unmatched["why"], facts.unmatched["candidates"], strict=True))


def test_rows_of_one_client_are_added_up_and_days_are_weighed_by_the_money() -> None:
    # by hand: (10 000 · 10 + 30 000 · 50) / 40 000 = 40 days
    rows = [
        row("Заря", **{"Доставок": 2, "Просроченный долг": 10_000, "Дней просрочки": 10}),
        row("Заря", **{"Доставок": None, "Просроченный долг": 30_000, "Дней просрочки": 50}),
    ]
    facts = match_facts(read_fact_table(plain(rows)), CLIENTS)
    assert facts.frame[["deliveries", "overdue", "days_late"]].iloc[0].tolist() == [2, 40_000, 40]
    assert [(p.code, p.count) for p in facts.problems] == [("facts_added_up", 1)]


def test_missing_is_missing_and_what_cannot_be_is_told_with_its_row() -> None:
    rows = [
        row("Заря", **{"Доставок": -3, "Просроченный долг": "много"}),
        row("ИП Орлов", **{"Доставок": 0, "Дней просрочки": 99_999}),
    ]
    table = read_fact_table(plain(rows))
    facts = match_facts(table, CLIENTS).frame.set_index("client_key")
    assert np.isnan(facts.loc["k3", "deliveries"])
    assert np.isnan(facts.loc["k3", "overdue"])
    assert facts.loc["7701000002", "deliveries"] == 0
    assert [(p.code, p.column, p.row, p.value) for p in table.problems] == [
        ("unparsed_numbers", "Просроченный долг", 2, "много"),
        ("fact_out_of_range", "Дней просрочки", 3, "99999"),
        ("fact_out_of_range", "Доставок", 2, "-3"),
    ]
    for lang in LANGUAGES:
        assert all(cost_problem(speech(lang), problem) for problem in table.problems)


def test_counts_are_brought_to_the_months_that_are_asked_for_and_debts_are_not() -> None:
    rows = [row("Заря", **{"Доставок": 12, "Просроченный долг": 500, "Дней просрочки": 3})]
    facts = match_facts(read_fact_table(plain(rows), months=12), CLIENTS)
    keys = pd.Series(["k3", "k4"])
    assert facts.of("deliveries", keys, months=6).tolist()[0] == 6
    assert facts.of("overdue", keys, months=6).tolist()[0] == 500
    assert np.isnan(facts.of("deliveries", keys, months=6)[1])


def test_months_out_of_range_are_refused() -> None:
    with pytest.raises(BadInput, match="out_of_range"):
        read_fact_table(plain([row("Заря", **{"Доставок": 1})]), months=0)


def test_late_payment_becomes_a_measure_of_trouble() -> None:
    clients = table_of([10.0, 20.0, 30.0], revenue=[1000.0, 0.0, 2000.0])
    facts = facts_of(overdue=[250.0, 5.0, np.nan])
    found = with_facts(clients, facts)
    assert found.frame["late_payment_share"].tolist()[0] == 0.25
    assert found.frame["late_payment_share"].isna().tolist() == [False, True, True]
    assert "late_payment_share" not in clients.frame
    more = with_facts(table_of([10.0, 20.0, 30.0], revenue=1000.0), facts_of(overdue=[250.0, 5.0, 0.0]))
    assert "late_payment_share" in trouble_parts(rank_clients(more, Criteria()))


def test_the_measure_outlives_the_snapshot_of_an_agreement() -> None:
    found = with_facts(table_of([10.0, 20.0], revenue=1000.0), facts_of(overdue=[250.0, np.nan]))
    again = table_from_bytes(table_to_bytes(found))
    pd.testing.assert_frame_equal(again.frame, found.frame)
