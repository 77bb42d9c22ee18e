"""The whale curve as a native chart of Excel: points on a sheet of their own, the chart where it is wanted.

x: share of the classed clients, greatest value first; y: accumulated share of the value, or money while the total is not
positive. The curve starts at nought. It rises over 100 % as far as the loss-making clients take it back.
"""

from __future__ import annotations

from typing import Any

from sbyt_core.reports.kit.book import ACCENT, INK, LINE, QUIET, Book
from sbyt_core.segments.segmentation import Segmentation

SIZE = {"width": 1100, "height": 360}  # pixels


def curve_sheet(book: Book, segmentation: Segmentation) -> None:
    """Write the points of the curve to a sheet of their own."""
    speech = book.speech
    curve = segmentation.whale
    sheet = book.sheet(speech("report.sheet.curve"), (12, 16, 20), landscape=False)
    number = "money" if curve.in_money else "percent"
    sheet.header(
        [book.label("rank"), book.label("rank_share"), book.label("accumulated", money=curve.in_money)], numbers=range(3), height=30
    )
    clients, heights = [0, *curve.clients.tolist()], [0.0, *curve.y.tolist()]
    shares = [client / segmentation.n for client in clients]
    whole, percent, height = book.look("plain", "whole"), book.look("plain", "percent"), book.look("plain", number)
    sheet.rows([(clients, "number", whole), (shares, "number", percent), (heights, "number", height)])
    sheet.raw.freeze_panes(1, 0)
    sheet.raw.repeat_rows(0)


def curve_chart(book: Book, segmentation: Segmentation, title: str) -> Any:
    """The chart over the points of `curve_sheet`; title: the finding."""
    speech = book.speech
    curve = segmentation.whale
    name, last = speech("report.sheet.curve"), len(curve.clients) + 1
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    chart.add_series(
        {
            "name": speech("report.chart.series"),
            "categories": [name, 1, 1, last, 1],
            "values": [name, 1, 2, last, 2],
            "line": {"color": ACCENT, "width": 2.25},
            "marker": {"type": "none"},
        }
    )
    font = {"name": "Arial", "size": 9, "color": QUIET, "bold": False}
    line = {"color": LINE, "width": 0.75}
    chart.set_title({"name": title, "name_font": {"name": "Arial", "size": 12, "color": INK, "bold": True}, "overlay": False})
    chart.set_x_axis(
        {
            "name": speech("report.chart.x"),
            "min": 0,
            "max": 1,
            "major_unit": 0.1,
            "num_format": "0%",
            "name_font": font,
            "num_font": font,
            "line": line,
            "major_gridlines": {"visible": False},
        }
    )
    chart.set_y_axis(
        {
            "name": speech(
                "report.chart.y_money" if curve.in_money else "report.chart.y", measure=speech(f"measure.{segmentation.measure}.of")
            ),
            "num_format": "#,##0" if curve.in_money else "0%",
            "name_font": font,
            "num_font": font,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": line},
        }
    )
    chart.set_legend({"none": True})
    chart.set_size(SIZE)
    chart.set_chartarea({"border": {"none": True}})
    return chart
