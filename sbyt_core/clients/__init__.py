"""From sales lines to the client table: one definition of every measure, on DuckDB or another engine (METHOD §2)."""

from sbyt_core.clients.cost import CostToServe, cost_to_serve
from sbyt_core.clients.facts import ClientFacts, client_facts
from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS, MONTH_COLUMNS, ClientTable, Money
from sbyt_core.clients.monthly import monthly_sales
from sbyt_core.clients.rates import Rates, rates_from_json
from sbyt_core.clients.table import client_table, default_period

__all__ = [
    "CLIENT_COLUMNS",
    "LOST_COLUMNS",
    "MONTH_COLUMNS",
    "ClientFacts",
    "ClientTable",
    "CostToServe",
    "Money",
    "Rates",
    "client_facts",
    "client_table",
    "cost_to_serve",
    "default_period",
    "monthly_sales",
    "rates_from_json",
]
