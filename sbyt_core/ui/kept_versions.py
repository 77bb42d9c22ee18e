"""Earlier versions of what is edited in place – the strategy book, the rates: who changed what and when, and one click back.

Taking a version back is a change like any other: it is appended, and can be taken back itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.store import LOCAL
from sbyt_core.ui import drafts, exports, language
from sbyt_core.ui.page import Page

T = TypeVar("T")
SHOWN = 15  # versions offered, newest first


def show(
    page: Page, kind: str, read: Callable[[object], T], what: Callable[[T, T], str], *, after: Callable[[], None] = lambda: None
) -> None:
    """A popover with the versions of a document kind; nothing where it was never changed.

    read: as of `drafts.load`; what: the difference of a version to the one before it, in words; after: done when one was taken back.
    """
    history = page.store.history(page.project.id, kind, limit=SHOWN + 1)  # type: ignore[union-attr]
    if not history:
        return
    with st.popover(page.say(f"kept.{kind}"), icon=":material/history:"):
        for place, one in enumerate(history[:SHOWN]):
            before = history[place + 1].value if place + 1 < len(history) else None
            try:
                draft, earlier = read(one.value), read(before)
            except SbytError:  # written by a newer program
                continue
            at = one.at.astimezone(exports.now().tzinfo)  # type: ignore[union-attr]
            author = page.plain("files.here") if one.author == LOCAL else str(one.author)
            changed = what(draft, earlier) or page.plain("kept.nothing")
            time = f"{page.plain.date(at.date())} {at:%H:%M}"
            st.markdown(f"**{language.escape(time)}** · {language.escape(author)}  \n{language.escape(changed)}")
            if place == 0:
                st.caption(page.say("kept.now"))
            else:
                st.button(page.say("kept.take"), key=f"kept_{kind}_{one.version}", on_click=_take, args=(page, kind, read, draft, after))


def _take(page: Page, kind: str, read: Callable[[object], T], draft: T, after: Callable[[], None]) -> None:
    drafts.save(page, kind, read, lambda _: draft)
    after()
