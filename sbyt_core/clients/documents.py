"""Documents in the expression of the client table: net sales by document and day, counts of orders, seasons.

A document is an order or shipment: it has a line that sells. One that only gives back is counted apart. A line without a
document belongs to the document of its client-day. Small is a document under half the median one of the period
(collective clients aside), or under a sum of the user.
"""

from __future__ import annotations

from typing import Any

from sbyt_core.clients.schema import MONEY_DIGITS, Shape
from sbyt_core.clients.window import SEASON_YEARS, YEAR

SEASON_DOCUMENTS = 4  # a year, to speak of a season


def document_days(recent: Any, shape: Shape) -> Any:
    """Net sales of each document on each day, with the marks of the day."""
    import ibis
    from ibis import _

    document = ibis.coalesce(_.document, _.date.cast("string")) if shape.dated else _.document
    sold = ibis.coalesce(_.kind != "return", True) & ibis.coalesce(_.revenue >= 0, True)
    marks = {"here": _.here.any()}
    if shape.year:
        marks["in_year"] = _.in_year.any()
    if shape.season:
        marks["age"] = _.age.max()
    return (
        recent.mutate(document=document, sold=sold)
        .group_by(["client_key", "date", "document"])
        .agg(net=_.revenue.sum().round(MONEY_DIGITS), sold=_.count(where=_.sold), collective=_["aggregate"].any(), **marks)
    )


def documents(pieces: Any, shape: Shape) -> Any:
    """Each document: net sales and lines sold in the period, in the last 12 months and in the two years of a season."""
    from ibis import _

    aggregates = {
        "collective": _.collective.any(),
        "net": _.net.sum(where=_.here).round(MONEY_DIGITS),
        "sold": _.sold.sum(where=_.here),
    }
    if shape.year:
        aggregates |= {"year_net": _.net.sum(where=_.in_year).round(MONEY_DIGITS), "year_sold": _.sold.sum(where=_.in_year)}
    if shape.season:
        aggregates["now_sold"] = _.sold.sum(where=_.age < YEAR)
        aggregates["earlier_sold"] = _.sold.sum(where=(_.age >= YEAR) & (_.age < SEASON_YEARS))
    return pieces.filter(_.document.notnull()).group_by(["client_key", "document"]).agg(**aggregates)


def document_counts(docs: Any, shape: Shape, small_document: float | None) -> Any:
    """By client: orders and documents that only give back, small ones, the largest."""
    from ibis import _

    small = _.net < small_document
    if small_document is None:
        half = docs.filter((_.sold > 0) & ~_.collective).agg(half=_.net.median() / 2)
        docs = docs.cross_join(half)
        small = _.net < _.half
    aggregates = {
        "documents": _.count(where=_.sold > 0),
        "return_documents": _.count(where=_.sold == 0),
        "small_documents": _.count(where=(_.sold > 0) & small),
        "largest_document": _.net.max(where=_.sold > 0),
    }
    if shape.year:
        aggregates |= {
            "year_revenue": _.year_net.sum().round(MONEY_DIGITS),
            "year_largest": _.year_net.max(where=_.year_sold > 0),
        }
    return docs.group_by("client_key").agg(**aggregates)


def season_months(pieces: Any, docs: Any) -> Any:
    """Net sales of 24 months, the last first, of clients with enough documents in both years."""
    from ibis import _

    often = (
        docs.group_by("client_key")
        .agg(now=_.count(where=_.now_sold > 0), earlier=_.count(where=_.earlier_sold > 0))
        .filter((_.now >= SEASON_DOCUMENTS) & (_.earlier >= SEASON_DOCUMENTS))
        .select("client_key")
    )
    months = pieces.filter(_.age < SEASON_YEARS).semi_join(often, "client_key").group_by(["client_key", "age"]).agg(net=_.net.sum())
    sums = {f"month_{number}": _.net.sum(where=_.age == number).round(MONEY_DIGITS) for number in range(SEASON_YEARS)}
    return months.group_by("client_key").agg(two_years=_.count(), **sums)
