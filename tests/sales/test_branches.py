"""КПП under one ИНН: one client with its branches."""

from __future__ import annotations

import pytest

from sbyt_core.sales.model import SalesData
from tests.sales.books import ROWS, grid, read

FIRM, OTHER = "7700000001", "7700000002"
HEAD, NORTH = "770001001", "660001001"
LINES = [(FIRM, HEAD), (FIRM, NORTH), (OTHER, "770201001"), (FIRM, NORTH)]


def sales(headers: list[str], cells: list[list[object]]) -> SalesData:
    rows = [
        [row[0], "ООО «Вега»" if own[0] == FIRM else "АО «Полюс»", *more, row[5]]
        for row, own, more in zip(ROWS, LINES, cells, strict=False)
    ]
    return read(grid([["Дата", "Контрагент", *headers, "Выручка"], *rows]))


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (["ИНН", "КПП"], [list(line) for line in LINES]),
        (["ИНН", "КПП контрагента"], [[inn, float(kpp)] for inn, kpp in LINES]),
        (["ИНН/КПП"], [[f"{inn}/{kpp}"] for inn, kpp in LINES]),
        (["ИНН / КПП"], [[f"{inn} / {kpp}"] for inn, kpp in LINES]),
        (["ИНН"], [[f"{inn} КПП {kpp}"] for inn, kpp in LINES]),
    ],
)
def test_several_kpp_of_one_inn_are_one_client_with_branches(headers: list[str], cells: list[list[object]]) -> None:
    found = sales(headers, cells)
    assert list(found.lines["client_key"]) == [FIRM, FIRM, OTHER, FIRM]
    assert list(found.lines["branch"]) == [kpp for _, kpp in LINES]


def test_a_branch_of_the_file_goes_before_and_one_kpp_a_client_is_no_branch() -> None:
    named = sales(["ИНН", "КПП", "Филиал"], [[*line, "Юг"] for line in LINES])
    assert set(named.lines["branch"]) == {"Юг"}
    single = sales(["ИНН", "КПП"], [[inn, HEAD] for inn, _ in LINES])
    assert single.lines["branch"].isna().all()
    assert "КПП" in single.attributes
    assert list(sales(["ИНН"], [[inn] for inn, _ in LINES]).lines["branch"].isna()) == [True] * 4
