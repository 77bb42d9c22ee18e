"""What is asked on the results page: the measure, the prices, and hours, people and pay before and now."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import BadInput, SbytError
from sbyt_core.results.kpis import RESOURCES_KPIS, Beside
from sbyt_core.results.sources.price_file import prices_of
from sbyt_core.results.sources.prices import Prices
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.ui import frame
from sbyt_core.ui.follow import follow
from sbyt_core.ui.number_field import number_field, parse_number, write_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import draft
from sbyt_core.ui.results.data import Results

PERCENT = 100


def show(page: Page, found: Results) -> None:
    """The switch of the measure and the two popovers."""
    if len(found.measures) > 1:
        follow("results_measure", found.draft.measure)
        st.segmented_control(
            page.say("results.measure"),
            found.measures,
            required=True,
            format_func=lambda code: page.plain.capital(page.plain(f"measure.{code}")),
            key="results_measure",
            on_change=lambda: draft.change(page, measure=st.session_state["results_measure"]),
        )
    if found.draft.measure == "net":
        st.caption(page.say("owner.net"))
    with st.popover(page.say("results.prices.constant" if found.draft.prices else "results.prices"), icon=":material/percent:"):
        _prices(page, found)
    with st.popover(page.say("results.resources"), icon=":material/groups:"):
        _resources(page, found)


def _prices(page: Page, found: Results) -> None:
    st.markdown(page.say("results.prices.text"))
    prices = found.draft.prices
    with st.form("results_prices_form", border=False):
        rate = None if prices is None or prices.rate is None else PERCENT * prices.rate
        typed = number_field(page, page.say("results.prices.rate"), rate, key=f"results_rate_{write_number(page, rate)}")
        if st.form_submit_button(page.say("results.prices.take"), type="primary"):
            _take_rate(page, typed)
    file = st.file_uploader(
        page.say("results.prices.file"), type=["xlsx", "csv"], key="results_prices_file", help=page.say("results.prices.file.help")
    )
    if file is not None and st.button(page.say("results.prices.file.take"), key="results_prices_take"):
        try:
            draft.change(page, prices=prices_of(reading_service().read_table(file.getvalue())))
            st.rerun()
        except SbytError as fault:
            frame.fault(fault)
    if prices is not None and st.button(page.say("results.prices.nominal"), key="results_nominal"):
        draft.change(page, prices=None)
        st.rerun()


def _take_rate(page: Page, typed: str) -> None:
    try:
        rate = parse_number(typed)
        draft.change(page, prices=None if rate is None else Prices(rate=rate / PERCENT))
    except SbytError as fault:
        frame.fault(fault)
        return
    except ValueError:
        st.error(page.say("field.not_a_number"))
        return
    st.rerun()


def _resources(page: Page, found: Results) -> None:
    st.markdown(page.say("results.resources.text"))
    sides = {"before": found.draft.before, "now": found.draft.now}
    with st.form("results_resources_form", border=False):
        typed: dict[str, dict[str, str]] = {name: {} for name in sides}
        for code in RESOURCES_KPIS:
            columns = st.columns(2)
            for column, (name, side) in zip(columns, sides.items(), strict=True):
                with column:
                    value = getattr(side, code)
                    heading = page.say(f"results.resources.{code}.{name}")
                    typed[name][code] = number_field(page, heading, value, key=f"results_{code}_{name}_{write_number(page, value)}")
        if st.form_submit_button(page.say("results.resources.keep"), type="primary"):
            _keep(page, typed)


def _keep(page: Page, typed: dict[str, dict[str, str]]) -> None:
    try:
        sides = {
            name: Beside(**{code: parse_number(text) for code, text in texts.items()})  # type: ignore[arg-type]
            for name, texts in typed.items()
        }
        for side in sides.values():
            _check(side)
    except SbytError as fault:
        frame.fault(fault)
        return
    except ValueError:
        st.error(page.say("field.not_a_number"))
        return
    draft.change(page, **sides)
    st.rerun()


def _check(side: Beside) -> None:
    for code in RESOURCES_KPIS:
        figure = getattr(side, code)
        if figure is not None and not 0 <= figure <= draft.LARGEST:
            raise BadInput("out_of_range", name=code, value=figure, low=0, high=draft.LARGEST)
