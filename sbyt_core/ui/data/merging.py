"""Who is one client: likely pairs side by side, clients joined by their code, collective clients, holdings, and the decisions that stand,
each to be taken back."""

from __future__ import annotations

import streamlit as st

from sbyt_core.sales.identity.decision_words import decision_author, decision_subject, decision_text
from sbyt_core.sales.identity.decisions import APART, COLLECTIVE, NO, OPEN, PAIRS, SAME, SPLIT, YES, Decision, standing
from sbyt_core.sales.identity.pairs import Figures
from sbyt_core.sales.identity.spellings import Joined, Spelling
from sbyt_core.ui import cached, language
from sbyt_core.ui.data import holdings
from sbyt_core.ui.page import Page

AT_ONCE = 5  # pairs in sight; the next one comes when one is decided
MOST_COLLECTIVE = 10  # collective clients listed, the largest
MOST_NAMES = 12  # names of one client listed, those with most lines


def show(page: Page) -> None:
    """All of it, in the order of use."""
    may = page.store.may(page.project.id, "edit")  # type: ignore[union-attr]
    _pairs(page, may)
    _by_code(page, may)
    _collective(page, may)
    holdings.show(page, may)
    _standing(page, may)


def _pairs(page: Page, may: bool) -> None:
    pairs = cached.pairs(page.store, page.data)  # type: ignore[arg-type]
    st.markdown(f"**{page.say('pairs.title')}**")
    if not pairs:
        st.caption(page.say("pairs.none"))
        return
    st.caption(page.say("pairs.hint", n=len(pairs)))
    for first, second, likeness in pairs[:AT_ONCE]:
        with st.container(border=True):
            left, right, buttons = st.columns([4, 4, 3], vertical_alignment="center")
            _client(page, left, first)
            _client(page, right, second)
            with buttons:
                key = f"{first.key}_{second.key}"
                st.caption(page.say("pairs.likeness", percent=page.plain.num(likeness)))
                with st.container(horizontal=True):
                    st.button(
                        page.say("pairs.same"), on_click=_decide, args=(page, SAME, first, second), disabled=not may, key=f"same_{key}"
                    )
                    st.button(
                        page.say("pairs.apart"), on_click=_decide, args=(page, APART, first, second), disabled=not may, key=f"apart_{key}"
                    )
    if len(pairs) > AT_ONCE:
        st.caption(page.say("pairs.more", n=len(pairs) - AT_ONCE))


def _client(page: Page, place: st.delta_generator.DeltaGenerator, one: Figures) -> None:
    said = [page.say("words.lines", n=one.lines)]
    if one.documents is not None:
        said.append(page.say("pairs.documents", n=one.documents))
    if one.last is not None:
        said.append(page.say("pairs.last", day=one.last))
    money = "" if one.revenue is None else f"  \n{page.say('figures.revenue', money=page.money(one.revenue))}"
    place.markdown(f"**{language.escape(one.name)}**{money}")
    place.caption(" · ".join(said))
    own = [text for text in (one.code, ", ".join(one.managers)) if text]
    if own:
        place.caption(language.escape(" · ".join(own)))


def _decide(page: Page, act: str, first: Figures, second: Figures) -> None:
    page.store.decide(page.project.id, act, [first.key, second.key], names=[first.name, second.name])  # type: ignore[union-attr]


def _by_code(page: Page, may: bool) -> None:
    """Clients whose names an equal ИНН or code made one: each with its names, to be taken apart."""
    found = {one.key: one for one in cached.joined(page.store, page.data)}  # type: ignore[arg-type]
    if not found:
        return
    st.markdown(f"**{page.say('joined.title')}**")
    st.caption(page.say("joined.hint", n=len(found)))
    chosen = st.selectbox(
        page.say("joined.which"),
        list(found),
        format_func=lambda key: f"{found[key].spellings[0].name} · {found[key].code}" if key in found else "",
        key=f"joined_{len(found)}",  # of another number of clients: chosen anew
        label_visibility="collapsed",
    )
    one = found[chosen]
    with st.container(border=True):
        for spelling in one.spellings[:MOST_NAMES]:
            st.markdown(_spelling(page, spelling))
        if len(one.spellings) > MOST_NAMES:
            st.caption(page.say("joined.more", n=len(one.spellings) - MOST_NAMES))
        st.button(page.say("joined.split"), on_click=_take_apart, args=(page, one), disabled=not may, key="split")


def _spelling(page: Page, one: Spelling) -> str:
    said = [page.say("words.lines", n=one.lines)]
    if one.revenue is not None:
        said.append(page.say("figures.revenue", money=page.money(one.revenue)))
    return f"**{language.escape(one.name)}**  \n:small[{' · '.join(said)}]"


def _take_apart(page: Page, one: Joined) -> None:
    names = [spelling.name for spelling in one.spellings[:MOST_NAMES]]
    page.store.decide(page.project.id, SPLIT, [one.key], names=names, value=YES)  # type: ignore[union-attr]


def _collective(page: Page, may: bool) -> None:
    """«Розничный покупатель» and the like: with their money, to be called one ordinary client."""
    sales = cached.sales(page.store, page.data)  # type: ignore[arg-type]
    lines = sales.lines[sales.lines["aggregate"]]
    if lines.empty:
        return
    st.markdown(f"**{page.say('collective.title')}**")
    sums = lines.groupby("client_key").agg(name=("client", "first"), revenue=("revenue", "sum")).sort_values("revenue", ascending=False)
    for key, row in sums.head(MOST_COLLECTIVE).iterrows():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(page.say("collective.of", name=str(row["name"]), money=page.money(float(row["revenue"]))), width="stretch")
            st.button(
                page.say("collective.ordinary"),
                on_click=_mark,
                args=(page, str(key), str(row["name"]), NO),
                disabled=not may,
                key=f"ordinary_{key}",
            )


def _mark(page: Page, key: str, name: str, value: str | None) -> None:
    page.store.decide(page.project.id, COLLECTIVE, [key], names=[name], value=value)  # type: ignore[union-attr]


def _standing(page: Page, may: bool) -> None:
    """What was decided and holds, newest first; each can be taken back."""
    held = standing(page.store.decisions(page.project.id))[::-1]  # type: ignore[union-attr]
    if not held:
        return
    with st.expander(page.say("identity.standing", n=len(held)), key="identity_standing"):
        for place, decision in enumerate(held):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_words(page, decision), width="stretch")
                st.button(page.say("identity.back"), on_click=_take_back, args=(page, decision), disabled=not may, key=f"take_back_{place}")


def _words(page: Page, decision: Decision) -> str:
    text, subject = language.escape(decision_text(page.plain, decision)), language.escape(decision_subject(decision))
    signed = " · ".join(part for part in (decision_author(decision), page.plain.date(decision.at.date())) if part)
    return f"{text}{f': **{subject}**' if subject else ''}  \n:small[{language.escape(signed)}]"


def _take_back(page: Page, decision: Decision) -> None:
    act = OPEN if decision.act in PAIRS else decision.act
    page.store.decide(page.project.id, act, decision.keys, names=decision.names)  # type: ignore[union-attr]
