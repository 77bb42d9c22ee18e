"""The page of practice: how the card is followed, where it is not, and whether the card or a person needs help; beside it the page
for a phone.
"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from sbyt_core.practice.followed import Followed
from sbyt_core.practice.kpi import within
from sbyt_core.practice.people import differences
from sbyt_core.practice.wilson import ENOUGH, Share
from sbyt_core.reports import practice_workbook
from sbyt_core.ui import exports, frame, navigation, picking
from sbyt_core.ui.follow import follow
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data, entry, intake, verdict, work
from sbyt_core.ui.practice import people as practice_people
from sbyt_core.ui.practice import step as practice_step
from sbyt_core.ui.practice.data import Practice

VIEW = "view"  # ?view=entry is the page for a phone
VIEWS = ("picture", "entry")


def show(page: Page) -> None:
    """The view that was asked for."""
    practice = data.load(page)
    if practice.card is None:
        _without_card(page)
        return
    view = _view(page)
    if view == "entry":
        entry.show(page, practice)
    else:
        _picture(page, practice)


def _view(page: Page) -> str:
    """The view that was chosen, kept in the address: a link to the page for a phone may be sent around."""
    asked = st.query_params.get(VIEW)
    follow(VIEW, asked if asked in VIEWS else VIEWS[0])
    view = st.segmented_control(
        page.say("practice.view"),
        VIEWS,
        required=True,
        format_func=lambda code: page.plain(f"practice.view.{code}"),
        key=VIEW,
        on_change=lambda: st.query_params.update({VIEW: st.session_state[VIEW]}),
        label_visibility="collapsed",
    )
    return str(view)


def _without_card(page: Page) -> None:
    with st.container(border=True):
        st.subheader(page.say("practice.no_card"), anchor=False)
        st.markdown(page.say("practice.no_card.text"))
        if any(stage.code == "card" for stage in navigation.STAGES):
            frame.next_step(page.say("next.card"), "card")


def _picture(page: Page, practice: Practice) -> None:
    everything = practice.result
    if everything is None or everything.runs.empty:
        frame.finding(page.say("practice.empty"))
        st.markdown(page.say("practice.empty.text"))
        intake.show(page, practice, first=True)
        return
    result = _chosen(page, everything)
    frame.finding(_finding(page, practice, result))
    if not practice.effective:
        st.caption(page.say("practice.by_draft"))
    elif set(result.lines["version"]) != {practice.number_now}:
        st.caption(page.say("practice.by_versions"))
    frame.lights(_lights(page, result))
    work.show(page, practice, everything, result)
    practice_people.show(page, result)
    verdict.show(page, practice, result)
    intake.show(page, practice, first=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        _download(page, result)
        if any(stage.code == "committee" for stage in navigation.STAGES):
            frame.next_step(page.say("next.committee"), "committee")
    step = picking.picked()
    if step in practice.steps:
        practice_step.drawer(page, practice, result, step)


def _chosen(page: Page, result: Followed) -> Followed:
    """The runs of the days and clients that are looked at."""
    days = work.SPANS.get(st.session_state.get("practice_span", "all"))
    kind = st.session_state.get("practice_kind")
    if kind not in set(result.runs["kind"].dropna()):
        kind = None
    since = None if days is None else (result.runs["moment"].max() - timedelta(days=days - 1)).date()
    return within(result, since=since, kind=kind)


def _finding(page: Page, practice: Practice, result: Followed) -> str:
    share, weakest = result.run_share(), result.weakest()
    if not share.enough or weakest is None:
        return page.say("practice.finding.little", n=len(result.runs), least=ENOUGH)
    step, own = weakest
    return page.say(
        "practice.finding",
        share=page.plain.percent(share.share),
        n=share.n,
        span=practice_people.span_text(page, share.low, share.high),
        step=data.step_text(page, practice, step),
        weakest=page.plain.percent(own.share),
    )


def _lights(page: Page, result: Followed) -> list[Light]:
    figures = [_light(page, name, result.run_share(name)) for name in ("complete", "in_time", "in_order")]
    counts = result.of_runs(("employee",))
    found = differences(counts, "figure")
    people = counts["employee"].nunique()
    if not found.compared:
        words = "practice.light.people.little"
    else:
        words = "practice.light.people.alike" if found.within_chance else "practice.light.people.differ"
    figures.append(Light(page.say("practice.light.people"), page.plain.num(people), page.say(words), mend=page.say("practice.people.help")))
    return figures


def _light(page: Page, name: str, share: Share) -> Light:
    label = page.say(f"practice.light.{name}")
    if not share.enough:
        return Light(
            label,
            page.plain("practice.too_little"),
            page.say("practice.light.little", n=share.n),
            mend=page.say(f"practice.light.{name}.help"),
        )
    limit = page.say("practice.light.of", n=share.n, span=practice_people.span_text(page, share.low, share.high))
    return Light(label, page.plain.percent(share.share), limit, mend=page.say(f"practice.light.{name}.help"))


def _download(page: Page, result: Followed) -> None:
    lang, name, made_at = page.plain.lang, page.project.name, exports.now()  # type: ignore[union-attr]
    bad = next((batch.bad for batch in data.batches(page) if batch.live and batch.source == "file"), ())
    st.download_button(
        page.say("practice.download"),
        data=lambda: practice_workbook(result, lang=lang, project_name=name, bad=bad, made_at=made_at),
        file_name=exports.file_name(page, page.project, "practice", "xlsx"),
        mime=exports.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="download_practice",
    )
