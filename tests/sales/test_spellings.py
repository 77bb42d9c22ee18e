"""Names that an equal ИНН joined: kept as written, taken apart, put back; through sheets, files, Parquet and the reading process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.sales.apart import wire
from sbyt_core.sales.identity.decisions import SPLIT, Decision, Merges, merges_of
from sbyt_core.sales.identity.merging import apply_merges
from sbyt_core.sales.identity.pairs import suggested_pairs
from sbyt_core.sales.identity.spellings import joined_clients, written_names
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.parquet import read_parquet, write_sales
from sbyt_core.sales.several import combine_sales
from tests.sales.books import HEADERS, ROWS, grid, read
from tests.sales.test_merging import MONEY, NOON

INN, OTHER = "7700000001", "7700000002"
LONG, SHORT, ALIEN = "ООО «Вега»", "Вега", "Чужая фирма"
NAMES = [LONG, LONG, SHORT, LONG, ALIEN, SHORT, LONG, "ИП Пробный"]
CODES = [INN] * 7 + [OTHER]
# by hand from the eight revenues of the books: 1000 + 500 + 300 + 250, −200 + 700, 50.50, 99.50
SUMS = {LONG: 2050.0, SHORT: 500.0, ALIEN: 50.5}


def rows(names: list[str] = NAMES, codes: list[str] = CODES) -> list[list[object]]:
    return [[*row[:2], name, *row[3:], code] for row, name, code in zip(ROWS, names, codes, strict=True)]


def company() -> SalesData:
    return read(grid([[*HEADERS, "ИНН"], *rows()]))


def apart(sales: SalesData, *keys: str) -> SalesData:
    return apply_merges(sales, Merges(split=keys))


def sums(sales: SalesData) -> dict[str, float]:
    return {str(name): float(money) for name, money in sales.lines.groupby("client")["revenue"].sum().items()}


def test_a_client_joined_by_its_code_is_taken_apart_by_name_and_put_back() -> None:
    sales = company()
    assert sales.n_clients == 2
    split = apart(sales, INN)
    assert sums(split) == {**SUMS, "ИП Пробный": 99.5}
    assert split.n_clients == 4
    assert set(split.lines["client_code"]) == {INN, OTHER}
    assert set(split.lines.loc[split.lines["client"] == LONG, "client_key"]) == {INN}, "the name shown keeps the key"
    assert split.fingerprint != sales.fingerprint
    decided = [Decision(SPLIT, (INN,), (LONG, SHORT), "yes", "Анна", NOON)]
    back = Decision(SPLIT, (INN,), (LONG, SHORT), None, "Анна", NOON)
    assert apply_merges(sales, merges_of(decided)).n_clients == 4
    assert apply_merges(sales, merges_of([*decided, back])) is sales
    assert apart(sales, OTHER, "gone") is sales, "nothing was joined there"


def test_of_three_names_two_may_be_one_client_after_all() -> None:
    keys = dict(apart(company(), INN).lines[["client", "client_key"]].itertuples(index=False))
    merged = apply_merges(company(), Merges(split=(INN,), same=((keys[LONG], keys[SHORT]),)))
    assert sums(merged) == {LONG: 2550.0, ALIEN: 50.5, "ИП Пробный": 99.5}
    assert (keys[LONG], keys[SHORT]) in [(a.key, b.key) for a, b, _ in suggested_pairs(apart(company(), INN), Merges(split=(INN,)))]
    two = read(grid([[*HEADERS, "ИНН"], *rows([SHORT if name == ALIEN else name for name in NAMES])]))
    assert suggested_pairs(apart(two, INN), Merges(split=(INN,))) == [], "just told apart"


def test_the_names_of_a_joined_client_stand_with_their_figures() -> None:
    (one,) = joined_clients(company())
    assert (one.key, one.code, one.revenue) == (INN, INN, 2600.5)
    assert [(spelling.name, spelling.lines, spelling.revenue) for spelling in one.spellings] == [
        (LONG, 4, 2050.0),
        (SHORT, 2, 500.0),
        (ALIEN, 1, 50.5),
    ]
    assert joined_clients(apart(company(), INN)) == ()


@given(
    names=st.lists(st.sampled_from([LONG, SHORT, ALIEN]), min_size=8, max_size=8),
    codes=st.lists(st.sampled_from([INN, OTHER]), min_size=8, max_size=8),
)
@settings(max_examples=30)
def test_taking_apart_changes_no_line_but_whose_it_is(names: list[str], codes: list[str]) -> None:
    sales = read(grid([[*HEADERS, "ИНН"], *rows(names, codes)]))
    assert list(written_names(sales.lines, sales.spellings)) == names
    split = apart(sales, INN, OTHER)
    pd.testing.assert_frame_equal(split.lines[MONEY], sales.lines[MONEY])
    assert dict(split.lines.dtypes) == dict(sales.lines.dtypes)
    assert list(split.lines["client"]) == names
    assert split.n_clients == len(set(zip(names, codes, strict=True)))


def test_an_attribute_goes_with_every_name() -> None:
    sales = read(grid([[*HEADERS, "ИНН", "Город"], *[[*row, "Пермь" if row[-1] == INN else "Омск"] for row in rows()]]))
    split = apart(sales, INN)
    assert split.attributes.set_index("client_key")["Город"].value_counts().to_dict() == {"Пермь": 3, "Омск": 1}


def test_names_in_two_sheets_are_one_client_warned_of_and_taken_apart() -> None:
    header = [*HEADERS, "ИНН"]
    sheets = [
        grid([header, *rows([LONG] * 7 + ["ИП Пробный"])[:5]], name="Январь"),
        grid([header, *rows([SHORT] * 7 + ["ИП Пробный"])[5:]], name="Февраль"),
    ]
    sales = read(*sheets, answers={"several_sheets": "all_sheets"})
    assert set(sales.lines["client"]) == {LONG, "ИП Пробный"}
    assert "possible_duplicates" in sales.report.warnings
    assert sums(apart(sales, INN)) == {LONG: 1650.5, SHORT: 950.0, "ИП Пробный": 99.5}


def test_names_in_two_files_are_one_client_warned_of_and_taken_apart() -> None:
    header = [*HEADERS, "ИНН"]
    first = read(grid([header, *rows([LONG] * 7 + ["ИП Пробный"])[:5]]))
    second = read(grid([header, *rows([SHORT] * 7 + ["ИП Пробный"])[3:]]))  # two lines stand in both
    parts = [first, replace(second, report=replace(second.report, name="второй.xlsx"))]
    assert first.spellings.empty
    whole = combine_sales(parts)
    assert set(whole.lines["client"]) == {LONG, "ИП Пробный"}
    assert "possible_duplicates" in whole.report.warnings
    assert whole.revenue == 2700.0
    assert sums(apart(whole, INN)) == {LONG: 1650.5, SHORT: 950.0, "ИП Пробный": 99.5}
    assert list(written_names(whole.lines, whole.spellings)) == [LONG] * 5 + [SHORT] * 2 + ["ИП Пробный"]


def test_a_code_without_a_name_in_one_file_takes_the_name_of_the_other() -> None:
    nameless = read(grid([["Дата", "ИНН", "Выручка"], *[[row[0], INN, row[5]] for row in ROWS[:4]]]))
    named = read(grid([[*HEADERS, "ИНН"], *rows()[4:7]]))
    whole = combine_sales([nameless, replace(named, report=replace(named.report, name="второй.xlsx"))])
    assert INN not in set(whole.lines["client"])
    assert INN not in set(whole.spellings["name"])


def test_spellings_outlive_parquet_and_the_reading_process(tmp_path: Path) -> None:
    sales = company()
    write_sales(sales, tmp_path / "s.parquet")
    frames = list(wire.frames_of(sales))
    lines, attributes = ([wire.table_of(body) for kind, body in frames if kind == wanted] for wanted in (wire.LINES, wire.ATTRIBUTES))
    for kept in (read_parquet(tmp_path / "s.parquet"), wire.sales_of(lines, attributes, bytes(frames[-1][1]))):
        pd.testing.assert_frame_equal(kept.lines, sales.lines)
        pd.testing.assert_frame_equal(kept.spellings, sales.spellings)
