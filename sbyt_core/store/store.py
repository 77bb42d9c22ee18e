"""The store: everything about every company that must outlive a page, a browser and a crash.

A store is opened once a process and shared; `seen_by` gives the same store as a signed-in person sees it. Without a URL
it is a SQLite file in a folder of the user (`SBYT_HOME`, else the system's place for data); `SBYT_DATABASE_URL` puts the
tables on Postgres. Files always lie in the folder.
"""

from __future__ import annotations

import copy
import os
from pathlib import Path

import platformdirs

from sbyt_core.errors import SbytError
from sbyt_core.store.access import LOCAL, signed_in
from sbyt_core.store.base import Clock, utc_now
from sbyt_core.store.cards import Cards
from sbyt_core.store.client_facts import ClientFactFiles
from sbyt_core.store.database import open_engine, sqlite_url
from sbyt_core.store.files import Files
from sbyt_core.store.identity import Identity
from sbyt_core.store.migrate import migrate
from sbyt_core.store.parts import Parts
from sbyt_core.store.projects import Projects
from sbyt_core.store.situations import Situations
from sbyt_core.store.transfer import Transfer

HOME_VARIABLE = "SBYT_HOME"
URL_VARIABLE = "SBYT_DATABASE_URL"


class Store(Transfer, Projects, Parts, Cards, Situations, ClientFactFiles, Identity):
    """Projects and all that belongs to them. Safe to share between threads.

    url: of the database, None for SQLite in `home`; home: folder of the files; clock: gives the time, aware.
    Opening brings an older database up to date. Raises store_too_new, store_unreachable, store_busy.
    """

    def __init__(self, url: str | None = None, home: Path | None = None, clock: Clock = utc_now) -> None:
        home = home if home is not None else default_home()
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise SbytError("store_unreachable") from None
        url = url if url is not None else sqlite_url(home)
        migrate(url)
        self.home = home
        self.person = LOCAL
        self._engine = open_engine(url)
        self._files = Files(home / "files")
        self._clock = clock

    def seen_by(self, person: str) -> Store:
        """The same store for a signed-in person: it shows and allows what their roles cover. Raises NotAllowed for no name."""
        seen = copy.copy(self)
        seen.person = signed_in(person)
        return seen

    def close(self) -> None:
        """Let go of the database; for every view of this store."""
        self._engine.dispose()


def default_home() -> Path:
    """The folder that `SBYT_HOME` names, else the system's place for a user's data."""
    return Path(os.environ.get(HOME_VARIABLE) or platformdirs.user_data_dir("sbyt", appauthor=False))


def open_store() -> Store:
    """The store of this installation, as the environment says."""
    return Store(os.environ.get(URL_VARIABLE) or None, default_home())
