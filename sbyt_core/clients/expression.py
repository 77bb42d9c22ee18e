"""The client table as one Ibis expression over the sales lines: the only definition of its aggregates.

It gives sums, counts and dates per client; ratios and everything else that needs no lines are made of them in
`measures`. Rules held here: sums of money are rounded to six decimals, so that ties stay ties and 0.1 + 0.2 − 0.3 is no
purchase; a document is an order or shipment: one that only gives back is counted apart; a line without a document
belongs to the document of its client-day; a purchase is a day with net sales above 0; the manager, branch and name of a
client are those of its latest line in the period that names a manager, ties by revenue, then name.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from sbyt_core.clients.window import SEASON_YEARS, Window

LINES = "sales_lines"  # name of the table in every engine
MONEY_DIGITS = 6
SEASON_DOCUMENTS = 4  # a year, to speak of a season
SCHEMA = {
    "date": "date",
    "client_key": "string",
    "client": "string",
    "client_code": "string",
    "aggregate": "boolean",
    "document": "string",
    "item": "string",
    "manager": "string",
    "branch": "string",
    "kind": "string",
    "revenue": "float64",
    "profit": "float64",
    "discount": "float64",
}


def lines_table() -> Any:
    """The sales lines, not bound to an engine."""
    import ibis

    return ibis.table(SCHEMA, name=LINES)


def clients_expression(window: Window | None, small_document: float | None) -> Any:
    """One row a client with a line up to the end of the period, ordered by key; `lines` is missing without one in it.

    window: None for lines without any date. small_document: money under which a document is small, None for half the
    median document of the period (collective clients aside).
    """
    import ibis
    from ibis import _

    known = lines_table().filter(_.client_key.notnull())
    if window is not None:
        known = known.filter(_.date <= ibis.date(window.end))
    inside = known if window is None else known.filter(_.date >= ibis.date(window.start))
    sums = _sums(inside)
    pieces = _pieces(known, window)
    docs = _documents(pieces, window)
    parts = [_history(known, window), sums.drop("named_day"), _latest(inside, sums), _document_counts(docs, window, small_document)]
    if window is not None:
        here = pieces.filter(_.date >= ibis.date(window.start))
        rhythm = _rhythm(here)
        parts += [rhythm, _months(here, rhythm)]
        if window.season_start is not None:
            parts.append(_season(pieces, docs, window))
    joined = reduce(lambda left, right: left.left_join(right, "client_key", rname="{name}_again").drop("client_key_again"), parts)
    return joined.order_by("client_key")


def _history(known: Any, window: Window | None) -> Any:
    import ibis
    from ibis import _

    aggregates = {"is_aggregate": _["aggregate"].any()}
    if window is not None:
        start = ibis.date(window.start)
        aggregates |= {
            "name_before": _.client.max(where=_.date < start),
            "first_ever": _.date.min(where=_.revenue > 0),
            "last_before": _.date.max(where=(_.revenue > 0) & (_.date < start)),
            "revenue_before": _.revenue.sum(where=_.date < start).round(MONEY_DIGITS),
        }
        if window.growth_start is not None:
            earlier = (_.date >= ibis.date(window.before_start)) & (_.date <= ibis.date(window.before_end))
            aggregates |= {
                "half_now": _.revenue.sum(where=_.date >= ibis.date(window.growth_start)).round(MONEY_DIGITS),
                "half_before": _.revenue.sum(where=earlier).round(MONEY_DIGITS),
            }
    return known.group_by("client_key").agg(**aggregates)


def _sums(inside: Any) -> Any:
    import ibis
    from ibis import _

    return inside.group_by("client_key").agg(
        lines=_.count(),
        items=_.item.nunique(),
        revenue=_.revenue.sum().round(MONEY_DIGITS),
        profit=_.profit.sum().round(MONEY_DIGITS),
        discount=_.discount.sum().round(MONEY_DIGITS),
        bought=_.revenue.sum(where=_.revenue > 0).round(MONEY_DIGITS),
        given_back=_.revenue.sum(where=_.revenue < 0).round(MONEY_DIGITS),
        named_day=ibis.coalesce(_.date.max(where=_.manager.notnull()), _.date.max()),
    )


def _latest(inside: Any, sums: Any) -> Any:
    """Name, code, manager and branch from one line of the last day on which a manager is named, or of the last day."""
    import ibis
    from ibis import _

    days = sums.select("client_key", "named_day")
    undated = _.date.isnull() & _.named_day.isnull()
    lines = inside.join(days, "client_key").filter((_.date == _.named_day) | undated)
    order = [_.manager.isnull(), ibis.desc(_.revenue), _.manager, _.branch, _.client, _.client_code]
    place = ibis.row_number().over(group_by="client_key", order_by=order)
    return lines.mutate(place=place).filter(_.place == 0).select("client_key", "client", "client_code", "manager", "branch")


def _pieces(known: Any, window: Window | None) -> Any:
    """Net sales of each document on each day."""
    import ibis
    from ibis import _

    document = _.document
    if window is not None:
        known = known.filter(_.date >= ibis.date(window.recent_start))
        document = ibis.coalesce(_.document, _.date.cast("string"))
    sold = ibis.coalesce(_.kind != "return", True) & ibis.coalesce(_.revenue >= 0, True)
    return (
        known.mutate(document=document, sold=sold)
        .group_by(["client_key", "date", "document"])
        .agg(net=_.revenue.sum().round(MONEY_DIGITS), sold=_.count(where=_.sold), collective=_["aggregate"].any())
    )


def _documents(pieces: Any, window: Window | None) -> Any:
    """Each document: net sales and lines sold in the period, in the last 12 months and in the two years of a season."""
    import ibis
    from ibis import _

    def totals(name: str, where: Any) -> dict[str, Any]:
        return {f"{name}net": _.net.sum(where=where).round(MONEY_DIGITS), f"{name}sold": _.sold.sum(where=where)}

    aggregates = {"collective": _.collective.any()}
    if window is None:
        aggregates |= totals("", None)
    else:
        aggregates |= totals("", _.date >= ibis.date(window.start))
        if not window.is_year:
            aggregates |= totals("year_", _.date >= ibis.date(window.year_start))
        if window.season_start is not None:
            middle = ibis.date(window.season_middle)
            aggregates["now_sold"] = _.sold.sum(where=_.date >= middle)
            aggregates["earlier_sold"] = _.sold.sum(where=(_.date >= ibis.date(window.season_start)) & (_.date < middle))
    return pieces.filter(_.document.notnull()).group_by(["client_key", "document"]).agg(**aggregates)


def _document_counts(docs: Any, window: Window | None, small_document: float | None) -> Any:
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
    if window is not None and not window.is_year:
        aggregates |= {
            "year_revenue": _.year_net.sum().round(MONEY_DIGITS),
            "year_largest": _.year_net.max(where=_.year_sold > 0),
        }
    return docs.group_by("client_key").agg(**aggregates)


def _rhythm(pieces: Any) -> Any:
    from ibis import _

    days = pieces.group_by(["client_key", "date"]).agg(net=_.net.sum().round(MONEY_DIGITS)).filter(_.net > 0)

    gap = _.date.delta(_.date.lag().over(group_by="client_key", order_by="date"), unit="day")
    return (
        days.mutate(gap=gap)
        .group_by("client_key")
        .agg(first_purchase=_.date.min(), last_purchase=_.date.max(), gaps=_.gap.count(), median_gap=_.gap.median())
    )


def _months(pieces: Any, rhythm: Any) -> Any:
    """Net sales of the months from the first purchase on: how many, how many above 0, mean and population variance."""
    from ibis import _

    months = pieces.group_by(["client_key", _.date.truncate("M").name("month")]).agg(net=_.net.sum().round(MONEY_DIGITS))
    firsts = rhythm.select("client_key", first_month=_.first_purchase.truncate("M"))
    return (
        months.join(firsts, "client_key")
        .filter(_.month >= _.first_month)
        .group_by("client_key")
        .agg(
            months_with_lines=_.count(),
            months_seen=_.count(where=_.net > 0),
            month_mean=_.net.mean(),
            month_variance=_.net.var(how="pop"),
        )
    )


def _season(pieces: Any, docs: Any, window: Window) -> Any:
    """Net sales of 24 months, the last first, of clients with enough documents in both years."""
    import ibis
    from ibis import _

    often = (
        docs.group_by("client_key")
        .agg(now=_.count(where=_.now_sold > 0), earlier=_.count(where=_.earlier_sold > 0))
        .filter((_.now >= SEASON_DOCUMENTS) & (_.earlier >= SEASON_DOCUMENTS))
        .select("client_key")
    )
    age = (window.end.year * 12 + window.end.month) - (_.date.year() * 12 + _.date.month())
    months = (
        pieces.filter(_.date >= ibis.date(window.season_start))
        .semi_join(often, "client_key")
        .group_by(["client_key", age.name("age")])
        .agg(net=_.net.sum())
    )
    sums = {f"month_{number}": _.net.sum(where=_.age == number).round(MONEY_DIGITS) for number in range(SEASON_YEARS)}
    return months.group_by("client_key").agg(two_years=_.count(), **sums)
