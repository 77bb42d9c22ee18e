"""`import sbyt_core` gives the public names, each when it is asked for, and loads nothing heavy before."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys

import pytest

import sbyt_core
from tests.docs.reading import ROOT

HEAVY = ("ibis", "duckdb", "sklearn", "scipy", "xlsxwriter", "streamlit", "plotly", "sqlalchemy")


def loaded_by(statement: str) -> set[str]:
    """The heavy packages that a fresh interpreter has after a statement."""
    check = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", sbyt_core.__all__)
def test_a_public_name_is_the_one_of_its_room(name: str) -> None:
    room = importlib.import_module(f"sbyt_core.{sbyt_core._HOMES[name]}")
    assert getattr(sbyt_core, name) is getattr(room, name)
    assert name in dir(sbyt_core)


def test_names_for_the_reader_of_types_are_the_same() -> None:
    tree = ast.parse((ROOT / "sbyt_core" / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed == {name: f"sbyt_core.{home}" for name, home in sbyt_core._HOMES.items()}
    assert sorted(typed) == sbyt_core.__all__


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="allocate_nothing"):
        sbyt_core.allocate_nothing  # noqa: B018


def test_the_package_alone_loads_nothing_heavy() -> None:
    assert loaded_by("import sbyt_core") == set()


def test_the_reading_process_loads_nothing_heavy() -> None:
    assert loaded_by("import sbyt_core.sales.apart.worker") == set()


def test_the_docstring_holds_the_whole_product() -> None:
    """The five lines of the docstring use public names alone and are the ones that docs/ARCHITECTURE.md shows."""
    shown = [line.strip() for line in (sbyt_core.__doc__ or "").splitlines() if line.startswith("    ")]
    assert len(shown) == 5
    architecture = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for line in shown:
        assert line.partition("#")[0].strip() in architecture
