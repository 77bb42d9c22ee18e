"""Running a page: what a user can mend is said as a fault, a fault of the program is logged and said in plain words."""

from __future__ import annotations

import logging

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui import frame, language, navigation

log = logging.getLogger(__name__)


def run() -> None:
    """Declare the pages and run the one that was asked for."""
    page = navigation.declare()
    try:
        page.run()
    except SbytError as error:
        frame.fault(error)
    except Exception:
        log.exception("page %s", page.url_path)
        say = language.current()
        st.error(f"{say('error.internal')}\n\n{say('error.internal.hint')}", icon=":material/error:")
