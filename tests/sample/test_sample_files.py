"""The files: reproducible, small, true to what truth.json says of them."""

import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import sample_data
from sample_data.make_sample import FILES, make
from sample_data.people import firm_number, trader_number
from sample_data.portfolio import make_clients

COMMITTED = Path(sample_data.__file__).parent


def check_digits_hold(code: str) -> bool:
    """Check digits of a tax number by the order of the tax service: weighted sum mod 11 mod 10."""
    digits = [int(c) for c in code]

    def control(weights):
        return sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10

    if len(code) == 10:
        return control([2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[9]
    return control([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[10] and control([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[11]


def test_same_seed_same_bytes(folder, tmp_path):
    make(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_seed_is_another_company(truth, clients):
    other = make_clients(truth["seed"] + 1)
    assert len(other) == len(clients)
    assert not {c.code for c in other} & set(clients.index)
    assert [c.size for c in other] != [c.size for c in make_clients(truth["seed"])]


def test_files_in_the_repository_are_what_the_script_makes(folder):
    """By content: compressed bytes may differ between builds of zlib."""
    for name in FILES:
        if name.endswith(".json"):
            assert (COMMITTED / name).read_text(encoding="utf-8") == (folder / name).read_text(encoding="utf-8"), name
        else:
            made, kept = (pd.read_excel(p / name, header=None, engine="calamine") for p in (folder, COMMITTED))
            pd.testing.assert_frame_equal(made, kept)


def test_the_sales_file_is_small_and_of_its_size(folder, sales):
    assert (folder / "sales.xlsx").stat().st_size < 2_500_000
    assert 25_000 <= len(sales) <= 40_000
    assert sales["Дата"].min() >= pd.Timestamp("2023-01-01")
    assert sales["Дата"].dt.to_period("M").nunique() == 36
    assert sales.groupby("Документ").size().max() <= 4


def test_title_rows_header_and_totals_row(folder):
    sheet = openpyxl.load_workbook(folder / "sales.xlsx", read_only=True).active
    rows = list(sheet.iter_rows(min_row=1, max_row=4, values_only=True))
    assert rows[1][0] == "Продажи за период: 01.01.2023 – 31.12.2025"
    assert rows[3] == (
        *("Дата", "Документ", "Контрагент", "ИНН", "Менеджер", "Филиал", "Город", "Номенклатура"),
        *("Количество", "Выручка", "Валовая прибыль", "Скидка"),
    )


def test_totals_of_truth_equal_the_file(truth, sales, total_row):
    totals = truth["totals"]
    assert total_row["Дата"] == "Итого"
    for column, name in {"Количество": "quantity", "Выручка": "revenue", "Валовая прибыль": "profit", "Скидка": "discount"}.items():
        assert sales[column].sum() == pytest.approx(totals[name], abs=0.005)
        assert total_row[column] == pytest.approx(totals[name], abs=0.005)
    assert len(sales) == totals["rows"]
    assert sales["Документ"].nunique() == totals["documents"]
    assert sales["ИНН"].nunique() == totals["clients"] == 400
    assert int((sales["Выручка"] < 0).sum()) == totals["return_rows"]
    assert 0.02 <= totals["return_rows"] / totals["rows"] <= 0.03


def test_parts_of_truth_add_up(truth):
    for measure in ("rows", "revenue", "profit"):
        clients = sum(c[measure] for c in truth["clients"])
        parts = clients + truth["aggregate"][measure] + truth["unassigned"][measure]
        assert parts == pytest.approx(truth["totals"][measure], abs=0.005)
        assert sum(m[measure] for m in truth["managers"]) == pytest.approx(truth["totals"][measure], abs=0.005)


def test_each_client_of_truth_is_in_the_file(clients, sales):
    found = sales.groupby("ИНН").agg(
        rows=("Выручка", "size"), revenue=("Выручка", "sum"), profit=("Валовая прибыль", "sum"), names=("Контрагент", "nunique")
    )
    joined = clients.join(found.add_suffix("_file"))
    assert (joined["names_file"] == 1).all()
    assert (joined["rows"] == joined["rows_file"]).all()
    np.testing.assert_allclose(joined["revenue_file"], joined["revenue"], atol=0.005)
    np.testing.assert_allclose(joined["profit_file"], joined["profit"], atol=0.005)
    assert clients["client"].is_unique


def test_returns_are_documents_of_their_own(sales):
    returns = sales["Документ"].str.startswith("Возврат")
    assert ((sales["Выручка"] < 0) == returns).all()
    assert ((sales["Количество"] < 0) == returns).all()
    assert (sales.loc[~returns, "Документ"].str.startswith("Реализация")).all()
    moment = pd.to_datetime(sales["Документ"].str.extract(r" от (\d.+)$")[0], format="%d.%m.%Y %H:%M:%S")
    assert (moment.dt.normalize() == sales["Дата"]).all()
    assert moment.is_monotonic_increasing


def test_tax_numbers_are_right_and_nobodys(clients):
    assert check_digits_hold("7707083893")  # a bank's published number
    assert check_digits_hold("500100732259")  # the customary example of a sole trader's number
    assert not check_digits_hold("7707083894")
    assert all(check_digits_hold(code) and code.startswith("00") for code in clients.index)
    assert clients.index.is_unique
    lengths = clients.groupby(clients["client"].str.startswith("ИП ")).apply(lambda g: set(g.index.str.len()))
    assert lengths.to_dict() == {False: {10}, True: {12}}


@pytest.mark.parametrize("make_number", [firm_number, trader_number])
def test_any_serial_gives_right_check_digits(make_number):
    assert all(check_digits_hold(make_number(serial)) for serial in range(0, 10_000_000, 99_991))


def test_team_file_lists_the_managers(folder, truth):
    team = json.loads((folder / "team.json").read_text(encoding="utf-8"))
    assert [m["name"] for m in team["managers"]] == [m["name"] for m in truth["managers"]]
    assert len(team["managers"]) == 12
    assert team["hours_per_month"] == 120
    assert team["pooled"] is False
    assert all(60 <= m["hours_per_month"] <= 120 and m["pay_per_month"] > 0 for m in team["managers"])


def test_clients_file_joins_by_tax_number_but_for_two(folder, truth, clients):
    table = pd.read_excel(folder / "clients.xlsx", header=3, dtype={"ИНН": "str"}, engine="calamine")
    assert len(table) == truth["clients_file"]["rows"]
    assert sorted(table.loc[~table["ИНН"].isin(clients.index), "Контрагент"]) == sorted(truth["clients_file"]["unmatched"])
    assert table["Часов обслуживания"].isna().sum() == truth["clients_file"]["hours_unknown"] > 0
    hours = table.set_index("ИНН")["Часов обслуживания"].groupby(clients["manager"]).sum()
    team = {m["name"]: m["hours_per_month"] for m in json.loads((folder / "team.json").read_text(encoding="utf-8"))["managers"]}
    assert all(0 < hours[name] <= 12 * team[name] for name in team)
