"""The language of the screen: chosen by the user, kept in the address, first guessed from the browser."""

from __future__ import annotations

import re
from functools import cache

import streamlit as st

from sbyt_core.texts import LANGUAGES, Speech, speech
from sbyt_core.ui.follow import follow

ADDRESS = "lang"  # ?lang=en
_CHOSEN = "_language"
_SWITCH = "language_switch"

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+!|<>~$\-.=^&])")
_DIRECTIVE = re.compile(r":(?=\w)")
_SPACES = re.compile(r"[^\S\u00a0]+")  # all but the space that holds a figure together
_WORD_JOINER = "\u2060"  # invisible; keeps ":name" from being read as an icon or a colour


def escape(text: str) -> str:
    """Text from a file or a person as Markdown that shows it letter by letter."""
    flat = _SPACES.sub(" ", text).strip()
    return _DIRECTIVE.sub(":" + _WORD_JOINER, _PUNCTUATION.sub(r"\\\1", flat))


class ScreenSpeech(Speech):
    """Words for Markdown places: whatever is filled into a text stands as plain text in it."""

    def _shown(self, value: object) -> str:
        return escape(value) if isinstance(value, str) else super()._shown(value)


@cache
def screen_speech(lang: str) -> ScreenSpeech:
    """Words of a language for Markdown places."""
    return ScreenSpeech(lang)


def code() -> str:
    """Code of the language in use: chosen in this session, else in the address, else the browser's."""
    for wanted in (st.session_state.get(_CHOSEN), st.query_params.get(ADDRESS)):
        if wanted in LANGUAGES:
            return wanted
    return "ru" if (st.context.locale or "ru").lower().startswith(("ru", "be", "kk", "uk")) else "en"


def current() -> ScreenSpeech:
    """Words of the language in use, safe for Markdown."""
    return screen_speech(code())


def plain() -> Speech:
    """Words of the language in use for places that show text as it is: tables, options, file names."""
    return speech(code())


def switch() -> None:
    """The control that changes the language; the language in use stands in the address, so that a reload keeps it."""
    st.session_state[_CHOSEN] = code()
    st.query_params[ADDRESS] = code()
    follow(_SWITCH, code())
    st.segmented_control(current()("head.language"), LANGUAGES, key=_SWITCH, required=True, label_visibility="collapsed", on_change=_choose)


def _choose() -> None:
    st.session_state[_CHOSEN] = st.session_state[_SWITCH]
