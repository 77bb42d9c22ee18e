"""Results as files that leave the program: workbooks for the owner, the head of sales and every manager."""

from sbyt_core.reports.card.checklist import card_checklist_xlsx
from sbyt_core.reports.card.job_description import job_description_docx, job_descriptions_zip
from sbyt_core.reports.card.paper import CardFacts
from sbyt_core.reports.card.service_sheet import service_sheet_docx
from sbyt_core.reports.card.sheets_to_sign import acknowledgement_sheet_docx, training_sheet_docx
from sbyt_core.reports.committee_calendar import committee_calendar
from sbyt_core.reports.committee_minutes import MeetingFacts, committee_minutes_docx
from sbyt_core.reports.owner.report import owner_report
from sbyt_core.reports.practice_workbook import bad_rows_workbook, practice_workbook
from sbyt_core.reports.rows_sheet import rows_workbook
from sbyt_core.reports.segments.criteria_card import criteria_sheet_docx
from sbyt_core.reports.segments.criteria_words import criteria_sentences, criteria_settings
from sbyt_core.reports.segments.workbook import manager_zip, segments_workbook
from sbyt_core.reports.service.call_lists import call_lists_zip, calls_calendar, manager_calls_workbook
from sbyt_core.reports.service.hours import hours_workbook

__all__ = [
    "CardFacts",
    "MeetingFacts",
    "acknowledgement_sheet_docx",
    "bad_rows_workbook",
    "call_lists_zip",
    "calls_calendar",
    "card_checklist_xlsx",
    "committee_calendar",
    "committee_minutes_docx",
    "criteria_sentences",
    "criteria_settings",
    "criteria_sheet_docx",
    "hours_workbook",
    "job_description_docx",
    "job_descriptions_zip",
    "manager_calls_workbook",
    "manager_zip",
    "owner_report",
    "practice_workbook",
    "rows_workbook",
    "segments_workbook",
    "service_sheet_docx",
    "training_sheet_docx",
]
