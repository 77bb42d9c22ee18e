"""The report for the owner in three shapes of one story: slides, a document, a workbook with every figure."""

from __future__ import annotations

from datetime import datetime

from sbyt_core.errors import BadInput
from sbyt_core.reports.owner.chapters import owner_story
from sbyt_core.reports.owner.document import owner_document
from sbyt_core.reports.owner.figures import owner_figures
from sbyt_core.reports.owner.slides import owner_slides
from sbyt_core.results.findings import Findings
from sbyt_core.results.outcome import Outcome
from sbyt_core.texts import speech

SHAPES = ("pptx", "docx", "xlsx")


def owner_report(
    outcome: Outcome,
    shape: str = "pptx",
    *,
    lang: str = "ru",
    project_name: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """The report of an outcome as bytes of a file.

    shape: pptx (eight slides at most, native charts), docx (the same to read) or xlsx (every figure); made_at: printed as it stands;
    currency: ISO code. Raises BadInput not_a_choice.
    """
    if shape not in SHAPES:
        raise BadInput("not_a_choice", name="shape", value=shape, allowed=SHAPES)
    say = speech(lang)
    story = owner_story(outcome, say, currency=currency, project_name=project_name, made_at=made_at)
    if shape == "pptx":
        return owner_slides(story)
    if shape == "docx":
        return owner_document(story, made_at=made_at)
    return owner_figures(story, Findings(outcome, say, currency), project_name=project_name, made_at=made_at)
