"""A printed page about the technology card: one look for job descriptions, service sheets, training and acknowledgement sheets.

A4 upright, a title, one line with company, version and day, then headings, labelled lines, tables with a repeated head row, and lines to
sign. Everything from people is written as text, without the characters that no XML holds. The time of making comes from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.texts import Speech

MARGIN = Cm(1.8)
WIDTH_CM = 21.0 - 2 * 1.8  # of the text on an A4 page
PLAIN, SMALL = Pt(10.5), Pt(9)
HEAD_FILL = "E8EDF3"
QUIET = RGBColor(0x5B, 0x67, 0x75)
TO_SIGN = "_" * 24


@dataclass(frozen=True)
class CardFacts:
    """What stands at the head of every sheet. number: of the version, None for a draft; since: day from which it holds."""

    project_name: str = ""
    number: int | None = None
    since: date | None = None
    made_at: datetime | None = None


class CardPaper:
    """A page being written from top to bottom."""

    def __init__(self, say: Speech, title: str, facts: CardFacts, card_name: str) -> None:
        self.say = say
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", PLAIN
        normal.paragraph_format.space_after = Pt(4)
        properties = self.document.core_properties
        properties.title, properties.author = cell_text(title), ""
        if facts.made_at is not None:
            properties.created = facts.made_at.replace(tzinfo=None)
        self._heading(title, 0)
        self.quiet(" · ".join(part for part in (facts.project_name, card_name, version_text(facts, say)) if part))

    def section(self, text: str) -> None:
        """A heading."""
        self._heading(text, 1)

    def part(self, text: str) -> None:
        """A heading below a section's."""
        self._heading(text, 2)

    def text(self, text: str, *, bold: bool = False) -> None:
        """A paragraph; empty texts are left out."""
        if text.strip():
            self.document.add_paragraph().add_run(cell_text(text)).bold = bold

    def quiet(self, text: str) -> None:
        """A small grey line."""
        run = self.document.add_paragraph().add_run(cell_text(text))
        run.font.size, run.font.color.rgb = SMALL, QUIET

    def fact(self, label: str, text: str) -> None:
        """«Label: text»; left out where the text is empty."""
        if text.strip():
            paragraph = self.document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(cell_text(text))

    def points(self, texts: Sequence[str]) -> None:
        """A list."""
        for text in texts:
            self.document.add_paragraph(cell_text(text), style="List Bullet")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table; widths: parts of the page's width."""
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = True, SMALL
            _fill(cell, HEAD_FILL)
        _repeat(table.rows[0])
        for values in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, values, strict=True):
                cell.paragraphs[0].add_run(cell_text(text)).font.size = SMALL
        for index, part in enumerate(widths):
            width = Cm(WIDTH_CM * part / sum(widths))
            table.columns[index].width = width
            for row in table.rows:
                row.cells[index].width = width
        for row in table.rows:
            _whole(row)
        self.document.add_paragraph()

    def to_sign(self, names: Sequence[str]) -> None:
        """A line to sign for every name, "" leaves the name open."""
        for name in names:
            self.document.add_paragraph(f"{TO_SIGN}  {cell_text(name) or TO_SIGN}  {self.say('cardfile.signed_on')} ____________")

    def bytes(self) -> bytes:
        """The finished file."""
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _heading(self, text: str, level: int) -> None:
        heading = self.document.add_heading(cell_text(text), level=level)
        for run in heading.runs:
            run.font.name = "Arial"
            run.font.size = {0: Pt(20), 1: Pt(14), 2: Pt(11.5)}[level]


def version_text(facts: CardFacts, say: Speech) -> str:
    """Which version it is, and since when it holds."""
    if facts.number is None:
        return say("cardfile.draft")
    if facts.since is None:
        return say("cardfile.version", number=facts.number)
    return say("cardfile.version_since", number=facts.number, day=facts.since)


def _fill(cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row) -> None:
    """The head row stands on every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row) -> None:
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
