"""A progress bar that is touched a few times a second: at each touch a click elsewhere may end the run, and the work with it."""

from __future__ import annotations

import time
from types import TracebackType

import streamlit as st

BEAT = 0.25  # seconds between two touches


class Bar:
    """The bar of one piece of work; it leaves the page when the work ends, however it ends."""

    def __init__(self, text: str) -> None:
        self._text, self._share, self._touched = text, 0.0, 0.0
        self._bar = st.progress(0.0, text=text)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.empty()

    def told(self, share: float) -> None:
        """More is done: 0 … 1."""
        self._share = min(max(share, self._share), 1.0)
        self.beat()

    def beat(self) -> bool:
        """Touch the bar; False, since the work never has to stop by this answer."""
        if time.monotonic() - self._touched > BEAT:
            self._touched = time.monotonic()
            self._bar.progress(self._share, text=self._text)
        return False
