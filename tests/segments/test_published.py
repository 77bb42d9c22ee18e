"""The Superstore base of METHOD §2: from the workbook to the classes. Skipped where the data folder is not at hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.model import ClientTable
from sbyt_core.sales.period import Period
from sbyt_core.segments import segment
from tests.clients.making import sales_data
from tests.segments.making import PLAIN
from tests.shared_data import superstore


@pytest.fixture(scope="module")
def store_clients() -> ClientTable:
    file = pd.read_excel(superstore(), engine="calamine")
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


def test_superstore_client_table(store_clients: ClientTable) -> None:
    assert store_clients.period == Period(date(2019, 1, 1), date(2019, 12, 31))
    assert len(store_clients.frame) == 693
    assert round(store_clients.total.revenue, 2) == 733_215.26
    assert round(store_clients.total.profit or 0, 2) == 93_439.27
    assert store_clients.frame["revenue"].sum() == pytest.approx(store_clients.total.revenue)


def test_superstore_by_rule_1_alone(store_clients: ClientTable) -> None:
    assert segment(store_clients, PLAIN).summary["clients"].to_dict() == {"A": 111, "B": 131, "C": 448, "new": 3}
