"""Charts that PowerPoint and Word draw themselves, with their figures in a sheet behind them: a double click edits them.

A waterfall is a stack of columns: one without colour lifts each step to its place, and steps that cross nought stand on both sides of
it. Its axis begins below the lowest level, so that the steps are seen beside large totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart as PptxChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Length, Pt

from sbyt_core.reports.kit.book import INK, LINE, QUIET
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.reports.kit.story import Chart, Interval, Series, levels

TONES = {
    "past": "#B4BCC6",
    "early": "#A9C4E6",
    "now": "#2F6DB5",
    "control": "#9AA5B1",
    "up": "#2F6DB5",
    "down": "#D98E04",
    "total": "#5B6672",
}
FORMATS = {"money": ("#,##0", "#,##0,", "#,##0,,"), "percent": ("0%",) * 3}  # as it is, in thousands, in millions
SURE = "#2E7D4F"  # the bar of a confirmed effect; any other is grey
SIGNED = "+0%;−0%;0%"
FONT = "Arial"
LETTERS = Pt(12)
LEAST_LETTERS = Pt(6)  # of names under columns: smaller ones are not read
LETTER_WIDTH = 0.62  # of its height: Arial, a wide mean
ROOM_FOR_NAME = 0.9  # of a category's share of the width
ROOM_BELOW = 0.25  # of the distance between the levels of a waterfall: free under the lowest one
LABEL_ROOM = 0.1  # of the height of the chart: stands free on every bar for its figure
GAP = {"columns": 60, "bars": 60, "waterfall": 35}  # per cent of a column's width between columns


@dataclass(frozen=True)
class Size:
    """Where a chart stands on a slide, in EMU, and how large its letters are."""

    left: int
    top: int
    width: int
    height: int
    letters: Length = LETTERS


def add_chart(slide: Any, chart: Chart, size: Size, alt: str) -> PptxChart:
    """Draw a chart on a slide; alt: what it says, for those who do not see it."""
    waterfall = chart.kind == "waterfall"
    data = _waterfall_data(chart) if waterfall else _data(chart)
    kinds = {
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "lines": XL_CHART_TYPE.LINE,
        "waterfall": XL_CHART_TYPE.COLUMN_STACKED,
    }
    frame = slide.shapes.add_chart(kinds[chart.kind], size.left, size.top, size.width, size.height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cell_text(alt))
    made = frame.chart
    made.font.size, made.font.name = size.letters, FONT
    made.font.color.rgb = _colour(INK)
    made.has_title = False
    _axes(made, chart, size)
    if waterfall:
        _paint_waterfall(made, chart, size.letters)
    else:
        _paint(made, chart, size.letters)
    return made


def add_interval(slide: Any, interval: Interval, size: Size, alt: str) -> PptxChart:
    """Draw the interval of an effect as one lying bar between its ends; nought and the target are in sight."""
    data = CategoryChartData(number_format=FORMATS["percent"][0])
    data.categories = [""]
    for name, value in strip(interval).items():
        data.add_series(name, (value,))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, size.left, size.top, size.width, size.height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cell_text(alt))
    made = frame.chart
    made.font.size, made.font.name = size.letters, FONT
    made.has_title = made.has_legend = False
    made.plots[0].gap_width, made.plots[0].overlap = GAP["bars"], 100
    low, high = min(interval.low, 0.0), max(interval.high, interval.target)
    room = LABEL_ROOM * (high - low)
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = low - room if low < 0 else 0.0, high + room
    made.value_axis.tick_labels.number_format, made.value_axis.tick_labels.number_format_is_linked = SIGNED, False
    made.value_axis.major_gridlines.format.line.color.rgb = _colour(LINE)
    made.category_axis.format.line.color.rgb = _colour(INK)
    for drawn in made.plots[0].series:
        drawn.invert_if_negative = False
        if drawn.name == "lift":
            drawn.format.fill.background()
            continue
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _colour(SURE if interval.sure else QUIET)
    return made


def strip(interval: Interval) -> dict[str, float]:
    """The stacked bars of an interval by name: one without colour as far as its near end, then the interval; both sides of nought."""
    if interval.low < 0 < interval.high:
        return {"low": interval.low, "high": interval.high}
    near, far = sorted((interval.low, interval.high), key=abs)
    return {"lift": near, "interval": far - near}


def _data(chart: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=FORMATS[chart.number][0])
    data.categories = [cell_text(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(cell_text(series.name), series.values)
    return data


def _waterfall_data(chart: Chart) -> CategoryChartData:
    """Lift, then the bars of totals, rises and falls, above nought and below it."""
    data = CategoryChartData(number_format=FORMATS[chart.number][0])
    data.categories = [cell_text(name) for name in chart.categories]
    for name, values in stack(chart.series[0]).items():
        data.add_series(name, values)
    return data


def stack(series: Series) -> dict[str, list[float | None]]:
    """The stacked series of a waterfall by name: lift, total, up, down, parts below nought of steps that cross it, room for labels."""
    values = [value or 0.0 for value in series.values]
    last = len(values) - 1
    rows: dict[str, list[float | None]] = {"lift": [], "total": [], "up": [], "down": []}
    below: dict[str, list[float | None]] = {"total": [], "up": [], "down": []}
    for place, (start, end) in enumerate(levels(values)):
        low, high = min(start, end), max(start, end)
        role = "total" if place in (0, last) else "up" if values[place] >= 0 else "down"
        lift = low if low >= 0 else high if high <= 0 else 0.0
        above = high - low if low >= 0 else max(high, 0.0)
        under = low - high if high <= 0 else min(low, 0.0)
        rows["lift"].append(lift)
        for name in ("total", "up", "down"):
            rows[name].append(above if name == role and above else None)
            below[name].append(under if name == role and under else None)
    crossing = {f"{name} −": values for name, values in below.items() if any(value is not None for value in values)}
    reached = [value for pair in levels(values) for value in pair]
    room = LABEL_ROOM * (max(reached) - (lowest(series) or min(reached)))
    return rows | crossing | {"label": [room] * len(values)}


def name_letters(names: Sequence[str], size: Size) -> Length:
    """The letters in which the longest word of the names under columns stays whole; of the chart where it has room."""
    longest = max((len(word) for name in names for word in name.split()), default=1)
    room = ROOM_FOR_NAME * size.width / max(len(names), 1)
    return Pt(max(min(size.letters.pt, int(2 * Length(int(room)).pt / (LETTER_WIDTH * longest)) / 2), LEAST_LETTERS.pt))


def _axes(made: PptxChart, chart: Chart, size: Size) -> None:
    category, value = made.category_axis, made.value_axis
    category.format.line.color.rgb = _colour(LINE)
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.has_major_gridlines = False
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = _colour(LINE)
    value.major_gridlines.format.line.width = Pt(0.75)
    value.format.line.fill.background()
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = FORMATS[chart.number][chart.scale], False
    value.tick_labels.font.color.rgb = _colour(QUIET)
    category.tick_labels.font.color.rgb = _colour(INK)
    if chart.kind != "bars":
        category.tick_labels.font.size = name_letters(chart.categories, size)
    category._element.txPr.bodyPr.set("rot", "0")  # names stand upright and wrap
    unit = chart.units[chart.scale] if chart.number == "money" and chart.kind != "waterfall" else ""
    value.has_title = bool(unit)
    if unit:
        value.axis_title.text_frame.text = cell_text(unit)
        value.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    if chart.kind == "waterfall":
        floor = lowest(chart.series[0])
        if floor is not None:
            value.minimum_scale = floor
        value.visible = False
        value.has_major_gridlines = False
    if chart.kind == "bars":
        category.reverse_order = True


def lowest(series: Series) -> float | None:
    """Where the axis of a waterfall begins; None: at nought, since the levels come near it."""
    values = [value or 0.0 for value in series.values]
    reached = [values[0], *(end for _, end in levels(values)[1:-1]), values[-1]]
    low, high = min(reached), max(reached)
    floor = low - max(ROOM_BELOW * (high - low), 0.02 * high)
    return floor if low > 0 and floor > 0 else None


def _paint(made: PptxChart, chart: Chart, letters: Length) -> None:
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = made.plots[0]
    if chart.kind in GAP:
        plot.gap_width = GAP[chart.kind]
        plot.overlap = -5
    for drawn, series in zip(plot.series, chart.series, strict=True):
        if chart.kind == "lines":
            drawn.format.line.color.rgb = _colour(TONES[series.tone])
            drawn.format.line.width = Pt(2.5)
            drawn.smooth = False
        else:
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = _colour(TONES[series.tone])
            drawn.invert_if_negative = False
            for place, tone in enumerate(series.tones):
                if tone != series.tone:
                    point = drawn.points[place]
                    point.format.fill.solid()
                    point.format.fill.fore_color.rgb = _colour(TONES[tone])
    if chart.number == "percent" and chart.kind != "lines":
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = SIGNED, False
        labels.font.size, labels.position = letters, XL_LABEL_POSITION.OUTSIDE_END


def _paint_waterfall(made: PptxChart, chart: Chart, letters: Length) -> None:
    made.has_legend = False
    plot = made.plots[0]
    plot.gap_width, plot.overlap = GAP["waterfall"], 100
    for drawn in plot.series:
        role = drawn.name.removesuffix(" −")
        if role in ("lift", "label"):
            drawn.format.fill.background()
            drawn.format.line.fill.background()
            continue
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _colour(TONES[role])
        drawn.invert_if_negative = False
    for place, text in enumerate(chart.labels):
        label = list(plot.series)[-1].points[place].data_label
        label.text_frame.text = cell_text(text)
        for run in label.text_frame.paragraphs[0].runs:
            run.font.size, run.font.bold, run.font.color.rgb = letters, True, _colour(INK)
        label.position = XL_LABEL_POSITION.INSIDE_BASE


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.lstrip("#"))
