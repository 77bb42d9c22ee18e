"""Results as files that leave the program: workbooks for the owner, the head of sales and every manager."""

from sbyt_core.reports.criteria_card import criteria_sheet_docx
from sbyt_core.reports.criteria_words import criteria_sentences, criteria_settings
from sbyt_core.reports.rows_sheet import rows_workbook
from sbyt_core.reports.segments import manager_zip, segments_workbook

__all__ = ["criteria_sentences", "criteria_settings", "criteria_sheet_docx", "manager_zip", "rows_workbook", "segments_workbook"]
