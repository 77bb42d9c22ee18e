"""The criteria by heart: one printed page for the owner – the sentences, what the three segments hold, and room for a signature."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from sbyt_core.reports.kit.book import MARKS
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.reports.segments.criteria_words import criteria_sentences
from sbyt_core.reports.segments.summary_sheet import finding
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.texts import speech

MARGIN = Cm(2)
LARGE, PLAIN, SMALL = Pt(20), Pt(12), Pt(9)


def criteria_sheet_docx(
    segmentation: Segmentation,
    *,
    lang: str = "ru",
    project_name: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
    owner: str | None = None,
) -> bytes:
    """One page in Word with the criteria in words; owner: who agreed to them, None leaves a line to sign."""
    say = speech(lang)
    page = Document()
    section = page.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    page.styles["Normal"].font.size = PLAIN

    page.add_heading(say("card.title"), level=0)
    head = page.add_paragraph(cell_text(project_name))
    head.add_run(f" · {say.date(made_at.date())}" if made_at else "")
    page.add_paragraph().add_run(finding(segmentation, say, currency)).bold = True
    table = page.add_table(rows=0, cols=4)
    for code in ("A", "B", "C"):
        row = segmentation.summary.loc[code]
        cells = table.add_row().cells
        letter = cells[0].paragraphs[0].add_run(code)
        letter.bold, letter.font.size, letter.font.color.rgb = True, LARGE, RGBColor.from_string(MARKS[code].lstrip("#"))
        cells[1].text = say("words.clients", n=int(row["clients"]))
        cells[2].text = say.percent(row["clients_share"])
        cells[3].text = say.money(float(row["value"]), currency)
        cells[3].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.add_heading(say("card.by_heart"), level=1)
    for sentence in criteria_sentences(segmentation.criteria, say, measure=segmentation.measure):
        page.add_paragraph(sentence, style="List Number")
    signed = say("card.agreed", owner=cell_text(owner)) if owner else say("card.to_sign")
    page.add_paragraph()
    page.add_paragraph(signed)
    period = segmentation.clients.period
    if period is not None:
        note = page.add_paragraph().add_run(say("card.period", start=period.start, end=period.end))
        note.font.size = SMALL
    buffer = BytesIO()
    page.save(buffer)
    return buffer.getvalue()
