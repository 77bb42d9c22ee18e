"""Segments: criteria under the hand, the whale curve, the list of clients and their passports."""

from sbyt_core.ui import data_gate
from sbyt_core.ui.page import open_page
from sbyt_core.ui.segments import view as segments

page = open_page("segments")
data_gate.require_data(page)
segments.workbench(page)
