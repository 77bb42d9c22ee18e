"""A grid gives the same cells whichever way it keeps them; and every fault of a file has its words."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from sbyt_core.errors import ERRORS, BadFile
from sbyt_core.sales.formats import Grid
from sbyt_core.texts.speech import LANGUAGES, speech

FAULTS_OF_A_FILE = [
    *list(ERRORS)[: list(ERRORS).index("file_not_found") + 1],
    "no_such_sheet",
    "empty_sheet",
    "formulas_without_values",
]


def cells(*values):
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def typed() -> Grid:
    """Header, three lines and a total; the header and the total stand in head and tail."""
    return Grid(
        "S",
        columns=(
            pd.Series([None, datetime(2025, 1, 9), datetime(2025, 1, 10), None, None], dtype="datetime64[us]"),
            pd.Series([np.nan, 1.5, np.nan, 2.0, 3.5]),
            pd.Series(["Клиент", "А", "Б", None, None], dtype="str"),
        ),
        n_rows=5,
        head=(cells("Дата"), cells("Сумма"), cells("Клиент")),
        tail=(cells("Итого"), cells(3.5), cells(None)),
        first_row=4,
    )


def test_rows_of_a_typed_grid():
    grid = typed()
    assert [grid.row(i) for i in range(5)] == [
        ["Дата", "Сумма", "Клиент"],
        [datetime(2025, 1, 9), 1.5, "А"],
        [datetime(2025, 1, 10), None, "Б"],
        [None, 2.0, None],
        ["Итого", 3.5, None],
    ]


@pytest.mark.parametrize(("start", "stop"), [(0, None), (0, 5), (1, 4), (2, 2), (4, 9), (0, 1), (3, None)])
def test_cells_of_a_column_are_the_cells_of_its_rows(start, stop):
    grid = typed()
    for j in range(3):
        assert grid.cells(j, start, stop).tolist() == [grid.cell(i, j) for i in range(5)[start:stop]]


def test_sheet_rows():
    assert typed().sheet_rows().tolist() == [4, 5, 6, 7, 8]
    dropped = Grid("S", (cells(1.0, 2.0),), 2, row_numbers=np.array([3, 900]))
    assert (dropped.sheet_row(1), dropped.sheet_rows().tolist()) == (900, [3, 900])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", FAULTS_OF_A_FILE)
def test_every_fault_of_a_file_has_its_words(lang, code):
    params = {name: 7 if name in ("megabytes", "limit", "seconds", "rows", "columns", "count") else "X" for name in ERRORS[code]}
    message, hint = speech(lang).error(BadFile(code, **params))
    assert message
    assert hint
    for name, value in params.items():
        assert str(value) in message, name
