"""How good the criteria are: what the data itself says, how firm the classes are, who moved since last year, another opinion.

Each is asked for by a button, works under a progress bar and is kept until the criteria change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.clients import client_table, monthly_sales
from sbyt_core.errors import SbytError
from sbyt_core.segments import Segmentation, segment
from sbyt_core.segments.clusters import Clusters, second_opinion
from sbyt_core.segments.discovery import Discovery, discover
from sbyt_core.segments.stability import Migration, Stability, migration, stability, year_before
from sbyt_core.segments.words import condition_in_words, sentence_in_words
from sbyt_core.ui import cached, charts, frame, language
from sbyt_core.ui.page import Page
from sbyt_core.ui.progress import Bar

T = TypeVar("T")
_KEPT = "_evidence"
QUESTIONS = ("discovery", "firmness", "migration", "clusters")
MOST_NAMES = 300  # clients in a list on screen
NEAR, PARTLY = 0.65, 0.25  # agreements of two groupings (adjusted Rand), 1 the same, 0 as by chance


def show(page: Page, result: Segmentation) -> None:
    """The four questions; the one that was chosen is answered."""
    st.subheader(page.say("evidence.title"), anchor=False)
    chosen = st.segmented_control(
        page.say("evidence.which"),
        QUESTIONS,
        format_func=lambda code: page.plain(f"evidence.{code}"),
        key="evidence",
        label_visibility="collapsed",
        persist_state="session",
    )
    if chosen is None:
        st.caption(page.say("evidence.text"))
        return
    st.caption(page.say(f"evidence.{chosen}.text"))
    try:
        {"discovery": _discovery, "firmness": _firmness, "migration": _migration, "clusters": _clusters}[chosen](page, result)
    except SbytError as error:
        frame.fault(error)


def on_the_border(result: Segmentation) -> frozenset[str]:
    """Clients whose class is on the border, once the firmness of these criteria was worked out; else none."""
    found: Stability | None = st.session_state.get(_KEPT, {}).get(_key("firmness", result))
    return frozenset() if found is None else frozenset(found.frame.loc[found.frame["border"], "client_key"])


def _key(name: str, result: Segmentation) -> tuple:
    return name, result.clients.fingerprint, result.clients.period, result.criteria, result.measure, result.ranking.base


def _kept(page: Page, name: str, result: Segmentation, make: Callable[[Callable[[float], None]], T]) -> T | None:
    """What the button made for these criteria and data; None until it is pressed."""
    kept, key = st.session_state.setdefault(_KEPT, {}), _key(name, result)
    if key not in kept:
        if not st.button(page.say("evidence.run"), type="primary", key=f"run_{name}"):
            return None
        with Bar(page.say("evidence.working")) as bar:
            kept[key] = make(bar.told)
        st.rerun()  # without the button, and with the marks in the list
    return kept[key]


def _discovery(page: Page, result: Segmentation) -> None:
    asked = st.segmented_control(page.say("evidence.discovery.class"), ("A", "B", "C"), default="A", required=True, key="discovery_class")
    found: Discovery | None = _kept(page, f"discovery_{asked}", result, lambda _: discover(result, asked))
    if found is None:
        return
    rate = page.plain.percent(found.hit_rate)
    if not found.found:
        st.markdown(f"**{page.say('evidence.discovery.nothing', segment=asked, rate=rate)}**")
    else:
        st.markdown(f"**{page.say('evidence.discovery.found', segment=asked, rate=rate)}**")
        st.markdown("\n".join(f"- {language.escape(sentence_in_words(one, asked, page.plain, page.currency))}" for one in found.sentences))
    if found.one_trait:
        st.markdown(page.say("evidence.discovery.simple"))
        st.dataframe(
            [
                {"rule": condition_in_words(condition, page.plain, page.currency), "rate": page.plain.percent(hits)}
                for condition, hits in found.one_trait
            ],
            hide_index=True,
            key="one_trait",
            column_config={"rule": page.plain("evidence.discovery.rule"), "rate": page.plain("evidence.discovery.rate")},
        )


def _firmness(page: Page, result: Segmentation) -> None:
    sales = cached.sales(page.store, page.data)  # type: ignore[arg-type]
    found: Stability | None = _kept(page, "firmness", result, lambda told: stability(result, monthly_sales(sales), progress=told))
    if found is None:
        return
    table = found.frame
    in_a = table[table["segment"] == "A"]
    st.markdown(f"**{page.say('evidence.firmness.title', n=int(in_a['firm'].sum()), all=len(in_a), border=int(table['border'].sum()))}**")
    st.caption(page.say("evidence.firmness.note", noise=page.plain.percent(found.noise), draws=found.draws))
    names = result.frame.set_index("client_key")
    border = table[table["border"]].sort_values("p_a", ascending=False).head(MOST_NAMES)
    _table(
        page,
        "border",
        {
            "client": names["client"].reindex(border["client_key"]).tolist(),
            "segment": border["segment"].tolist(),
            "p_a": [page.plain.percent(p) for p in border["p_a"]],
            "value": [page.money(v) for v in names["value"].reindex(border["client_key"])],
        },
        {
            "client": page.plain("column.client"),
            "segment": page.plain("column.segment"),
            "p_a": page.plain("evidence.firmness.p"),
            "value": page.plain.capital(page.plain(f"measure.{result.measure}")),
        },
    )


def _migration(page: Page, result: Segmentation) -> None:
    found: Migration | None = _kept(page, "migration", result, lambda _: _year_ago(page, result))
    if found is None:
        return
    low, high = (page.plain.percent(share) for share in found.usual)
    st.markdown(f"**{page.say('evidence.migration.title', share=page.plain.percent(found.moved_share), low=low, high=high)}**")
    st.caption(page.say("evidence.migration.note"))
    names = [name for name in found.table.index if found.table.loc[name].any() or found.table[name].any()]
    words = [page.plain(f"migration.{name}") for name in names]
    figure = go.Figure(
        go.Heatmap(
            z=found.table.loc[names, names].to_numpy(),
            x=words,
            y=words,
            text=[[page.plain.num(int(n)) for n in row] for row in found.table.loc[names, names].to_numpy()],
            texttemplate="%{text}",
            colorscale=[[0, "rgba(59,120,181,0.05)"], [1, "rgba(59,120,181,0.9)"]],
            showscale=False,
            hoverinfo="skip",
        )
    )
    figure.update_yaxes(autorange="reversed", title=page.plain("migration.before"))
    figure.update_xaxes(title=page.plain("migration.after"))
    charts.draw(page, figure, key="migration", title=page.plain("evidence.migration.chart"), height=340)


def _year_ago(page: Page, result: Segmentation) -> Migration:
    """Today's criteria on the same months a year earlier, against today. Raises BadInput where the file does not reach back."""
    if result.clients.period is None:
        raise SbytError("too_few_months", months=0, least=24)
    before = client_table(cached.sales(page.store, page.data), year_before(result.clients.period))  # type: ignore[arg-type]
    return migration(segment(before, result.criteria), segment(result.clients, result.criteria))


def _likeness(agreement: float) -> str:
    """How an agreement between two groupings is called: 0 as by chance, 1 the same."""
    return "near" if agreement >= NEAR else "partly" if agreement >= PARTLY else "apart"


def _clusters(page: Page, result: Segmentation) -> None:
    found: Clusters | None = _kept(page, "clusters", result, lambda told: second_opinion(result, progress=told))
    if found is None:
        return
    apart = found.disagreements
    how = page.plain(f"evidence.clusters.{_likeness(found.agreement)}", agreement=page.plain.num(found.agreement, 2))
    st.markdown(f"**{page.say('evidence.clusters.title', n=found.groups, how=how, apart=len(apart))}**")
    st.caption(page.say("evidence.clusters.note"))
    table = found.table.rename(columns=lambda group: page.plain("evidence.clusters.group", number=str(group)))
    st.dataframe(table.reset_index(names=page.plain("column.segment")), hide_index=True, key="clusters_table")
    names = result.frame.set_index("client_key")["client"]
    shown = apart.sort_values("value", ascending=False).head(MOST_NAMES)
    _table(
        page,
        "apart",
        {
            "client": names.reindex(shown["client_key"]).tolist(),
            "segment": shown["segment"].tolist(),
            "expected": shown["expected"].tolist(),
            "value": [page.money(v) for v in shown["value"]],
        },
        {
            "client": page.plain("column.client"),
            "segment": page.plain("evidence.clusters.ours"),
            "expected": page.plain("evidence.clusters.theirs"),
            "value": page.plain.capital(page.plain(f"measure.{result.measure}")),
        },
    )


def _table(page: Page, key: str, columns: dict[str, list], labels: dict[str, str]) -> None:
    st.dataframe(pd.DataFrame(columns), hide_index=True, key=key, column_config=labels, height=320)
