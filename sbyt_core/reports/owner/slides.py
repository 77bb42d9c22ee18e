"""The story as slides: a cover, then one chapter a slide with its finding as the title; charts are native, tables are tables.

16:9, letters that are read from the last row. What does not fit a slide is not put on it: the workbook has every figure.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Cm, Length, Pt

from sbyt_core.reports.kit.book import ACCENT, INK, LINE, QUIET
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.reports.kit.native_charts import FONT, SURE, Size, add_chart
from sbyt_core.reports.kit.story import Chapter, Interval, Story, Table

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)  # 16:9
LEFT, INNER = Cm(1.6), Cm(30.6)
TITLE_TOP, BODY_TOP, NOTE_TOP = Cm(0.9), Cm(4.1), Cm(17.75)
BLANK = 6  # number of the empty layout in the standard template
LARGE_TITLE, TITLE, TEXT, SMALL = Pt(32), Pt(24), Pt(18), Pt(11)
LONG_TITLE = 110  # letters from which a title takes smaller ones
ROW_HEIGHT, TALLEST_ROW = Cm(0.9), Cm(1.45)  # a short table takes the room that there is
STRIP_HEIGHT = Cm(4.2)


def owner_slides(story: Story) -> bytes:
    """The slides as bytes of a pptx file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = cell_text(story.title)
    deck.core_properties.author = ""
    for number, chapter in enumerate(story.chapters, 1):
        slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
        first = number == 1
        if first:
            _text(slide, f"{story.title} · {story.subtitle}", LEFT, TITLE_TOP, INNER, Cm(1), SMALL, QUIET)
        _title(slide, chapter, first=first)
        _body(slide, chapter, first=first)
        _text(slide, chapter.note, LEFT, NOTE_TOP, INNER - Cm(2), Cm(0.9), SMALL, QUIET)
        page = _text(slide, str(number), LEFT + INNER - Cm(2), NOTE_TOP, Cm(2), Cm(0.9), SMALL, QUIET)
        page.paragraphs[0].alignment = PP_ALIGN.RIGHT
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _title(slide: Any, chapter: Chapter, *, first: bool) -> None:
    size = LARGE_TITLE if first else TITLE if len(chapter.title) <= LONG_TITLE else Pt(20)
    top, height = (Cm(2.0), Cm(4)) if first else (TITLE_TOP, BODY_TOP - TITLE_TOP)
    frame = _text(slide, chapter.title, LEFT, top, INNER, height, size, ACCENT, bold=True)
    frame.vertical_anchor = MSO_ANCHOR.TOP


def _body(slide: Any, chapter: Chapter, *, first: bool) -> None:
    top = int(Cm(6) if first else BODY_TOP)
    if chapter.interval is not None:
        _strip(slide, chapter.interval, top)
        top += STRIP_HEIGHT
    height = NOTE_TOP - top - Cm(0.3)
    if chapter.chart is None and chapter.table is None:
        _points(slide, chapter.points, LEFT, top, INNER, height)
        return
    points_height = Cm(1.1) * len(chapter.points)
    _points(slide, chapter.points, LEFT, top, INNER, points_height, small=True)
    top, height = top + points_height, height - points_height
    if chapter.chart is not None and chapter.table is not None:
        half = Cm(11)
        add_chart(slide, chapter.chart, Size(LEFT, top, half, height), chapter.title)
        _table(slide, chapter.table, Size(LEFT + half + Cm(0.6), top, INNER - half - Cm(0.6), height), wide_last=True)
    elif chapter.chart is not None:
        add_chart(slide, chapter.chart, Size(LEFT, top, INNER, height), chapter.title)
    elif chapter.table is not None:
        _table(slide, chapter.table, Size(LEFT, top, INNER, height))


def _strip(slide: Any, interval: Interval, top: int) -> None:
    """The interval as a bar against nought and the target."""
    low, high = min(interval.low, 0.0), max(interval.high, interval.target, 0.0)
    width = INNER - Cm(4)

    def at(share: float) -> int:
        return int(LEFT + Cm(2) + width * (share - low) / (high - low))

    bar_top = top + Cm(1.3)
    colour = SURE if interval.sure else QUIET
    for left, right, height, shift, paint in (
        (at(low), at(high), Cm(0.06), Cm(0.5), LINE),
        (at(interval.low), at(interval.high), Cm(1.0), Cm(0.03), colour),
        (at(0.0), at(0.0) + Cm(0.08), Cm(1.45), Cm(-0.37), INK),
        (at(interval.target), at(interval.target) + Cm(0.08), Cm(1.45), Cm(-0.37), "#D98E04"),
        (at(interval.value), at(interval.value) + Cm(0.12), Cm(1.0), Cm(0.03), "#FFFFFF"),
    ):
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, bar_top + shift, max(right - left, Cm(0.06)), height)
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(paint)
        shape.line.fill.background()
        shape.shadow.inherit = False
    ends = (interval.low, interval.value, interval.high, 0.0, interval.target)
    for place, (share, text) in enumerate(zip(ends, interval.texts, strict=True)):
        below = place < 3
        frame = _text(
            slide, text, at(share) - Cm(2), bar_top + (Cm(1.1) if below else Cm(-1.3)), Cm(4), Cm(0.9), Pt(14), INK, bold=place == 1
        )
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _points(slide: Any, points: tuple[str, ...], left: int, top: int, width: int, height: int, *, small: bool = False) -> None:
    if not points:
        return
    frame = _text(slide, points[0], left, top, width, height, Pt(14) if small else TEXT, INK)
    for point in points[1:]:
        paragraph = frame.add_paragraph()
        _run(paragraph, point, Pt(14) if small else TEXT, INK)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(4) if small else Pt(12)


def _table(slide: Any, table: Table, size: Size, *, wide_last: bool = False) -> None:
    n_rows, width = len(table.rows) + 1, size.width
    tall = Length(max(ROW_HEIGHT, min(TALLEST_ROW, size.height // n_rows)))
    letters = Pt(12) if wide_last else Pt(15 if tall > Cm(1.1) else 13)
    shape = slide.shapes.add_table(n_rows, len(table.head), size.left, size.top, width, tall * n_rows)
    grid = shape.table
    shape._element.graphic.graphicData.tbl[0][-1].text = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # the plain grid of PowerPoint
    shares = (0.3, 0.3, 0.4) if wide_last and len(table.head) == 3 else (0.34, *[0.66 / (len(table.head) - 1)] * (len(table.head) - 1))
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Length(int(width * share))
    for number, row in enumerate((table.head, *table.rows)):
        for place, text in enumerate(row):
            cell = grid.cell(number, place)
            cell.margin_top = cell.margin_bottom = Cm(0.08)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = cell.text_frame.paragraphs[0]
            _run(paragraph, text, letters, "#FFFFFF" if number == 0 else INK, bold=number == 0)
            if place and not wide_last:
                paragraph.alignment = PP_ALIGN.RIGHT
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(ACCENT if number == 0 else "#FFFFFF")
    for row in grid.rows:
        row.height = tall


def _text(slide: Any, text: str, left: int, top: int, width: int, height: int, size: Length, colour: str, *, bold: bool = False) -> Any:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    _run(frame.paragraphs[0], text, size, colour, bold=bold)
    return frame


def _run(paragraph: Any, text: str, size: Length, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = cell_text(text)
    run.font.size, run.font.bold, run.font.name = size, bold, FONT
    run.font.color.rgb = _colour(colour)


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.lstrip("#"))
