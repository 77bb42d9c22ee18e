"""Practice: how the card is followed, and the page for a phone on which it is written down."""

from sbyt_core.ui import data_gate, practice
from sbyt_core.ui.page import open_page

page = open_page("practice")
data_gate.require_data(page)
practice.show(page)
