"""The client table as Ibis expressions over the marked sales lines: the only definition of its aggregates.

Four questions, each with one row a client, asked one after another so that only one holds memory: who the client is,
what it bought in the period, on which days, in which documents (`documents`). They give sums, counts and dates; ratios and
everything else that needs no lines are made of them in `measures`. Rules held here: sums of money are rounded to six
decimals, so that ties stay ties and 0.1 + 0.2 − 0.3 is no purchase; a purchase is a day with net sales above 0; the manager,
branch and name of a client are those of its latest line in the period that names a manager, ties by revenue, then name; of a
client without a line in it, those of its last line.
"""

from __future__ import annotations

from typing import Any

from sbyt_core.clients.schema import MONEY_DIGITS, Shape

NAMES = ("client", "client_code", "manager", "branch")


def who_expression(marked: Any, shape: Shape) -> Any:
    """Every client with a line until the period's end, ordered by key: names, first and last purchase, two half-years."""
    from ibis import _

    known = marked.filter(_.client_key.notnull() & _.until_end)
    history = _history(known, shape)
    names = _latest(marked, history)
    return history.drop("named_day").left_join(names, "client_key", rname="{name}_again").drop("client_key_again").order_by("client_key")


def sums_expression(marked: Any) -> Any:
    """Lines, items and money of every client with a line in the period."""
    from ibis import _

    inside = marked.filter(_.client_key.notnull() & _.here)
    return inside.group_by("client_key").agg(
        lines=_.count(),
        items=_.item.nunique(),
        revenue=_.revenue.sum().round(MONEY_DIGITS),
        profit=_.profit.sum().round(MONEY_DIGITS),
        discount=_.discount.sum().round(MONEY_DIGITS),
        bought=_.revenue.sum(where=_.revenue > 0).round(MONEY_DIGITS),
        given_back=_.revenue.sum(where=_.revenue < 0).round(MONEY_DIGITS),
    )


def days_expression(marked: Any) -> Any:
    """Purchase days, the gaps between them, and the months from the first one on, of clients with a purchase in the period."""
    from ibis import _

    inside = marked.select("client_key", "date", "revenue", "here").filter(_.client_key.notnull() & _.here)
    days = inside.group_by(["client_key", "date"]).agg(net=_.revenue.sum().round(MONEY_DIGITS))
    rhythm = _rhythm(days)
    return rhythm.left_join(_months(days, rhythm), "client_key", rname="{name}_again").drop("client_key_again")


def _history(known: Any, shape: Shape) -> Any:
    """What looks further back than the period, and the day of the line that names the client."""
    import ibis
    from ibis import _

    aggregates = {
        "is_aggregate": _["aggregate"].any(),
        "revenue_ever": _.revenue.sum().round(MONEY_DIGITS),
        "named_day": ibis.coalesce(_.date.max(where=_.here & _.manager.notnull()), _.date.max()),
    }
    if shape.dated:
        aggregates["first_ever"] = _.date.min(where=_.revenue > 0)
        aggregates["last_ever"] = _.date.max(where=_.revenue > 0)
    if shape.growth:
        for half in ("half_now", "half_before"):
            aggregates[half] = _.revenue.sum(where=_[half]).round(MONEY_DIGITS)
    return known.group_by("client_key").agg(**aggregates)


def _latest(marked: Any, history: Any) -> Any:
    """Name, code, manager and branch from one line of the last day on which a manager is named, or of the last day."""
    import ibis
    from ibis import _

    named = marked.select("client_key", "date", "until_end", "revenue", *NAMES).filter(_.client_key.notnull() & _.until_end)
    undated = _.date.isnull() & _.named_day.isnull()
    lines = named.join(history.select("client_key", "named_day"), "client_key").filter((_.date == _.named_day) | undated)
    alike = lines.group_by(["client_key", *NAMES]).agg(revenue=_.revenue.max())  # most documents name a client once: fewer to order
    order = [_.manager.isnull(), ibis.desc(_.revenue), _.manager, _.branch, _.client, _.client_code]
    place = ibis.row_number().over(group_by="client_key", order_by=order)
    return alike.mutate(place=place).filter(_.place == 0).select("client_key", *NAMES)


def _rhythm(days: Any) -> Any:
    from ibis import _

    bought = days.filter(_.net > 0)
    gap = _.date.delta(_.date.lag().over(group_by="client_key", order_by="date"), unit="day")
    return (
        bought.mutate(gap=gap)
        .group_by("client_key")
        .agg(first_purchase=_.date.min(), last_purchase=_.date.max(), gaps=_.gap.count(), median_gap=_.gap.median())
    )


def _months(days: Any, rhythm: Any) -> Any:
    """Net sales of the months from the first purchase on: how many, how many above 0, mean and population variance."""
    from ibis import _

    months = days.group_by(["client_key", _.date.truncate("M").name("month")]).agg(net=_.net.sum().round(MONEY_DIGITS))
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
