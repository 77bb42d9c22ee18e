"""The form of rates: six in sight, the cost of a minute and the rarer ones folded; what does not fit is said and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sbyt_core.clients.rates import EVENTS, MINUTES_PER_HOUR, PRACTICAL_SHARE, Minute, Rate, Rates, rates_to_json
from sbyt_core.errors import SbytError
from sbyt_core.store.documents import RATES
from sbyt_core.strategies.calendar import MONTHS, working_year
from sbyt_core.ui import exports, frame, kept_versions, service
from sbyt_core.ui.cost.rate_field import parse_rate, rate_field, write_rate
from sbyt_core.ui.hours import data as hours_data
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page

IN_SIGHT = ("document", "delivery", "return", "request", "hour")
RARER = ("line",)


def show(page: Page, rates: Rates) -> None:
    """The form, filled with the rates that are kept."""
    with st.form("rates_form", border=False):
        st.caption(page.say("cost.rates.how", sign=page.plain.money(1, page.currency).strip("1\u00a0")))
        typed = {event: rate_field(page, event, rates.of(event)) for event in IN_SIGHT}
        overdue = number_field(
            page,
            page.say("cost.rate.overdue"),
            None if rates.overdue is None else 100 * rates.overdue,
            key="rate_overdue",
            help=page.say("cost.rate.overdue.help"),
        )
        with st.expander(page.say("cost.minute.title"), expanded=rates.minute is not None):
            minute = _minute_fields(page, rates)
        with st.expander(page.say("cost.rates.more"), expanded=rates.line is not None or rates.discount):
            typed |= {event: rate_field(page, event, rates.of(event)) for event in RARER}
            discount = st.checkbox(
                page.say("cost.rate.discount"), rates.discount, key="rate_discount", help=page.say("cost.rate.discount.help")
            )
        sent = st.form_submit_button(
            page.say("cost.rates.count"), type="secondary" if rates.drivers else "primary", icon=":material/calculate:"
        )
    if sent:
        _take(page, rates, typed, overdue, minute, discount)
    _from_team(page, rates)
    with st.container(horizontal=True):
        kept_versions.show(page, RATES, service.read_rates, lambda now, before: _difference(page, now, before), after=_forget_typed)
        _download(page, rates)


def _download(page: Page, rates: Rates) -> None:
    if rates.drivers:
        st.download_button(
            page.say("cost.rates.download"), rates_to_json(rates), "rates.json", "application/json", on_click="ignore", key="rates_json"
        )


def _minute_fields(page: Page, rates: Rates) -> dict[str, str]:
    known = rates.minute if isinstance(rates.minute, Minute) else None
    st.caption(page.say("cost.minute.text"))
    values = {
        "team_cost": known.team_cost if known else None,
        "paid_hours": known.paid_minutes / MINUTES_PER_HOUR if known else None,
        "practical_share": 100 * (known.practical_share if known else PRACTICAL_SHARE),
    }
    typed = {
        name: number_field(page, page.say(f"cost.minute.{name}"), value, key=f"minute_{name}", help=page.say(f"cost.minute.{name}.help"))
        for name, value in values.items()
    }
    if rates.minute_rate is not None:
        st.caption(page.say("cost.minute.rate", money=page.plain.money(rates.minute_rate, page.currency, 2)))
    return typed


def _from_team(page: Page, rates: Rates) -> None:
    """Where the team's cost is known and that of a minute is not: take it over."""
    team = hours_data.team(page)
    if rates.minute is not None or team.cost_per_month is None:
        return
    people = sum(manager.part_time for manager in team.managers)
    hours = round(working_year(exports.now().year).hours / MONTHS * people)

    def take() -> None:
        service.change_rates(page, lambda now: replace(now, minute=Minute(team.cost_per_month or 0.0, hours * MINUTES_PER_HOUR)))
        _forget_typed()

    st.button(
        page.say("cost.minute.from_team", money=page.money(team.cost_per_month), hours=page.plain.num(hours)),
        help=page.say("cost.minute.from_team.help"),
        icon=":material/group:",
        key="minute_from_team",
        on_click=take,
    )


def _forget_typed() -> None:
    """Let the fields show what is kept."""
    for key in [key for key in st.session_state if str(key).startswith(("rate_", "minute_"))]:
        del st.session_state[key]


def _difference(page: Page, now: Rates, before: Rates) -> str:
    """Which rates of a version differ from those before it, each as it stands in its field."""
    found = [
        f"{page.plain(f'cost.rate.{event}').lower()} {write_rate(page, now.of(event)) or page.plain.num(None)}"
        for event in EVENTS
        if now.of(event) != before.of(event)
    ]
    if now.overdue != before.overdue:
        found.append(f"{page.plain('driver.overdue').lower()} {page.plain.percent(now.overdue, 1)}")
    if now.minute_rate != before.minute_rate:
        found.append(f"{page.plain('report.service.minute').lower()} {page.plain.money(now.minute_rate, page.currency, 2)}")
    if now.discount != before.discount:
        found.append(page.plain("cost.rate.discount").lower())
    return "; ".join(found)


def _take(page: Page, before: Rates, typed: dict[str, str], overdue: str, minute: dict[str, str], discount: bool) -> None:
    made: dict[str, Rate | None] = {}
    for event in EVENTS:
        try:
            made[event] = parse_rate(typed[event], card=event == "document")
        except SbytError:
            st.error(page.say("cost.rate.wild", name=page.plain(f"cost.rate.{event}")))
            return
        except ValueError:
            st.error(page.say("cost.rate.unread", name=page.plain(f"cost.rate.{event}"), text=typed[event]))
            return
    made["return_"] = made.pop("return")
    try:
        share = parse_number(overdue)
        found = Rates(
            minute=_minute(before, minute),
            **made,  # type: ignore[arg-type]
            overdue=None if share is None else share / 100,
            discount=discount,
        )
        service.change_rates(page, lambda _: found)
    except SbytError as fault:
        if fault.code == "no_minute_rate":
            st.error(page.say("cost.minute.missing", name=page.plain(f"cost.rate.{fault.params['rate']}")))
        elif fault.code == "rate_out_of_range":
            st.error(page.say("cost.rate.wild", name=_name(page, str(fault.params["rate"]))))
        else:
            frame.fault(fault)
        return
    except ValueError:
        st.error(page.say("field.not_a_number"))
        return
    st.toast(page.say("cost.rates.kept"))
    _forget_typed()
    st.rerun()


def _minute(before: Rates, typed: dict[str, str]) -> Minute | float | None:
    """The cost of a minute as typed; a rate given as it is stands while the fields are empty. Raises ValueError, BadInput."""
    cost, hours, share = (parse_number(typed[name]) for name in ("team_cost", "paid_hours", "practical_share"))
    if cost is None and hours is None:
        return before.minute if isinstance(before.minute, float) else None
    if cost is None or hours is None:
        raise ValueError("half of the cost of a minute")
    return Minute(cost, hours * MINUTES_PER_HOUR, PRACTICAL_SHARE if share is None else share / 100)


def _name(page: Page, rate: str) -> str:
    names = {
        "paid_minutes": "cost.minute.paid_hours",
        "team_cost": "cost.minute.team_cost",
        "practical_share": "cost.minute.practical_share",
    }
    return page.plain(names.get(rate, f"cost.rate.{rate}"))
