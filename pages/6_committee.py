"""Committee: situations that the card did not foresee, decisions, and whether they helped."""

from sbyt_core.ui import data_gate
from sbyt_core.ui.committee import view as committee
from sbyt_core.ui.page import open_page

page = open_page("committee")
data_gate.require_data(page)
committee.show(page)
