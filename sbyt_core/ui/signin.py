"""Who is at the screen: the signed-in person where sign-in is set up, else the local user."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from sbyt_core.store import LOCAL
from sbyt_core.ui import language


def is_set_up() -> bool:
    """Whether the server asks its users to sign in ([auth] in .streamlit/secrets.toml)."""
    try:
        return "auth" in st.secrets
    except (StreamlitSecretNotFoundError, FileNotFoundError):
        return False


def person() -> str:
    """Name under which things are kept; where sign-in is set up and nobody is signed in, the run ends with the way in."""
    if not is_set_up():
        return LOCAL
    if not st.user.get("is_logged_in"):
        say = language.current()
        st.subheader(say("signin.title"), anchor=False)
        st.button(say("signin.action"), type="primary", on_click=st.login)
        st.stop()
    return str(st.user.get("email") or st.user.get("sub"))
