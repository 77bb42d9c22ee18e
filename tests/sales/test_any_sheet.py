"""Whatever stands in a sheet, it is read or refused by a code, and the rows add up."""

from __future__ import annotations

import json
import random
from datetime import datetime

import pytest

from sbyt_core.cli.inspect_file import summary
from sbyt_core.errors import SbytError
from sbyt_core.sales.formats.grid import CellError
from tests.sales.books import HEADERS, ROWS, TOTAL, grid, read

JUNK = [
    None, "", "   ", "-", "Итого", "Контрагент", "Выручка", "Январь 2025", "Период: 01.01.2025 - 31.12.2025", "1.234", "01/02/2025",
    "USD 5", "(", "%", "руб.", "(пусто)", "Возврат", "=1+1", "ООО «Вега»", "9" * 300, "1e999", "ё" * 400, "\u202e", True, 0.0,
    2024.0, 45666.0, 1e308, float("inf"), datetime(1900, 1, 1), datetime(2025, 1, 1), CellError("#N/A"),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_mutants_of_a_sheet(seed: int) -> None:
    rng = random.Random(seed)
    rows: list[list[object]] = [["Отчёт"], [None], list(HEADERS), *[list(row) for row in ROWS], ["Итого", *TOTAL[1:]]]
    rows = [[*row, *[None] * (len(HEADERS) - len(row))] for row in rows]
    for _ in range(rng.choice([1, 4, 15, 60])):
        i, j, what = rng.randrange(len(rows)), rng.randrange(len(HEADERS)), rng.random()
        if what < 0.7:
            rows[i][j] = rng.choice(JUNK)
        elif what < 0.8:
            for row in rows:
                row[j] = rng.choice(JUNK)
        elif what < 0.9 and len(rows) > 1:
            del rows[i]
        else:
            rows.insert(i, list(rng.choice(rows)))
    levels = {i: rng.randrange(3) for i in range(len(rows))} if rng.random() < 0.3 else None
    try:
        sales = read(grid(rows, outline=levels))
    except SbytError:
        return
    json.dumps(summary(sales), allow_nan=False)
