"""Practice: how the card is followed, and the page for a phone on which it is written down."""

from sbyt_core.ui import data_gate
from sbyt_core.ui.page import open_page
from sbyt_core.ui.practice import view as practice

page = open_page("practice")
data_gate.require_data(page)
practice.show(page)
