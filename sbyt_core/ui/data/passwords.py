"""Passwords of encrypted files: asked for where one is needed, held for this session by the file's hash, never kept."""

from __future__ import annotations

import hashlib

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui.page import Page

NEEDED = ("password_protected", "wrong_password")
_HELD = "_passwords"  # SHA-256 of a file → its password


def of(content: bytes) -> str | None:
    """The password that was given for a file in this session."""
    return st.session_state.get(_HELD, {}).get(_sha(content))


def ask(page: Page, content: bytes, error: SbytError) -> None:
    """A field for the password, where a fault says that one is missing or wrong."""
    if error.code in NEEDED:
        key = f"password_{_sha(content)[:16]}"
        st.text_input(page.say("upload.password"), type="password", key=key, on_change=lambda: _hold(_sha(content), key))


def _hold(sha256: str, key: str) -> None:
    st.session_state.setdefault(_HELD, {})[sha256] = st.session_state[key]


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
