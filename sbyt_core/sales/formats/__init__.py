"""Bytes of any file that people upload → sheets of cells, safely."""

from sbyt_core.sales.formats.grid import Cell, CellError, Grid, Workbook
from sbyt_core.sales.formats.reader import read_workbook

__all__ = ["Cell", "CellError", "Grid", "Workbook", "read_workbook"]
