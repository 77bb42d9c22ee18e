"""What documents tell of each client: counts of orders and of documents that only give back, the largest, seasons.

A document is an order or shipment: it has a line that sells. One that only gives back is counted apart. A line without a
document belongs to the document of its client-day. Small is a document under half the median one of the period
(collective clients aside), or under a sum of the user.
"""

from __future__ import annotations

from typing import Any

from sbyt_core.clients.schema import MONEY_DIGITS, Shape
from sbyt_core.clients.window import SEASON_YEARS, YEAR

SEASON_DOCUMENTS = 4  # a year, to speak of a season


def documents_expression(marked: Any, shape: Shape, small_document: float | None) -> Any:
    """One row a client with a document in the look-backs of the period.

    small_document: money under which a document is small, None for half the median document of the period.
    """
    from ibis import _

    lines = marked.filter(_.client_key.notnull() & _.recent)
    docs = _documents(lines, shape)
    counts = _counts(docs, shape, small_document)
    if not shape.season:
        return counts
    return counts.left_join(_season_months(lines, docs), "client_key", rname="{name}_again").drop("client_key_again")


def _documents(lines: Any, shape: Shape) -> Any:
    """Each document: net sales and lines sold in the period, in the last 12 months and in the two years of a season."""
    import ibis
    from ibis import _

    document = ibis.coalesce(_.document, _.date.cast("string")) if shape.dated else _.document
    sells = ibis.coalesce(_.kind != "return", True) & ibis.coalesce(_.revenue >= 0, True)
    aggregates = {
        "collective": _["aggregate"].any(),
        "net": _.revenue.sum(where=_.here).round(MONEY_DIGITS),
        "sold": _.count(where=_.sells & _.here),
        "lines": _.count(where=_.here),
    }
    if shape.year:
        aggregates |= {"year_net": _.revenue.sum(where=_.in_year).round(MONEY_DIGITS), "year_sold": _.count(where=_.sells & _.in_year)}
    if shape.season:
        aggregates["now_sold"] = _.count(where=_.sells & (_.age < YEAR))
        aggregates["earlier_sold"] = _.count(where=_.sells & (_.age >= YEAR) & (_.age < SEASON_YEARS))
    return lines.mutate(document=document, sells=sells).filter(_.document.notnull()).group_by(["client_key", "document"]).agg(**aggregates)


def _counts(docs: Any, shape: Shape, small_document: float | None) -> Any:
    from ibis import _

    small = _.net < small_document
    if small_document is None:
        half = docs.filter((_.sold > 0) & ~_.collective).agg(half=_.net.median() / 2)
        docs = docs.cross_join(half)
        small = _.net < _.half
    aggregates = {
        "documents": _.count(where=_.sold > 0),
        "return_documents": _.count(where=(_.lines > 0) & (_.sold == 0)),
        "small_documents": _.count(where=(_.sold > 0) & small),
        "largest_document": _.net.max(where=_.sold > 0),
    }
    if shape.year:
        aggregates |= {
            "year_revenue": _.year_net.sum().round(MONEY_DIGITS),
            "year_largest": _.year_net.max(where=_.year_sold > 0),
        }
    return docs.group_by("client_key").agg(**aggregates)


def _season_months(lines: Any, docs: Any) -> Any:
    """Net sales of 24 months, the last first, of clients with enough documents in both years."""
    from ibis import _

    often = (
        docs.group_by("client_key")
        .agg(now=_.count(where=_.now_sold > 0), earlier=_.count(where=_.earlier_sold > 0))
        .filter((_.now >= SEASON_DOCUMENTS) & (_.earlier >= SEASON_DOCUMENTS))
        .select("client_key")
    )
    aged = lines.select("client_key", "age", "revenue").filter(_.age < SEASON_YEARS)
    months = aged.semi_join(often, "client_key").group_by(["client_key", "age"]).agg(net=_.revenue.sum())
    sums = {f"month_{number}": _.net.sum(where=_.age == number).round(MONEY_DIGITS) for number in range(SEASON_YEARS)}
    return months.group_by("client_key").agg(two_years=_.count(), **sums)
