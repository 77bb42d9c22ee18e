"""Strategies: what each segment gets, edited in place, and the hours that it asks for."""

from sbyt_core.ui import data_gate
from sbyt_core.ui.page import open_page
from sbyt_core.ui.strategies import view as strategies

page = open_page("strategies")
data_gate.require_data(page)
strategies.show(page)
