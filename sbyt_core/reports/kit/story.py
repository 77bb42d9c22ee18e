"""A report as a story before it becomes a file: chapters with a finding, sentences, a chart and a table, all in words and figures.

Slides, document and workbook are made of one story, so that the same figure stands in all three. A chart is described by its series; how a
program draws it is the business of `native_charts`. Figures of a chart are exact, texts are rounded as on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MILLIONS_FROM, THOUSANDS_FROM = 5_000_000, 20_000  # money of the largest point from which an axis counts in millions or thousands


@dataclass(frozen=True)
class Series:
    """One series of a chart: a value a category (None: not known), and the tone it is drawn in; tones: of single points."""

    name: str
    values: tuple[float | None, ...]
    tone: str
    tones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart: columns beside each other, bars lying, lines, or a waterfall of one series whose first and last values are totals.

    number: "money" or "percent"; units: of the money on the axis; labels: texts at the points of the only series, for a waterfall.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number: str
    labels: tuple[str, ...] = ()
    units: tuple[str, str, str] = ("", "", "")  # of money as it is, in thousands, in millions

    @property
    def scale(self) -> int:
        """How the axis of money is written: 0 as it is, 1 in thousands, 2 in millions."""
        largest = max((abs(value) for series in self.series for value in series.values if value is not None), default=0.0)
        return 2 if largest >= MILLIONS_FROM else 1 if largest >= THOUSANDS_FROM else 0


@dataclass(frozen=True)
class Interval:
    """The strip of an effect: fractions; texts at its low end, its value, its high end, nought and the target."""

    low: float
    value: float
    high: float
    target: float
    texts: tuple[str, str, str, str, str]
    sure: bool


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
    interval: Interval | None = None


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
