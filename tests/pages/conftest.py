"""Pages run as Streamlit runs them, through app.py, on a store of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sbyt_core.ui import page as ui_page

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home; the store that the last test opened is closed."""
    monkeypatch.setenv("SBYT_HOME", str(tmp_path))
    monkeypatch.delenv("SBYT_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    yield tmp_path
    ui_page._store().close()
    st.cache_resource.clear()


@pytest.fixture
def app(home: Path) -> Callable[..., AppTest]:
    """A function that opens the app in a language, on a page."""

    def open_app(lang: str = "ru", page: str | None = None, **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        at.query_params["lang"] = lang
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page:
            at.switch_page(page).run()
        return at

    return open_app
