"""The story as a document: the same chapters to read at a desk, with the same native charts and tables.

Word draws a chart from the same parts as PowerPoint does: the chart is made on a slide that nobody sees, and its part is put into
the document with the workbook behind it.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree
from pptx import Presentation
from pptx.util import Pt as SlidePt

from sbyt_core.reports.kit.book import ACCENT, QUIET
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.reports.kit.native_charts import FONT, Size, add_chart, add_interval
from sbyt_core.reports.kit.story import Chapter, Chart, Interval, Story, Table

MARGIN = Cm(2)
CHART_WIDTH, CHART_HEIGHT = Cm(17), Cm(7.2)
CHART_LETTERS = SlidePt(8)
STRIP_HEIGHT = Cm(2.6)
STRIP = 99  # number of its part: no chapter has it
TEXT, SMALL = Pt(11), Pt(9)
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK = 6  # number of the empty layout in the standard template
_INLINE = (
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rid}"/>'
    "</a:graphicData></a:graphic></wp:inline>"
)


def owner_document(story: Story, *, made_at: datetime | None = None) -> bytes:
    """The document as bytes of a docx file; made_at: its time of making, in its properties."""
    page = Document()
    page.core_properties.title = cell_text(story.title)
    page.core_properties.author = ""
    if made_at is not None:
        page.core_properties.created = page.core_properties.modified = made_at.replace(tzinfo=None)
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    _style(page)
    page.add_heading(cell_text(story.title), level=0)
    _small(page, story.subtitle)
    for number, chapter in enumerate(story.chapters, 1):
        _chapter(page, chapter, number)
    buffer = BytesIO()
    page.save(buffer)
    return buffer.getvalue()


def _chapter(page: Any, chapter: Chapter, number: int) -> None:
    heading = page.add_heading(cell_text(chapter.title), level=1)
    heading.paragraph_format.keep_with_next = True
    for point in chapter.points:
        paragraph = page.add_paragraph(cell_text(point))
        paragraph.paragraph_format.keep_with_next = chapter.chart is not None
        paragraph.paragraph_format.space_after = Pt(3)
    if chapter.interval is not None:
        _interval(page, chapter.interval, chapter.title)
    if chapter.chart is not None:
        _chart(page, chapter.chart, chapter.title, number)
    if chapter.table is not None:
        _table(page, chapter.table)
    if chapter.note:
        _small(page, chapter.note)


def _chart(page: Any, chart: Chart, alt: str, number: int) -> None:
    _move(page, add_chart(_slide(), chart, Size(0, 0, CHART_WIDTH, CHART_HEIGHT, CHART_LETTERS), alt), CHART_HEIGHT, alt, number)


def _interval(page: Any, interval: Interval, alt: str) -> None:
    """The bar of the effect, and its figures under it."""
    _move(page, add_interval(_slide(), interval, Size(0, 0, CHART_WIDTH, STRIP_HEIGHT, CHART_LETTERS), alt), STRIP_HEIGHT, alt, STRIP)
    low, value, high, _, target = interval.texts
    _small(page, f"{low} … {value} … {high} · {target}")


def _slide() -> Any:
    deck = Presentation()
    return deck.slides.add_slide(deck.slide_layouts[BLANK])


def _move(page: Any, made: Any, height: int, alt: str, number: int) -> None:
    """Move the part of a chart from its slide, with the workbook behind it, into the document."""
    package = page.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, made.part.chart_workbook.xlsx_part.blob, package)
    root = etree.fromstring(made.part.blob)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    for outside in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData"):
        outside.set(qn("r:id"), part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    rid = page.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    inline = parse_xml(_INLINE.format(cx=int(CHART_WIDTH), cy=int(height), number=number, rid=rid))
    inline.docPr.set("descr", cell_text(alt))
    paragraph = page.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = True  # its small print stays under it
    paragraph.add_run()._r.add_drawing(inline)


def _table(page: Any, table: Table) -> None:
    grid = page.add_table(rows=0, cols=len(table.head))
    grid.style = "Light List Accent 1"
    for place, row in enumerate((table.head, *table.rows)):
        cells = grid.add_row().cells
        for column, text in enumerate(row):
            paragraph = cells[column].paragraphs[0]
            run = paragraph.add_run(cell_text(text))
            run.font.size, run.font.bold = SMALL, place == 0 or column == 0
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = place < len(table.rows)  # a table stays on one page
            if column and len(table.head) != 3:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _small(page: Any, text: str) -> None:
    run = page.add_paragraph().add_run(cell_text(text))
    run.font.size, run.font.color.rgb = SMALL, RGBColor.from_string(QUIET.lstrip("#"))


def _style(page: Any) -> None:
    """Arial throughout, headings in the colour of the reports."""
    for name, size in (("Normal", TEXT), ("Title", Pt(22)), ("Heading 1", Pt(14))):
        font = page.styles[name].font
        font.name, font.size = FONT, size
        fonts = page.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(kind), None)
        if name != "Normal":
            font.color.rgb = RGBColor.from_string(ACCENT.lstrip("#"))
