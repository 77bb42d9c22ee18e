"""The sample made once for all tests of the room, and its sales read back without the program."""

import json

import pandas as pd
import pytest

from sample_data.make_sample import make


def read_sales(path):
    """Rows of sales.xlsx under its header in row 4, the totals row apart."""
    table = pd.read_excel(path, header=3, dtype={"ИНН": "str"}, engine="calamine")
    lines = table.iloc[:-1].copy()
    lines["Дата"] = pd.to_datetime(lines["Дата"])
    return lines, table.iloc[-1]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    make(folder)
    return folder


@pytest.fixture(scope="session")
def truth(folder):
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sales(folder):
    return read_sales(folder / "sales.xlsx")[0]


@pytest.fixture(scope="session")
def total_row(folder):
    return read_sales(folder / "sales.xlsx")[1]


@pytest.fixture(scope="session")
def clients(truth):
    return pd.DataFrame(truth["clients"]).set_index("code")
