"""The team view: hours asked against hours there are, manager by manager; the team's table; what would make the book fit; room to grow."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from sbyt_core.strategies import Fit, headroom, headroom_of_plan, make_it_fit
from sbyt_core.strategies.words import contacts_in_words
from sbyt_core.ui import charts, drafts, frame, language
from sbyt_core.ui.frame import Light
from sbyt_core.ui.hours import unchanged
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page
from sbyt_core.ui.strategies import team_editor

BEHIND = 8  # clients that are named
BAR = 30  # pixels of a manager in the picture
NEAR = 0.05  # hours


def show(page: Page, desk: Desk) -> None:
    """Finding, lights, picture of the managers, what to do about an overload, the table of the team."""
    frame.finding(finding(page, desk))
    frame.lights(lights(page, desk))
    left, right = st.columns([3, 2], gap="large")
    with left:
        team_editor.show(page, desk)
    with right:
        _picture(page, desk)
    if desk.capacity.over > NEAR:
        overload(page, desk)
    _room(page, desk)


def finding(page: Page, desk: Desk) -> str:
    """Hours asked against hours there are, and who has not enough."""
    now = desk.capacity
    asked, hours = page.plain.num(now.asked), page.plain.num(now.hours)
    if now.over <= NEAR:
        return page.say("team.finding.fits", n=desk.whole.headcount, hours=hours, asked=asked)
    names = ", ".join(now.overloaded[:3]) + (" …" if len(now.overloaded) > 3 else "")
    if now.pooled or not names:
        return page.say("team.finding.over", asked=asked, hours=hours, over=page.plain.num(now.over, 1))
    return page.say("team.finding.over_at", n=len(now.overloaded), over=page.plain.num(now.over, 1), names=names)


def lights(page: Page, desk: Desk) -> list[Light]:
    """Hours asked against hours there are, headcount, payroll."""
    now, team = desk.capacity, desk.whole
    fits = now.over <= NEAR
    asked = f"{page.plain.num(now.asked)} / {page.plain.num(now.hours)}"
    found = [
        Light(
            page.say("team.light.hours"),
            asked,
            (page.say("team.light.fits") if fits else page.say("team.light.over", over=page.plain.num(now.over, 1)))
            + ("" if now.load.norms_known else " · " + page.say("team.light.contacts_only")),
            fits,
            page.say("team.light.hours.mend"),
        ),
        Light(page.say("team.light.people"), page.plain.num(team.headcount), page.say("team.light.nobody")),
        Light(
            page.say("team.light.payroll"),
            page.money(team.payroll),
            page.say("team.light.same_pay") if team.payroll is not None else page.say("team.light.no_pay"),
        ),
    ]
    idle = [one.name for one in team.managers if not now.managers["clients"].get(one.name, 0)]
    lost = int(now.managers["clients"][now.managers.index.isna()].sum())
    if lost:
        found.append(
            Light(
                page.say("team.light.lost"),
                page.plain.num(lost),
                page.say("team.light.lost.limit"),
                False,
                page.say("warning.client_without_manager.hint"),
            )
        )
    elif idle:
        found.append(
            Light(
                page.say("team.light.idle"),
                page.plain.num(len(idle)),
                language.escape(", ".join(idle[:2])),
                False,
                page.say("warning.manager_without_clients.hint"),
            )
        )
    return found


def _picture(page: Page, desk: Desk) -> None:
    table = desk.capacity.managers
    table = table[table.index.notna()].iloc[::-1]
    names = [charts.label(name) for name in table.index]
    figure = go.Figure()
    figure.add_bar(
        y=names, x=table["hours"], orientation="h", name=page.plain("team.hours"), marker={"color": charts.PAST, "opacity": 0.45}
    )
    figure.add_bar(
        y=names,
        x=table["asked"],
        orientation="h",
        name=page.plain("team.asked"),
        width=0.4,
        marker={"color": [charts.WRONG if over > NEAR else charts.COLOURS["A"] for over in table["over"]]},
        text=[page.plain.num(value, 0) for value in table["asked"]],
        textposition="outside",
        cliponaxis=False,
    )
    figure.update_layout(barmode="overlay", showlegend=True)
    figure.update_xaxes(tickformat=",.0f", title=page.plain("team.axis"))
    figure.update_yaxes(ticklabelstandoff=4, automargin=True)
    charts.draw(page, figure, key="team_load", title=finding_of_picture(page, desk), height=140 + BAR * len(table))


def finding_of_picture(page: Page, desk: Desk) -> str:
    """Who is the busiest by the standards."""
    table = desk.capacity.managers
    table = table[table.index.notna() & (table["hours"] > 0)]
    if table.empty:
        return page.plain("team.picture.none")
    share = table["asked"] / table["hours"]
    name = str(share.idxmax())
    return page.plain("team.picture", name=name, share=page.plain.percent(float(share.max())))


def overload(page: Page, desk: Desk) -> None:
    """Who is behind the overload, and the fewest standards that would mend it."""
    now = desk.capacity
    with st.container(border=True):
        behind = now.behind
        if len(behind):
            named = "; ".join(
                page.plain("team.behind.one", client=str(row.client), hours=page.plain.num(row.asked, 1))
                for row in behind.head(BEHIND).itertuples()
            )
            more = page.plain("team.behind.more", n=len(behind) - BEHIND) if len(behind) > BEHIND else ""
            st.markdown(page.say("team.behind", names=named + more))
        fit = make_it_fit(desk.result, desk.book, desk.team, norm_minutes=desk.norms, settings=desk.settings)
        if not fit.changes:
            st.markdown(page.say("team.fit.none"))
            return
        st.markdown(page.say("team.fit.text", n=len(fit.changes), changes=fit_in_words(page, desk, fit)))
        if fit.over > NEAR:
            st.caption(page.say("team.fit.short", over=page.plain.num(fit.over, 1)))
        if st.button(page.say("team.fit"), key="make_it_fit", type="primary", icon=":material/compress:"):
            drafts.change_book(page, lambda _: fit.book)
            st.toast(page.say("team.fit.done"))
            st.rerun()


def fit_in_words(page: Page, desk: Desk, fit: Fit) -> str:
    """Which standards change, from what to what."""
    return "; ".join(
        page.plain(
            "team.fit.one",
            name=page.plain(f"strategy.{change.kind}.name"),
            before=contacts_in_words(desk.book[change.kind], page.plain),
            after=contacts_in_words(fit.book[change.kind], page.plain),
        )
        for change in fit.changes
    )


def _room(page: Page, desk: Desk) -> None:
    """How many more clients the present hours carry: by the standards where orders have their norm, else by the plan."""
    if desk.norms is None and desk.plan is None:
        return
    room = headroom(desk.capacity, desk.book) if desk.plan is None or desk.norms is not None else headroom_of_plan(desk.plan)
    best = {segment: int(room[segment].fillna(0).sum()) for segment in ("A", "B", "C")}
    if not any(best.values()):
        return
    say = "team.room" if desk.norms is not None else "team.room.plan"
    figures = {code.lower(): page.plain.num(count) for code, count in best.items()}
    st.subheader(page.say(say, hours=page.plain.num(float(room["free"].sum())), **figures), anchor=False)
    st.caption(page.say(f"{say}.text"))
    if desk.plan is not None and desk.norms is None:
        unchanged.show(page, desk.plan)
    config = st.column_config
    table = room[room["free"] > NEAR].reset_index(names="manager")
    st.dataframe(
        table.assign(free=table["free"].round(1)),
        hide_index=True,
        key="team_room",
        column_config={
            "manager": config.TextColumn(page.plain("column.manager"), pinned=True, width=240),
            "free": config.NumberColumn(page.plain("team.free"), format="localized"),
            **{code: config.NumberColumn(page.plain("team.more", segment=code), format="localized", step=1) for code in ("A", "B", "C")},
        },
    )
