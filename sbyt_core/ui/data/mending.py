"""What only its user can say of a file that could not be read: the password, or the column of the clients or of the money.

What was said is held for this session by the file's hash; with the file read, the column is kept as its mapping.
"""

from __future__ import annotations

import hashlib

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui.data import passwords
from sbyt_core.ui.page import Page

COLUMN = {"no_client_column": "client", "no_amount_column": "revenue"}  # fault → the role whose column was not found
_HELD = "_mended"  # SHA-256 of a file → role → header


def mapping_of(content: bytes) -> dict[str, str]:
    """The columns that were named for a file in this session."""
    return dict(st.session_state.get(_HELD, {}).get(_sha(content), {}))


def ask(page: Page, content: bytes, error: SbytError) -> None:
    """A field for the password, or for the column that was not found; nothing for other faults."""
    passwords.ask(page, content, error)
    role = COLUMN.get(error.code)
    if role is None:
        return
    key = f"column_{role}_{_sha(content)[:16]}"
    st.selectbox(
        page.say(f"mending.{role}"),
        [str(header) for header in error.params["headers"]],  # type: ignore[attr-defined]
        index=None,
        placeholder=page.plain("mending.choose"),
        key=key,
        on_change=_hold,
        args=(_sha(content), role, key),
    )


def _hold(sha256: str, role: str, key: str) -> None:
    if st.session_state[key]:
        st.session_state.setdefault(_HELD, {}).setdefault(sha256, {})[role] = st.session_state[key]


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
