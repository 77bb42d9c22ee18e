"""The making of the workbooks of a segmentation: what all sheets need is computed once, then sheet follows sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property

import pandas as pd

from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.reports.kit.book import Book
from sbyt_core.reports.segments.check_sheet import check_sheet
from sbyt_core.reports.segments.class_table import SUM_DIGITS, ClassTable, table_columns
from sbyt_core.reports.segments.client_sheet import client_columns, client_rows, client_sheet, with_attributes
from sbyt_core.reports.segments.criteria_sheet import criteria_sheet
from sbyt_core.reports.segments.moved_sheet import moved_clients, moved_sheet
from sbyt_core.reports.segments.reason_words import ReasonWords
from sbyt_core.reports.segments.strategy_sheet import strategy_sheet
from sbyt_core.reports.segments.summary_sheet import NAME_WIDTH, STRATEGY_WIDTH, summary_sheet
from sbyt_core.reports.segments.whale_chart import curve_sheet
from sbyt_core.reports.service.cost_sheets import cost_sheets
from sbyt_core.sales.identity.decisions import Decision
from sbyt_core.sales.model import ReadReport
from sbyt_core.segments.model import SEGMENTS
from sbyt_core.segments.per_hour import hours_by_segment
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.segments.service_change import service_change
from sbyt_core.strategies import StrategyBook, Workload, kinds_of, workload, written
from sbyt_core.texts import Speech

OF_THE_WHOLE = ("share",)  # columns that would tell a manager the profit of the whole company
WRITING = 0.95  # of the work is writing rows


class Making:
    """One segmentation with its strategies, in one language."""

    def __init__(
        self,
        segmentation: Segmentation,
        strategies: StrategyBook,
        speech: Speech,
        project_name: str,
        author: str,
        made_at: datetime | None,
        currency: str,
        attributes: pd.DataFrame | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        self.segmentation = segmentation
        self.strategies = strategies
        self.speech = speech
        self.project_name = project_name
        self.author = author
        self.made_at = made_at
        self.currency = currency
        self.attributes = attributes
        self.progress = progress
        self._written = 0
        self.load = workload(segmentation, strategies)
        self.names = {name: speech(f"strategy.{name}.name") for name in SEGMENTS}
        self.titles = {name: written(strategies[name], speech).title for name in SEGMENTS}

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row a client with what the sheets show, and its hours a month."""
        frame = self.segmentation.frame
        decided = {one.client_key for one in self.segmentation.overrides}
        words = ReasonWords(self.segmentation, self.speech, currency=self.currency)
        rows = client_rows(
            frame,
            words=self.speech,
            reasons=words.all_reasons(),
            overrides=[words.override(key) if key in decided else "" for key in frame["client_key"].to_numpy(dtype=object)],
            base=self.segmentation.ranking.base,
        )
        hours = {standard.kind: standard.hours_per_month for standard in self.strategies.standards}
        rows["hours"] = pd.Series(kinds_of(frame), index=rows.index, dtype=object).map(hours).astype("float64")
        return with_attributes(rows, self.attributes)

    def whole(
        self,
        *,
        criteria_name: str | None,
        report: ReadReport | None,
        before: Segmentation | None,
        decisions: Sequence[Decision] = (),
        cost: CostToServe | None = None,
        client_facts: ClientFacts | None = None,
    ) -> bytes:
        """The workbook of the whole base.

        cost: of the same clients, for the sheets of net profit; client_facts: for the hours they took and the profit of one.
        """
        segmentation = self.segmentation
        book = self._book(self.project_name)
        summary = segmentation.summary.assign(hours=self.rows.groupby("segment")["hours"].sum())
        spent = None if client_facts is None else client_facts.monthly("hours")
        if spent is not None:
            known = hours_by_segment(segmentation, spent)
            summary = summary.assign(hours_spent=known["hours"], profit_per_hour=known["profit_per_hour"])
        facts = self._facts(criteria_name, report)
        summary_sheet(book, segmentation, summary, names=self.names, strategies=self.titles, project_name=self.project_name, facts=facts)
        self._client_sheets(book, self.rows, SEGMENTS)
        if before is not None:
            moved_sheet(book, moved_clients(before, self.rows), of=len(self.rows))
        strategy_sheet(book, self.strategies, self.load)
        if cost is not None and segmentation.clients.has_net:
            change = service_change(segmentation.clients, segmentation.criteria, overrides=segmentation.overrides)
            cost_sheets(book, change, cost, client_facts, project_name=self.project_name)
        criteria_sheet(book, segmentation, facts)
        check_sheet(book, report, segmentation.problems, decisions)
        curve_sheet(book, segmentation)
        return book.bytes()

    def by_manager(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every manager with the rows of his clients, by name; those without a manager last."""
        for manager, rows in self.rows.groupby("manager", sort=True, dropna=False):
            yield (manager if isinstance(manager, str) else self.speech("report.no_manager")), rows

    def of_manager(self, name: str, rows: pd.DataFrame) -> bytes:
        """The workbook of one manager: rows are his clients."""
        book = self._book(f"{self.project_name} — {name}" if self.project_name else name)
        columns = table_columns(has_profit=self.segmentation.clients.has_profit, has_net=self.segmentation.clients.has_net)
        sheet = book.sheet(self.speech("report.sheet.summary"), (NAME_WIDTH, *(column.width for column in columns), STRATEGY_WIDTH))
        sheet.line(name, "title")
        sheet.line(" · ".join(text for _, text in self._facts(None, None)), "subtitle")
        sheet.down()
        table = ClassTable(sheet, columns)
        summary = _summary_of(rows)
        table.write(summary, names=self.names, strategies=self.titles)
        table.total(self.speech("report.total"), {code: summary[code].sum(min_count=1) for code in summary})
        held = tuple(name for name in SEGMENTS if (rows["segment"] == name).any())
        self._client_sheets(book, rows, held, left_out=OF_THE_WHOLE)
        mine = (
            self.load.frame["manager"].isin(rows["manager"].dropna().unique())
            if rows["manager"].notna().any()
            else self.load.frame["manager"].isna()
        )
        strategy_sheet(book, self.strategies, Workload(self.load.frame[mine], self.load.norms_known))
        return book.bytes()

    def _book(self, title: str) -> Book:
        return Book(self.speech, title=title, author=self.author, made_at=self.made_at, currency=self.currency, progress=self._told)

    def _told(self, rows: int) -> None:
        """More rows stand in the workbook; the last of the bar is left for its packing."""
        self._written += rows
        if self.progress:
            self.progress(min(WRITING * self._written / max(len(self.segmentation.frame), 1), WRITING))

    @cached_property
    def _columns(self):
        return client_columns(self.rows)

    def _client_sheets(self, book: Book, rows: pd.DataFrame, segments: Sequence[str], *, left_out: Sequence[str] = ()) -> None:
        columns = [column for column in self._columns if column.code not in left_out]
        for name in segments:
            title = f"{self.names[name]}. {self.titles[name]}"
            client_sheet(book, name, rows[rows["segment"] == name], columns, title=title)

    def _facts(self, criteria_name: str | None, report: ReadReport | None) -> list[tuple[str, str]]:
        """Label and text of what is known about where the figures come from."""
        speech, period = self.speech, self.segmentation.clients.period
        known = [
            ("period", f"{speech.date(period.start)} – {speech.date(period.end)}" if period else speech("report.no_period")),
            ("criteria", criteria_name),
            ("file", report.name if report else None),
            ("sheet", report.sheet if report else None),
            ("sha256", report.sha256 if report else None),
            ("author", self.author),
            ("made_at", f"{speech.date(self.made_at.date())} {self.made_at:%H:%M}" if self.made_at else None),
        ]
        return [(speech(f"report.fact.{code}"), text) for code, text in known if text]


def _summary_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of the classes of some clients: index SEGMENTS, columns by code; a sum of nothing known is missing."""
    groups = rows.groupby("segment")
    sums = groups[["revenue", "profit", "net_profit", "documents", "hours"]].sum(min_count=1).reindex(list(SEGMENTS)).round(SUM_DIGITS)
    sums.insert(0, "clients", groups.size().reindex(list(SEGMENTS)).fillna(0))
    return sums
