"""Cost to serve by line: parts of a document add up to its rate, and net profit by unit and month follows."""

from __future__ import annotations

import pytest

from sbyt_core.clients.rates import Rate, Rates
from sbyt_core.errors import SbytError
from sbyt_core.results.model import Settings
from sbyt_core.results.panel import unit_panel
from sbyt_core.results.sources.line_cost import line_cost
from tests.clients.making import sales_data

ROWS = [
    {"date": "2025-01-01", "client_key": "c", "document": "1", "manager": "a", "revenue": 100.0, "profit": 40.0, "discount": 5.0},
    {"date": "2025-01-01", "client_key": "c", "document": "1", "manager": "b", "revenue": 50.0, "profit": 20.0},
    {"date": "2025-02-28", "client_key": "c", "document": "2", "manager": "a", "revenue": -30.0, "profit": -10.0},
    {"date": "2025-02-28", "client_key": "d", "document": None, "manager": "a", "revenue": 10.0, "profit": 4.0},
]


def test_documents_returns_lines_and_discounts_by_hand() -> None:
    """Document 1: 8 shared by two lines; document 2 only gives back: 6; the line of d is its own document: 8. A line costs 1."""
    rates = Rates(document=Rate(money=8.0), return_=Rate(money=6.0), line=Rate(money=1.0), discount=True)
    assert line_cost(sales_data(ROWS), rates).tolist() == [4 + 1 + 5, 4 + 1, 6 + 1, 8 + 1]


def test_net_profit_by_unit_and_month() -> None:
    sales = sales_data(ROWS)
    cost = line_cost(sales, Rates(document=Rate(money=8.0)))
    panel = unit_panel(sales, Settings(measure="net"), cost=cost)
    assert panel.values.tolist() == [[40 - 4, 20 - 4], [-10 + 4 - 8, 0]]


def test_minutes_of_the_card() -> None:
    rates = Rates(minute=2.0, document=Rate(minutes="card"))
    assert line_cost(sales_data(ROWS), rates, document_minutes=10.0).tolist() == [10, 10, 0, 20]


def test_what_is_known_for_a_year_alone_is_no_cost_of_a_line() -> None:
    rates = Rates(delivery=Rate(money=100.0))
    with pytest.raises(SbytError, match="no_rates"):
        line_cost(sales_data(ROWS), rates)
