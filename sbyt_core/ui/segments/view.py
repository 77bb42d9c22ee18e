"""The segments page: finding, lights, controls, whale curve, the three segments, the list of clients."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.reports import criteria_sentences
from sbyt_core.reports.segments.summary_sheet import finding, losses_in_words
from sbyt_core.sales.speak import problem_text
from sbyt_core.segments import Segmentation
from sbyt_core.segments.words import fine_share
from sbyt_core.ui import cached, drafts, exports, frame, language, picking, workspace
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.segments import agreement, client_list, controls, evidence, moves, passport, pictures, scenarios, share
from sbyt_core.ui.strategies import segment_cards

GUARD_LIGHTS = {"a_share": "a", "c_share": "c"}
ABOUT_LINES = ("concentration", "frequency_not_informative")  # what was found in the lines and matters for classes


@st.fragment
def workbench(page: Page) -> None:
    """Everything that a slider moves, recomputed in place."""
    drafts.tell_meeting(page)
    share.take_over(page)
    history = drafts.criteria(page)
    try:
        work = workspace.load(page)
        draft = work.segmentation(history.now)
    except SbytError as error:
        frame.fault(error)
        moves.undo_redo(page, history)
        controls.controls(page, history, has_net=False)
        return
    frame.finding(finding_text(page, draft))
    frame.lights(lights(page, draft))
    _warnings(page, draft)
    agreement.strip(page, work, draft)
    left, right = st.columns([1, 2], gap="large")
    with left:
        moves.undo_redo(page, history)
        controls.controls(page, history, has_net=work.clients.has_net)
        moves.moves(page, work, draft, history)
    with right:
        pictures.show(page, work, draft)
        st.caption(in_words(page, draft))
    segment_cards.show(page, draft, hours=work.hours)
    scenarios.bar(page, work, draft)
    shown = client_list.show(page, work, draft)
    with st.container(horizontal=True):
        exports.lists(page, work, shown)
        exports.criteria_sheet_download(page, work, shown)
    agreement.button(page, work, draft)
    evidence.show(page, draft)
    versions = st.expander(page.say("versions.title"), key="versions", on_change="rerun")
    if versions.open:
        with versions:
            agreement.versions(page)
    client = picking.picked()
    if client is not None and client in shown.ranking.place_of:
        passport.drawer(page, shown, client)


def finding_text(page: Page, result: Segmentation) -> str:
    """How many clients bring how much of the value, and how many bring a loss: the same words as in the workbook."""
    if not int(result.summary.loc["A", "clients"]):
        return page.say("finding.no_a", n=result.n, measure=page.say(f"measure.{result.measure}.of"))
    said = finding(result, page.plain, page.currency)
    losses = losses_in_words(result, page.plain, page.currency)
    return language.escape(f"{said}. {losses}" if losses else f"{said}.")


def lights(page: Page, result: Segmentation) -> list[Light]:
    """The guards, the share that A holds, the large clients at a loss."""
    figures = []
    for guard in result.guards:
        code = GUARD_LIGHTS[guard.code]
        limit = page.say(f"light.{code}.limit", limit=page.plain.percent(guard.limit), n=guard.limit_clients)
        if guard.moved:
            limit += " · " + page.say("light.moved", n=guard.moved)
        figures.append(
            Light(
                page.say(f"light.{code}"),
                f"{fine_share(guard.value, page.plain)} ({page.plain.num(guard.clients)})",
                limit,
                guard.holds,
                page.say(f"light.{code}.mend"),
            )
        )
    value = result.summary["value"]
    whole = float(value[["A", "B", "C"]].sum())
    figures.append(
        Light(
            page.say("light.held", measure=page.say(f"measure.{result.measure}.of_it")),
            page.plain.percent(float(value["A"]) / whole) if whole > 0 else page.money(float(value["A"])),
            page.say("light.held.limit"),
            all(problem.code != "no_group_holds_main_profit" for problem in result.problems),
            page.say("light.held.mend"),
        )
    )
    drains = result.tagged("service_drain")
    figures.append(
        Light(
            page.say("light.drains"),
            page.plain.num(drains),
            page.say("light.drains.limit"),
            drains == 0,
            page.say("light.drains.mend"),
        )
    )
    return figures


def in_words(page: Page, result: Segmentation) -> str:
    """The criteria as sentences that the owner can repeat."""
    return language.escape(" ".join(criteria_sentences(result.criteria, page.plain, measure=result.measure)))


def _warnings(page: Page, result: Segmentation) -> None:
    """The period, and what should be known about these classes, in small print."""
    clients = result.clients
    if clients.period is None:
        words = [page.say("period.none")]
    else:
        words = [page.say("period.window", start=clients.period.start, end=clients.period.end, n=clients.months)]
        if clients.last_line and clients.last_line > clients.period.end:
            words.append(page.say("period.partial", last=clients.last_line))
    words.append(page.say("measure_why", measure=page.say(f"measure.{result.measure}"), why=page.say(f"measure_why.{result.measure_why}")))
    of_lines = [problem for problem in cached.report(page.store, page.data).problems if problem.code in ABOUT_LINES]  # type: ignore[arg-type]
    words += [
        language.escape(problem_text(page.plain, problem))
        for problem in [*result.problems, *of_lines]
        if problem.severity == "warning" and problem.code != "partial_period"
    ]
    st.caption(" ".join(words))
