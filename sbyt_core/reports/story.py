"""A report as a story before it becomes a file: chapters with a finding, sentences, a chart and a table, all in words and figures.

Slides, document and workbook are made of one story, so that the same figure stands in all three. A chart is described by its series; how a
program draws it is the business of `native_charts`. Figures of a chart are exact, texts are rounded as on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("columns", "bars", "waterfall", "lines")
TONES = ("past", "now", "treated", "control", "up", "down", "A", "B", "C")


@dataclass(frozen=True)
class Series:
    """One series of a chart: a value a category (None: not known), and the tone it is drawn in."""

    name: str
    values: tuple[float | None, ...]
    tone: str


@dataclass(frozen=True)
class Chart:
    """A chart: columns beside each other, bars lying, lines, or a waterfall of one series whose first and last values are totals.

    number: "money" or "percent"; labels: texts at the points of the only series, for a waterfall.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table in words: the first column names the row, the others hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """One slide: its finding is the title; points: sentences; note: the small print under it."""

    code: str
    title: str
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True)
class Story:
    """The whole report. title, subtitle: of the cover."""

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]

    def chapter(self, code: str) -> Chapter | None:
        """The chapter of this code; None where the data had nothing for it."""
        return next((chapter for chapter in self.chapters if chapter.code == code), None)


def levels(steps: Sequence[float]) -> list[tuple[float, float]]:
    """Where each bar of a waterfall begins and ends: the first and the last from 0, the others from where the one before ended.

    steps: the total before, the parts, the total after.
    """
    found = [(0.0, steps[0])]
    level = steps[0]
    for step in steps[1:-1]:
        found.append((level, level + step))
        level += step
    return [*found, (0.0, steps[-1])]
