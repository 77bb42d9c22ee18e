"""The workbook of the segments: what a consultant hands to the owner, and one a manager for the head of sales.

Sheets: summary with the whale curve, one sheet a class, strategies, criteria, data check, points of the curve. The money of
the sheets adds up to the summary, and the summary to the client table, to six decimals. A workbook of one manager holds his
own clients alone: their classes, money and lists, and the strategies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pandas as pd

from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.reports.kit.clean import file_name
from sbyt_core.reports.kit.zipped import zipped
from sbyt_core.reports.segments.making import Making
from sbyt_core.sales.identity.decisions import Decision
from sbyt_core.sales.model import ReadReport
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.strategies import StrategyBook
from sbyt_core.texts import speech


def segments_workbook(
    segmentation: Segmentation,
    strategies: StrategyBook | None = None,
    *,
    lang: str = "ru",
    project_name: str = "",
    author: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
    criteria_name: str | None = None,
    report: ReadReport | None = None,
    before: Segmentation | None = None,
    attributes: pd.DataFrame | None = None,
    decisions: Sequence[Decision] = (),
    cost: CostToServe | None = None,
    client_facts: ClientFacts | None = None,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The workbook of a segmentation as bytes of an xlsx file.

    strategies: the default book when none is given; made_at: printed as it stands, in the user's time; currency: ISO code;
    criteria_name: of the agreed version; report: how the file was read, for the sheet of the data check;
    before: an earlier segmentation, for a sheet of the clients that stood elsewhere in it; attributes: client_key and the columns of the
    file to show beside a client; decisions: all that was decided on who is one client, oldest first, for the sheet of the data check;
    cost: to serve the clients of the segmentation, for the sheets of net profit; client_facts: for the profit of an hour, and the rows
    that found no client; progress: called with the share done; an exception in it stops.
    """
    making = Making(
        segmentation, strategies or StrategyBook.default(), speech(lang), project_name, author, made_at, currency, attributes, progress
    )
    return making.whole(
        criteria_name=criteria_name, report=report, before=before, decisions=decisions, cost=cost, client_facts=client_facts
    )


def manager_zip(
    segmentation: Segmentation,
    strategies: StrategyBook | None = None,
    *,
    lang: str = "ru",
    project_name: str = "",
    author: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
    attributes: pd.DataFrame | None = None,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """One workbook a manager, in one zip; clients without a manager have their own. Options as of `segments_workbook`."""
    making = Making(
        segmentation, strategies or StrategyBook.default(), speech(lang), project_name, author, made_at, currency, attributes, progress
    )
    return zipped(_by_manager(making), made_at)


def _by_manager(making: Making) -> Iterator[tuple[str, bytes]]:
    taken: set[str] = set()
    for name, rows in making.by_manager():
        inside = file_name(name, taken)
        taken.add(inside)
        yield f"{inside}.xlsx", making.of_manager(name, rows)
