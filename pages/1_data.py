"""Data: drop a file, see what was read, answer what is asked."""

from sbyt_core.ui.data import view as data_page
from sbyt_core.ui.page import open_page

data_page.show(open_page("data"))
