"""Results: did sales rise with the same people, how well is it known, and where the change came from."""

from sbyt_core.ui import data_gate
from sbyt_core.ui.page import open_page
from sbyt_core.ui.results import view as results

page = open_page("results")
data_gate.require_data(page)
results.show(page)
