"""The client table as one Ibis expression over the marked sales lines: the only definition of its aggregates.

It gives sums, counts and dates per client; ratios and everything else that needs no lines are made of them in
`measures`. Rules held here: sums of money are rounded to six decimals, so that ties stay ties and 0.1 + 0.2 − 0.3 is no
purchase; a purchase is a day with net sales above 0; the manager, branch and name of a client are those of its latest
line in the period that names a manager, ties by revenue, then name. Documents and seasons: see `documents`.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from sbyt_core.clients.documents import document_counts, document_days, documents, season_months
from sbyt_core.clients.schema import MONEY_DIGITS, Shape


def clients_expression(marked: Any, shape: Shape, small_document: float | None) -> Any:
    """One row a client with a line in the period, ordered by key.

    marked: the lines with their marks. small_document: money under which a document is small, None for half the median
    document of the period (collective clients aside).
    """
    from ibis import _

    known = marked.filter(_.client_key.notnull() & _.until_end)
    inside = marked.filter(_.client_key.notnull() & _.here)
    sums = _sums(inside)
    pieces = document_days(marked.filter(_.client_key.notnull() & _.recent), shape)
    docs = documents(pieces, shape)
    parts = [sums.drop("named_day"), _history(known, shape), _latest(inside, sums), document_counts(docs, shape, small_document)]
    if shape.dated:
        here = pieces.filter(_.here)
        rhythm = _rhythm(here)
        parts += [rhythm, _months(here, rhythm)]
    if shape.season:
        parts.append(season_months(pieces, docs))
    joined = reduce(lambda left, right: left.left_join(right, "client_key", rname="{name}_again").drop("client_key_again"), parts)
    return joined.order_by("client_key")


def lost_expression(marked: Any) -> Any:
    """Clients with a purchase before the period and no line in it, ordered by key; collective ones left out."""
    from ibis import _

    known = marked.filter(_.client_key.notnull() & _.until_end)
    gone = (
        known.group_by("client_key")
        .agg(
            inside=_.count(where=_.here),
            last_line=_.date.max(),
            last_purchase=_.date.max(where=_.revenue > 0),
            revenue=_.revenue.sum().round(MONEY_DIGITS),
            collective=_["aggregate"].any(),
        )
        .filter((_.inside == 0) & _.last_purchase.notnull() & ~_.collective)
    )
    last_lines = known.select("client_key", "date", "client").join(gone, ["client_key", ("date", "last_line")])
    return (
        last_lines.group_by("client_key")
        .agg(client=_.client.max(), last_purchase=_.last_purchase.max(), revenue=_.revenue.max())
        .order_by("client_key")
    )


def _history(known: Any, shape: Shape) -> Any:
    """What looks further back than the period: the first purchase of all, and two half-years."""
    from ibis import _

    aggregates = {"is_aggregate": _["aggregate"].any()}
    if shape.dated:
        aggregates["first_ever"] = _.date.min(where=_.revenue > 0)
    if shape.growth:
        for half in ("half_now", "half_before"):
            aggregates[half] = _.revenue.sum(where=_[half]).round(MONEY_DIGITS)
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
