"""The Superstore base of METHOD §2: from the workbook to the classes. Skipped where the data folder is not at hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.model import ClientTable
from sbyt_core.sales.period import Period
from sbyt_core.segments import segment
from tests.clients.making import sales_data
from tests.segments.making import PLAIN

NAME = Path("data/real/superstore_biff8_3sheets.xls")
PLACES = [Path(os.environ["SBYT_SHARED_DATA"])] if "SBYT_SHARED_DATA" in os.environ else [Path(__file__).resolve().parents[3] / "shared"]


@pytest.fixture(scope="module")
def superstore() -> ClientTable:
    path = next((place / NAME for place in PLACES if (place / NAME).exists()), None)
    if path is None:
        pytest.skip("the Superstore workbook is not at hand; set SBYT_SHARED_DATA to the folder that holds data/")
    file = pd.read_excel(path, engine="calamine")
    names = {
        "Order Date": "date",
        "Customer ID": "client_key",
        "Order ID": "document",
        "Product ID": "item",
        "Region": "branch",
        "Sales": "revenue",
        "Profit": "profit",
    }
    return client_table(sales_data(file[list(names)].rename(columns=names).to_dict("records")))


def test_superstore_client_table(superstore: ClientTable) -> None:
    assert superstore.period == Period(date(2019, 1, 1), date(2019, 12, 31))
    assert len(superstore.frame) == 693
    assert round(superstore.total.revenue, 2) == 733_215.26
    assert round(superstore.total.profit or 0, 2) == 93_439.27
    assert superstore.frame["revenue"].sum() == pytest.approx(superstore.total.revenue)


def test_superstore_by_rule_1_alone(superstore: ClientTable) -> None:
    assert segment(superstore, PLAIN).summary["clients"].to_dict() == {"A": 111, "B": 131, "C": 448, "new": 3}
