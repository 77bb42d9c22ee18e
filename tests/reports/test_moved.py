"""The sheet of clients that stood elsewhere before: those and no others."""

from __future__ import annotations

import pandas as pd

from sbyt_core.clients import client_table
from sbyt_core.reports import segments_workbook
from sbyt_core.segments import Criteria, segment
from sbyt_core.segments.segmentation import Segmentation
from tests.reports.making import lines, opened, sales_of, table_of

LINES = lines()


def segmented(table: pd.DataFrame, criteria: Criteria | None = None) -> Segmentation:
    return segment(client_table(sales_of(table)), criteria)


def test_who_changed_class_is_listed_with_both():
    before, now = segmented(LINES), segmented(LINES, Criteria(cut_a=0.5, guards="off"))
    moved = table_of(opened(segments_workbook(now, before=before))["Переходы"])
    both = before.frame.merge(now.frame, on="client_key", suffixes=("_was", "_now"))
    expected = both[both["segment_was"] != both["segment_now"]]
    assert len(expected) > 0
    assert set(zip(moved["Клиент"], moved["Был"], moved["Стал"], strict=True)) == set(
        zip(expected["client_now"], expected["segment_was"], expected["segment_now"], strict=True)
    )


def test_who_left_and_who_came_are_listed_too():
    before = segmented(LINES[LINES["client_key"] != "k001"])
    now = segmented(LINES[LINES["client_key"] != "k002"])
    moved = table_of(opened(segments_workbook(now, before=before))["Переходы"]).set_index("Клиент")
    assert pd.isna(moved.loc["ООО «Клиент 1»", "Был"])
    assert moved.loc["ООО «Клиент 1»", "Стал"] in ("A", "B", "C")
    assert pd.isna(moved.loc["ООО «Клиент 2»", "Стал"])
    assert moved.loc["ООО «Клиент 2»", "Был"] in ("A", "B", "C")
    assert pd.isna(moved.loc["ООО «Клиент 2»", "Выручка, ₽"])


def test_nobody_moved_is_said():
    now = segmented(LINES)
    sheet = opened(segments_workbook(now, before=now, lang="en"))["Moved"]
    assert sheet["A1"].value.startswith("0 clients of")


def test_without_an_earlier_segmentation_there_is_no_such_sheet():
    assert "Переходы" not in opened(segments_workbook(segmented(LINES))).sheetnames
