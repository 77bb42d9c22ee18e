"""The segments page at the speed of a hand: what a move of a slider costs the server, and how long the hand waits for the figures.

    python -m bench.screen [--clients 100000] [--lines 100000] [--presses 30]

The first part runs the page as Streamlit runs it, without a browser, on a company of so many clients: CPU of what a move runs again
(the fragment of the workbench), the whale curve in view, less that of a fragment with nothing but the slider; and how much leaves the
server. The second starts
the workbench and a real Chromium, on a company of so many lines: from the press of a key until the sentence with the new figures stands
on the page. The key goes to and fro, so that every press changes the figures.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from bench.lines import lines_file
from bench.measure import ROOT, verdict
from sbyt_core.sales.model import LINE_COLUMNS, ReadReport, SalesData
from sbyt_core.sales.period import Period
from sbyt_core.store import Store

LIMIT_RERUN_MS, LIMIT_KEY_MS = 25.0, 350.0
LIMIT_POINTS, LIMIT_ROWS = 2_000, 1_000  # of a chart and of a table: more need not leave the server
DAYS = ("2024-02-10", "2024-11-20", "2025-04-05", "2025-12-29")  # every client buys on these
ROUNDS = 12
CUTS = [(60 + move, 90) for move in range(ROUNDS)]


def many_clients(count: int) -> SalesData:
    """Lines of so many clients: log-normal profit, one in fourteen at a loss."""
    random = np.random.default_rng(20251130)
    who = np.tile(np.arange(count), len(DAYS))
    revenue = np.round(random.lognormal(8, 1.4, len(who)), 2)
    lines = pd.DataFrame({name: pd.Series([None] * len(who), dtype="object") for name in LINE_COLUMNS})
    lines["date"] = np.repeat(np.array(DAYS, dtype="datetime64[us]"), count)
    lines["client_key"] = np.array([f"ооо торговый дом {i:07d}" for i in range(count)], dtype=object)[who]
    lines["client"] = np.array([f"ООО «Торговый дом {i:07d}»" for i in range(count)], dtype=object)[who]
    lines["manager"] = np.array([f"Менеджер {i % 40:02d}" for i in range(count)], dtype=object)[who]
    lines["branch"] = np.array([f"Филиал {i % 6}" for i in range(count)], dtype=object)[who]
    lines["document"] = [f"УТ-{number:08d}" for number in range(len(who))]
    lines["aggregate"], lines["kind"], lines["sheet"] = False, "sale", "Лист1"
    lines["revenue"] = revenue
    lines["profit"] = np.round(revenue * random.uniform(0.05, 0.4, len(who)) * np.where(who % 14, 1, -1), 2)
    lines["row"] = np.arange(len(who)) + 2
    return _sales(lines.astype(LINE_COLUMNS))


def _sales(lines: pd.DataFrame) -> SalesData:
    report = ReadReport("made.xlsx", "", "xlsx", "Лист1", 1, {}, (), len(lines), {}, None)
    days = lines["date"]
    return SalesData(lines, f"made {len(lines)}", report, Period(days.min().date(), days.max().date()))


def furnish(home: Path, sales: SalesData) -> None:
    """A home with one company that has these sales."""
    store = Store(home=home)
    store.add_dataset(store.create_project("Замер").id, sales, b"made")
    store.close()


class Watch:
    """CPU seconds of every run of a fragment."""

    def __init__(self, body: Callable[..., None]) -> None:
        self.body, self.costs = body, list[float]()

    def __call__(self, *given: object) -> None:
        """Run it."""
        began = time.thread_time()
        self.body(*given)
        self.costs.append(time.thread_time() - began)


def empty_body() -> None:
    """A page with nothing but the slider."""
    import streamlit as st

    st.slider("A", 30, 99, (70, 90), key="cuts")


def on_the_server(count: int) -> None:
    """A rerun of the workbench after a move of the slider, less an empty one."""
    from streamlit.testing.v1 import AppTest

    from sbyt_core.ui.segments import view as segments

    with tempfile.TemporaryDirectory() as home:
        furnish(Path(home), many_clients(count))
        os.environ |= {"SBYT_HOME": home, "SBYT_DATABASE_URL": ""}
        segments.workbench = ours = Watch(segments.workbench.__wrapped__)
        segments.empty = bare = Watch(empty_body)
        empty = AppTest.from_string("from sbyt_core.ui.segments import view\nview.empty()", default_timeout=600).run()
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
        page.query_params["lang"] = "ru"
        page.run()
        page.switch_page("pages/2_segments.py").run()
        assert not page.exception, page.exception
        for cuts in CUTS:
            empty.slider(key="cuts").set_value(cuts).run()
            page.slider(key="criteria_cuts").set_value(cuts).run()
        least, nothing = (1e3 * min(watch.costs) for watch in (ours, bare))
        print(f"move of a slider, {count:,} clients: CPU {least:.1f} ms; of an empty page {nothing:.1f} ms")
        verdict("above the empty page", least - nothing, LIMIT_RERUN_MS, unit="ms")
        traces = [trace for chart in page.get("plotly_chart") for trace in json.loads(chart.proto.spec)["data"]]
        verdict("points of the chart", sum(len(_numbers(trace["x"])) for trace in traces if "customdata" in trace), LIMIT_POINTS, unit="")
        verdict("rows of the list", max(len(table.value) for table in page.dataframe), LIMIT_ROWS, unit="")


def _numbers(column: object) -> np.ndarray:
    """Values of a column of a chart, which plotly packs as bytes."""
    packed = column if isinstance(column, dict) else None
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"]) if packed else np.asarray(column)


def in_the_browser(rows: int, presses: int) -> None:
    """From the press of a key to the new figures."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS, READY, Server

    with tempfile.TemporaryDirectory() as home:
        file = lines_file(rows, Path(tempfile.gettempdir()))
        furnish(Path(home), _sales(pq.read_table(file).to_pandas().astype(LINE_COLUMNS)))
        server = Server(Path(home))
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                page = browser.new_page(locale="ru-RU", viewport={"width": 1440, "height": 1000})
                page.goto(server.url + "/segments")
                page.wait_for_selector(".js-plotly-plot", timeout=120_000)
                page.wait_for_selector(READY, timeout=60_000)
                page.wait_for_timeout(1_000)
                page.locator('.st-key-criteria_cuts input[type="range"]').first.focus()
                waits = [_press(page, number) for number in range(presses)]
                browser.close()
        finally:
            server.stop()
    print(f"key press to new figures, {rows:,} lines, {presses} presses: {min(waits):.0f} … {max(waits):.0f} ms")
    verdict("median", statistics.median(waits), LIMIT_KEY_MS, unit="ms")


# the clock of the browser itself: from the key to the change of the heading
_WATCH = """() => { const heading = document.querySelector('h3'); const before = heading.innerText;
window.__waited = new Promise(done => { document.addEventListener('keydown', () => { const start = performance.now();
const look = () => { const now = document.querySelector('h3'); if (now && now.innerText !== before) done(performance.now() - start);
else requestAnimationFrame(look); }; look(); }, {once: true, capture: true}); }); }"""


def _press(page, number: int) -> float:  # type: ignore[no-untyped-def]
    page.evaluate(_WATCH)
    page.keyboard.press("ArrowLeft" if number // 6 % 2 == 0 else "ArrowRight")
    waited = page.evaluate("() => Promise.race([window.__waited, new Promise(done => setTimeout(() => done(-1), 20000))])")
    if waited < 0:
        raise RuntimeError("the figures did not change")
    page.wait_for_timeout(400)
    return float(waited)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clients", type=int, default=100_000)
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--presses", type=int, default=30)
    asked = options.parse_args()
    on_the_server(asked.clients)
    in_the_browser(asked.lines, asked.presses)


if __name__ == "__main__":
    main()
