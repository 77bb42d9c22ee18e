"""The floors of the house: a room imports only from floors below it, and Streamlit stays in its rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "sbyt_core"
FLOORS = (
    {"errors"},
    {"texts"},
    {"sales"},
    {"clients"},
    {"segments"},
    {"strategies", "cards"},
    {"practice", "committee", "results"},
    {"reports", "store"},
    {"cli", "ui"},
    {"__main__", "pages", "app"},
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
STREAMLIT_ROOMS = {"ui", "pages", "app"}


def room_of(path: Path) -> str:
    parts = path.relative_to(CORE if path.is_relative_to(CORE) else ROOT).parts
    return parts[0].removesuffix(".py")


def imported_modules(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module or "")
            if node.module == "sbyt_core":
                names |= {f"sbyt_core.{alias.name}" for alias in node.names}
    return names


SOURCES = [p for p in sorted(CORE.rglob("*.py")) if p != CORE / "__init__.py"] + sorted((ROOT / "pages").glob("*.py")) + [ROOT / "app.py"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_from_floors_below(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR_OF, f"{room} has no floor"
    for name in imported_modules(path):
        parts = name.split(".")
        if parts[0] == "streamlit":
            assert room in STREAMLIT_ROOMS, f"{path} imports streamlit"
        if parts[0] != "sbyt_core" or len(parts) < 2 or parts[1] not in FLOOR_OF:
            continue
        other = parts[1]
        assert other == room or FLOOR_OF[other] < FLOOR_OF[room], f"{room} imports {other}, which is not below it"


def test_pages_are_thin() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 120, path.name
