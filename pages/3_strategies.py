"""Strategies: what each segment gets, edited in place, and the hours that it asks for."""

from sbyt_core.ui import data_gate, exports, strategies, workspace
from sbyt_core.ui.page import open_page

page = open_page("strategies")
data_gate.require_data(page)
strategies.show(page)
exports.segments_download(page, workspace.in_force(page))
