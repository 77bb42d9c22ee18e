"""A real server on a free port with an empty home, and a real Chromium that may reach nothing but that server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, sync_playwright

from sbyt_core.sales.read import read_sales_bytes
from sbyt_core.store import Store

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (p := shutil.which(name))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
START_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass
class Server:
    """The workbench as its user starts it; `restart` keeps home and port."""

    home: Path
    port: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port), "--server.address", "127.0.0.1"],
                cwd=ROOT,
                env={**os.environ, "SBYT_HOME": str(self.home), "SBYT_DATABASE_URL": ""},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.url + "/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((self.home / "server.log").read_text(errors="replace"))

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
        while True:  # the port is free once nobody answers
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def furnished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample company in it."""
    home = tmp_path_factory.mktemp("furnished")
    content = (ROOT / "sample_data" / "sales.xlsx").read_bytes()
    sales = read_sales_bytes(content, name="sales.xlsx")
    store = Store(home=home)
    project = store.create_project("Пример: дистрибьютор")
    store.add_dataset(project.id, sales, content, shape=sales.report.shape)
    store.close()
    return home


@pytest.fixture
def furnished(tmp_path: Path, furnished_home: Path) -> Iterator[Server]:
    """A cold server on a home of its own, with the sample company in it."""
    shutil.copytree(furnished_home, tmp_path / "home")
    cold = Server(tmp_path / "home")
    cold.start()
    yield cold
    cold.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A cold server with nothing kept."""
    cold = Server(tmp_path)
    cold.start()
    yield cold
    cold.stop()


@dataclass
class Screen:
    """One browser window on a server; remembers what it asked of anybody else."""

    page: Page
    server: Server
    outside: list[str] = field(default_factory=list)

    def open(self, address: str = "/") -> Screen:
        self.page.goto(self.server.url + address)
        return self.settled()

    def settled(self) -> Screen:
        """Wait until the script has run and the page stands still."""
        quiet = 0
        while quiet < 3:  # sliders send their value a moment after the last key
            self.page.wait_for_selector(READY, timeout=60_000)
            self.page.wait_for_timeout(150)
            quiet = quiet + 1 if self.page.locator(READY).count() else 0
        return self

    def click(self, name: str, *, exact: bool = False) -> Screen:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        return self.settled()

    def text(self) -> str:
        return self.page.locator('[data-testid="stMain"]').inner_text()

    def see(self, text: str) -> Locator:
        found = self.page.get_by_text(text).first
        found.wait_for(timeout=30_000)
        return found


def window(
    chromium: Browser, server: Server, *, locale: str = "ru-RU", width: int = 1440, height: int = 1000, scheme: str = "light"
) -> tuple[Screen, BrowserContext]:
    context = chromium.new_context(
        locale=locale, viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True, timezone_id="Europe/Moscow"
    )
    screen = Screen(context.new_page(), server)

    def note(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:", server.url.replace("http", "ws"))):
            screen.outside.append(request.url)

    screen.page.on("request", note)
    return screen, context


@pytest.fixture
def screen(chromium: Browser, server: Server) -> Iterator[Screen]:
    """A Russian browser, 1440 wide, light, on a cold server; nothing outside may have been asked for."""
    yield from _watched(chromium, server)


@pytest.fixture
def sample(chromium: Browser, furnished: Server) -> Iterator[Screen]:
    """The same on the segments of the sample company."""
    for opened in _watched(chromium, furnished):
        yield opened.open("/segments")


def _watched(chromium: Browser, server: Server) -> Iterator[Screen]:
    opened, context = window(chromium, server)
    yield opened
    assert opened.outside == []
    context.close()
