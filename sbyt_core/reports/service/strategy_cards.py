"""The strategy book in Word: a printed page for every kind of clients, to be read aloud, explained and signed.

A page holds the goal, what is done and what is not, the standard in figures, the terms and the first three moves, all in the words of
the book. A term that nobody decided is shown as open. Kinds without clients are left out where the base is given, but for A, B and C.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from sbyt_core.reports.kit.book import ACCENT, MARKS, QUIET, UNDATED
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.strategies import KINDS, StrategyBook, Workload, WrittenStandard, written
from sbyt_core.texts import Speech, speech

MARGIN = Cm(2)
LARGE, TITLE, PLAIN, SMALL = Pt(24), Pt(16), Pt(12), Pt(10)
STANDARD = ("contacts", "channels", "who_serves", "answer")
TERMS = ("credit", "discount", "minimum_order")
ALWAYS = ("A", "B", "C")
LABEL_WIDTH, TEXT_WIDTH = Cm(4.5), Cm(12.5)
SHADE = "F3F5F8"


def strategy_cards_docx(
    book: StrategyBook,
    load: Workload | None = None,
    *,
    lang: str = "ru",
    project_name: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """The cards as bytes of a docx file. load: clients and hours a month of every kind; None prints all kinds without them."""
    say = speech(lang)
    page = Document()
    section = page.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal = page.styles["Normal"]
    normal.font.size, normal.font.name = PLAIN, "Arial"
    normal.paragraph_format.space_after = Pt(5)
    for level in (1, 2):
        style = page.styles[f"Heading {level}"]
        style.font.name = "Arial"
        style.element.rPr.rFonts.attrib.clear()  # the theme's font would hold over the name
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
        style.element.rPr.rFonts.set(qn("w:cs"), "Arial")
    page.core_properties.title = cell_text(say("report.strategies.title"))
    page.core_properties.created = page.core_properties.modified = (made_at or UNDATED).replace(tzinfo=None)
    shown = [kind for kind in KINDS if load is None or kind in ALWAYS or int(load.by_kind.loc[kind, "clients"])]
    for kind in shown:
        _card(page, say, written(book[kind], say, currency=currency), load)
        _foot(page, say, project_name, made_at)
        if kind != shown[-1]:
            page.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    buffer = BytesIO()
    page.save(buffer)
    return buffer.getvalue()


def _card(page: Word, say: Speech, card: WrittenStandard, load: Workload | None) -> None:
    colour = RGBColor.from_string(MARKS.get(card.kind, ACCENT).lstrip("#"))
    head = page.add_paragraph()
    head.paragraph_format.space_after = Pt(0)
    name = head.add_run(cell_text(card.name))
    name.bold, name.font.size, name.font.color.rgb = True, LARGE, colour
    if load is not None:
        row = load.by_kind.loc[card.kind]
        size = say("report.strategies.size", clients=say("words.clients", n=int(row["clients"])), hours=say.num(row["hours"], 1))
        _quiet(head.add_run(f"   {size}"))
    title = page.add_heading(cell_text(card.title), level=1)
    title.paragraph_format.space_before = Pt(2)
    title.runs[0].font.size, title.runs[0].font.color.rgb = TITLE, RGBColor.from_string(ACCENT.lstrip("#"))
    page.add_paragraph().add_run(cell_text(card.goal)).bold = True
    _table(page, say, card, STANDARD)
    _part(page, say("strategy.field.actions"), card.actions)
    _part(page, say("strategy.field.not_done"), card.not_done)
    page.add_heading(say("report.strategies.terms"), level=2)
    _table(page, say, card, TERMS)
    page.add_heading(say("strategy.field.first_moves"), level=2)
    for number, move in enumerate((move for move in card.first_moves if move), start=1):
        page.add_paragraph(f"{number}.  {cell_text(move)}")


def _part(page: Word, label: str, text: str) -> None:
    if text:
        page.add_heading(label, level=2)
        page.add_paragraph(cell_text(text))


def _table(page: Word, say: Speech, card: WrittenStandard, fields: tuple[str, ...]) -> None:
    table = page.add_table(rows=0, cols=2)
    table.autofit = False
    for field in fields:
        label, text = table.add_row().cells
        label.width, text.width = LABEL_WIDTH, TEXT_WIDTH
        _quiet(label.paragraphs[0].add_run(say(f"strategy.field.{field}")))
        text.paragraphs[0].add_run(cell_text(getattr(card, field)))
        for cell in (label, text):
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            _shade(cell)
    for column, width in zip(table.columns, (LABEL_WIDTH, TEXT_WIDTH), strict=True):
        column.width = width


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _quiet(run) -> None:  # type: ignore[no-untyped-def]
    run.font.size, run.font.color.rgb = SMALL, RGBColor.from_string(QUIET.lstrip("#"))


def _foot(page: Word, say: Speech, project_name: str, made_at: datetime | None) -> None:
    known = [cell_text(project_name), say.date(made_at.date()) if made_at else "", say("report.strategies.signed")]
    line = page.add_paragraph()
    line.paragraph_format.space_before = Pt(10)
    _quiet(line.add_run(" · ".join(text for text in known if text)))
