"""From sales lines to the client table: one definition of every measure, on DuckDB or another engine (METHOD §2)."""

from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS, MONTH_COLUMNS, ClientTable, Money
from sbyt_core.clients.monthly import monthly_sales
from sbyt_core.clients.table import client_table, default_period

__all__ = ["CLIENT_COLUMNS", "LOST_COLUMNS", "MONTH_COLUMNS", "ClientTable", "Money", "client_table", "default_period", "monthly_sales"]
