"""Entry of the workbench: declares the pages and runs the one that was asked for."""

from sbyt_core.ui import entry

entry.run()
