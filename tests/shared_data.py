"""Published data that may not be copied here: a folder beside the checkout, or the one that SBYT_SHARED_DATA names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("SBYT_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
ABSENT = "not at hand; set SBYT_SHARED_DATA to the folder of the published data"


def published(name: str) -> Path:
    """A file of the folder; the test is skipped where it is absent."""
    if not (DATA / name).exists():
        pytest.skip(f"{name} is {ABSENT}")
    return DATA / name


def superstore() -> Path:
    """The public Superstore workbook."""
    return published("real/superstore_biff8_3sheets.xls")
