"""The report for the owner as a story: verdict, sales by month, evidence, sources of the change, segments, people, what is not known.

A chapter is left out where the data have nothing for it. Every title is the sentence that the page shows above the same picture; the
label of the rung stands under every chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from sbyt_core.reports.kit.story import Chapter, Chart, Interval, Series, Story, Table
from sbyt_core.results.evidence.ladder_words import advice, cleared, compared_text, doubts, estimate_text, rung_name, why_text
from sbyt_core.results.evidence.words import about_rung, reasons, signed
from sbyt_core.results.findings import Findings
from sbyt_core.results.kpis import RESOURCES_KPIS
from sbyt_core.results.model import Effect
from sbyt_core.results.outcome import Outcome
from sbyt_core.results.sources.drift import MAIN
from sbyt_core.results.sources.waterfall import Waterfall
from sbyt_core.texts import Speech
from sbyt_core.texts.speech import CURRENCY_SIGNS

MOST_POINTS = 5  # sentences on a slide that are still read
BOARD = (
    "hours",
    "headcount",
    "payroll",
    "revenue",
    "profit",
    "net_profit",
    "margin",
    "revenue_per_hour",
    "profit_per_hour",
    "revenue_per_manager",
    "active_clients",
    "new_clients",
    "lost_clients",
    "documents",
    "average_document",
    "returns_share",
    "hours_on_a",
    "card_followed",
    "answered_in_time",
    "open_situations",
)  # figures of the board in the report; the workbook has all
MOST_DOUBTS = 9  # sentences of the method page
MOST_FIGURES = 13  # rows of the board on a slide


def owner_story(outcome: Outcome, say: Speech, *, currency: str = "RUB", project_name: str = "", made_at: datetime | None = None) -> Story:
    """The story of an outcome in one language."""
    found = Findings(outcome, say, currency)
    chapters = [
        _verdict(found),
        _months(found),
        _evidence(found),
        _sources(found),
        _items(found),
        _segments(found),
        _board(found),
        _unknown(found),
    ]
    made = say.date(made_at.date()) if made_at else ""
    subtitle = " · ".join(part for part in (project_name, found.when(outcome.windows.after), made) if part)
    return Story(say("owner.title"), subtitle, tuple(chapter for chapter in chapters if chapter is not None))


def figures_for(found: Findings, codes: Sequence[str]) -> list[str]:
    """The codes of a board that anything is known of."""
    board = found.outcome.board.set_index("code")
    return [code for code in codes if board.loc[code, ["before", "after"]].notna().any()]


def board_rows(found: Findings, codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Name, before, after and change of figures, in words."""
    rows = []
    for code in codes:
        row = found.outcome.figure(code)
        before, after = (found.figure(code, row[name]) for name in ("before", "after"))
        rows.append((found.say(f"kpi.{code}"), before, after, found.change(code, float(row["change"]))))
    return tuple(rows)


def board_head(found: Findings) -> tuple[str, ...]:
    """The head of the board: what is compared with what."""
    windows = found.outcome.windows
    return (found.say("owner.figure"), found.when(windows.before), found.when(windows.after), found.say("owner.change"))


def _verdict(found: Findings) -> Chapter:
    """The answer, its money, and that the same people did it."""
    effect, say = found.outcome.effect, found.say
    if effect is None:
        return Chapter(
            "verdict",
            found.verdict(),
            _points([found.comparison(), found.waterfall(), found.resources(), say("owner.no_rollout")]),
            note=found.rung(),
        )
    points = [found.money_of_effect(), found.comparison(), *reasons(say, effect)[:2], found.resources()]
    return Chapter("verdict", found.verdict(), _points(points), note=found.rung(), interval=_interval(found, effect))


def _interval(found: Findings, effect: Effect) -> Interval | None:
    if effect.effect is None or effect.low is None or effect.high is None:
        return None
    say, target = found.say, effect.settings.target
    ends = (signed(say, effect.low), signed(say, effect.effect), signed(say, effect.high))
    texts = (*ends, say.percent(0.0), say("owner.target", target=say.percent(target)))
    return Interval(effect.low, effect.effect, effect.high, target, texts, effect.verdict == "confirmed")


def _months(found: Findings) -> Chapter:
    """Sales by month beside the same months a year before."""
    rows = found.outcome.months
    say = found.say
    start = found.rollout_month()
    tones = tuple("now" if start is None or month >= pd.Timestamp(start) else "early" for month in rows["month"])
    chart = Chart(
        "columns",
        tuple(say.month(month) for month in rows["month"]),
        (
            Series(say("owner.series.year_before"), _values(rows["year_before"]), "past"),
            Series(say("owner.series.now"), _values(rows["now"]), "now", tones),
        ),
        "money",
        units=_units(found),
    )
    points = (say("owner.rollout", month=say.month(start, short=False)),) if start else ()
    return Chapter("months", found.comparison(), (*points, found.prices()), chart, note=found.rung())


def _evidence(found: Findings) -> Chapter | None:
    """Those who started against the others, and the rungs of the ladder."""
    effect, arms, say = found.outcome.effect, found.outcome.arms, found.say
    if effect is None:
        return None
    chart = None
    if arms is not None and arms["change"].notna().all():
        names = (say("owner.arm.treated"), say("owner.arm.control"))
        chart = Chart("columns", names, (Series(say("owner.change"), _values(arms["change"]), "now", ("now", "control")),), "percent")
    rows = tuple((rung_name(say, one.rung), estimate_text(say, one), why_text(say, effect, one)) for one in effect.ladder)
    ladder = Table((say("owner.ladder.rung"), say("owner.ladder.effect"), say("owner.ladder.why")), rows)
    return Chapter("evidence", found.arms() or found.verdict(), (compared_text(say, effect),), chart, ladder, note=found.rung())


def _sources(found: Findings) -> Chapter:
    """The waterfall by clients."""
    points = (found.kept(), found.say("owner.arithmetic"))
    return Chapter("sources", found.waterfall(), points, waterfall(found, found.outcome.decomposition), note=found.rung())


def _items(found: Findings) -> Chapter | None:
    """The waterfall by items."""
    if found.outcome.items is None:
        return None
    covered = found.say("owner.items.covered", n=found.outcome.items.items, share=found.say.percent(found.outcome.items.covered))
    points = [covered, found.items_not_net(), found.say("owner.arithmetic")]
    return Chapter("items", found.items(), _points(points), waterfall(found, found.outcome.items), note=found.rung())


def waterfall(found: Findings, change: Waterfall) -> Chart:
    """The steps from before to after, as they are printed: rounded, and adding up."""
    parts = list(zip(change.parts, change.rounded(0), strict=True))
    shown = [(part, amount) for part, amount in parts if amount]
    before, after = round(change.before), round(change.after)
    names = [found.say("part.before"), *(found.part_name(part) for part, _ in shown), found.say("part.after")]
    values = (float(before), *(amount for _, amount in shown), float(after))
    labels = (found.money(before), *(found.signed_money(amount) for _, amount in shown), found.money(after))
    return Chart("waterfall", tuple(names), (Series(found.say(f"measure.{change.measure}"), values, "up"),), "money", labels)


def _segments(found: Findings) -> Chapter | None:
    """A, B and C: what they did, what the choice does by itself, what is left."""
    segments, say = found.outcome.segments, found.say
    if segments is None:
        return None
    frame = segments.frame.loc[list(MAIN)]
    known = [name for name in ("naive", "drift", "adjusted") if frame[name].notna().any()]
    if not known:
        return None
    tones = {"naive": "past", "drift": "control", "adjusted": "now"}
    chart = Chart(
        "columns", MAIN, tuple(Series(say(f"owner.series.{name}"), _values(frame[name]), tones[name]) for name in known), "percent"
    )
    points = [say("owner.segments.chosen", when=found.when(segments.chosen), measure=say(f"measure.{segments.measure}.of"))]
    if segments.drift_from == "shrinkage":
        points.append(say("owner.segments.estimated"))
    return Chapter("segments", found.segments(), tuple(points), chart, note=found.rung())


def _board(found: Findings) -> Chapter:
    """The board of figures, people first."""
    codes = figures_for(found, BOARD)[:MOST_FIGURES]
    return Chapter("board", found.resources(), (), None, Table(board_head(found), board_rows(found, codes)), note=found.prices())


def _unknown(found: Findings) -> Chapter:
    """How it was counted, what is not known, and what would make it known."""
    effect, say = found.outcome.effect, found.say
    whole = found.outcome.whole
    points = [about_rung(say, found.outcome.rung)]
    points.append(say("owner.data", start=say.month(whole.start, short=False), end=say.month(whole.end, short=False)))
    if found.outcome.measure == "net":
        points.append(say("owner.net"))
    missing = [code for code in RESOURCES_KPIS if code not in figures_for(found, RESOURCES_KPIS)]
    if missing:
        points.append(say("owner.not_said", what=", ".join(say(f"kpi.{code}").lower() for code in missing)))
    points += found.unlisted()
    points += [say("owner.register")] if effect is None else [*doubts(say, effect), *advice(say, effect), *cleared(say, effect)]
    return Chapter("method", say("owner.method.title"), tuple(dict.fromkeys(points))[:MOST_DOUBTS], note=found.rung())


def _units(found: Findings) -> tuple[str, str, str]:
    sign = CURRENCY_SIGNS.get(found.currency, found.currency)
    return (sign, found.say("owner.thousands", sign=sign), found.say("owner.millions", sign=sign))


def _points(points: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(point for point in points if point))[:MOST_POINTS]


def _values(figures: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if value != value else float(value) for value in figures)
