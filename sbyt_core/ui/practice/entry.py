"""The page for a phone: who, which client, and one tap a step – in time, late, not done. Every tap is kept at once.

A tap on the chosen answer takes it back. Minutes and the reason stand under the step that was answered, and are kept when they
are filled in.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from sbyt_core.cards import Step
from sbyt_core.errors import SbytError
from sbyt_core.practice.log import Observation
from sbyt_core.practice.read_log import MOST_MINUTES
from sbyt_core.ui import exports, frame, language
from sbyt_core.ui.follow import follow
from sbyt_core.ui.number_field import parse_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data
from sbyt_core.ui.practice.data import Practice

ANSWERS = ("in_time", "late", "missed")
ICONS = {"in_time": ":material/check:", "late": ":material/schedule:", "missed": ":material/close:"}
WHO, CLIENT, DOCUMENT = "entry_who", "entry_client", "entry_document"


def show(page: Page, practice: Practice) -> None:
    """The form and the steps of the client's card, as it was when the order began."""
    st.subheader(page.say("entry.title"), anchor=False)
    if not page.store.may(page.project.id, "record"):  # type: ignore[union-attr]
        st.info(page.say("entry.not_allowed"))
        return
    chosen = _whom(page)
    if chosen is None:
        st.caption(page.say("entry.choose"))
        return
    employee, key, client, document = chosen
    kind = practice.kinds.get(key)
    kept = _kept(practice, employee, key, client, document)
    began = min((line["moment"] for line in kept.values()), default=exports.now()).date()
    steps = practice.card_of(began).steps_for(kind)  # type: ignore[union-attr]
    if kind is not None:
        st.caption(page.say("entry.kind", kind=page.plain(f"strategy.{kind}.name"), done=len(kept), n=len(steps)))
    for number, step in enumerate(steps, 1):
        _step(
            page,
            number,
            step,
            kept.get(step.key),
            Observation(exports.now().replace(tzinfo=None, microsecond=0), employee, key, client, step.key, True, document),
        )
    if len(kept) == len(steps):
        st.success(page.say("entry.whole"), icon=":material/done_all:")


def _whom(page: Page) -> tuple[str, str, str, str | None] | None:
    """Employee, client key, client, document; None until the first two are chosen."""
    people = data.people(page)
    known = data.clients(page)
    names = dict(zip(known["client_key"], known["client"], strict=True))
    signed = page.store.person
    employee = st.selectbox(
        page.say("entry.who"),
        people,
        index=people.index(signed) if signed in people else None,
        key=WHO,
        placeholder=page.plain("entry.who.hint"),
        persist_state="session",
    )
    key = st.selectbox(
        page.say("entry.client"),
        list(names),
        index=None,
        format_func=lambda one: names.get(one, one),
        key=CLIENT,
        placeholder=page.plain("entry.client.hint"),
        persist_state="session",
    )
    document = st.text_input(
        page.say("entry.document"), key=DOCUMENT, max_chars=120, help=page.say("entry.document.help"), persist_state="session"
    )
    if not employee or not key:
        return None
    return employee.strip(), key, names.get(key, key), " ".join(document.split()) or None


def _kept(practice: Practice, employee: str, key: str, client: str, document: str | None) -> dict[str, pd.Series]:
    """Lines that this order has already, by step."""
    now = pd.Timestamp(exports.now().replace(tzinfo=None))
    own = practice.log[practice.log["client_key"] == key]
    own = (
        own[own["document"] == document]
        if document
        else own[own["document"].isna() & (own["employee"] == employee) & (own["moment"].dt.normalize() == now.normalize())]
    )
    return {row["step"]: row for _, row in own.iterrows()}


def _step(page: Page, number: int, step: Step, line: pd.Series | None, blank: Observation) -> None:
    batch = data.batch_of(blank)
    key = f"tap_{batch}"
    follow(key, None if line is None else _answer(line))
    st.markdown(f"**{number}.** {language.escape(step.operation)}")
    st.segmented_control(
        page.say("entry.step", number=str(number)),
        ANSWERS,
        format_func=lambda code: f"{ICONS[code]} {page.say(f'entry.answer.{code}')}",
        key=key,
        label_visibility="collapsed",
        width="stretch",
        on_change=_tapped,
        args=(page, key, blank, line),
    )
    if line is None:
        return
    left, right = st.columns([1, 2], wrap=False)
    follow(
        f"minutes_{batch}",
        "" if pd.isna(line["minutes"]) else page.plain.num(line["minutes"], 0 if float(line["minutes"]).is_integer() else 1),
    )
    follow(f"note_{batch}", "" if pd.isna(line["note"]) else line["note"])
    left.text_input(page.say("entry.minutes"), key=f"minutes_{batch}", max_chars=6, on_change=_told, args=(page, batch, blank, line))
    right.text_input(
        page.say("entry.why" if not line["done"] else "entry.note"),
        key=f"note_{batch}",
        max_chars=400,
        on_change=_told,
        args=(page, batch, blank, line),
    )


def _answer(line: pd.Series) -> str:
    if not line["done"]:
        return "missed"
    return "late" if line["in_time"] is False or (line["in_time"] is not pd.NA and not line["in_time"]) else "in_time"


def _tapped(page: Page, key: str, blank: Observation, line: pd.Series | None) -> None:
    """Keep the answer, or take it back where it was tapped away."""
    answer = st.session_state[key]
    if answer is None:
        data.withdraw(page, data.batch_of(blank))
        return
    done = answer != "missed"
    moment = blank.moment if line is None else line["moment"].to_pydatetime()
    _keep(page, blank, moment, done, (answer == "in_time") if done else None, line)


def _told(page: Page, batch: str, blank: Observation, line: pd.Series) -> None:
    """Keep minutes and words beside the answer."""
    in_time = None if pd.isna(line["in_time"]) else bool(line["in_time"])
    _keep(page, blank, line["moment"].to_pydatetime(), bool(line["done"]), in_time, line)


def _keep(page: Page, blank: Observation, moment: datetime, done: bool, in_time: bool | None, line: pd.Series | None) -> None:
    batch = data.batch_of(blank)
    try:
        minutes = parse_number(st.session_state.get(f"minutes_{batch}", ""))
        if minutes is not None and not 0 < minutes <= MOST_MINUTES:
            raise ValueError(minutes)
    except ValueError:
        st.toast(page.say("entry.bad_minutes", most=MOST_MINUTES), icon=":material/error:")
        minutes = None if line is None or pd.isna(line["minutes"]) else float(line["minutes"])
    note = " ".join(str(st.session_state.get(f"note_{batch}", "")).split()) or None
    one = Observation(moment, blank.employee, blank.client_key, blank.client, blank.step, done, blank.document, in_time, minutes, note)
    try:
        data.write_down(page, one)
    except SbytError as error:
        frame.fault(error)
