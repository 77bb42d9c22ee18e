"""docs/FILES.md and METHOD tell every column, fault and figure of practice that the program has."""

from __future__ import annotations

import pytest

from sbyt_core.practice.columns import ROLES
from sbyt_core.practice.read_log import MOST_MINUTES
from sbyt_core.practice.verdict import TARGET
from sbyt_core.practice.wilson import ENOUGH, share_of
from tests.docs.reading import DOCS, METHODS, code, section, shown, table

TITLES = {"en": "11. Practice and committee", "ru": "11. Практика и комитет"}


def test_every_column_and_every_fault_of_a_log() -> None:
    part = section(DOCS / "FILES.md", "Practice log")
    assert tuple(name for row in table(part, "column") for name in code(row[0])) == ROLES
    told = {name for row in table(part, "bad row or warning") for name in code(row[0])}
    assert told == {name.removeprefix("warning.") for name in shown("en") if name.startswith("warning.log_") and not name.endswith(".hint")}
    assert f"at most {MOST_MINUTES:.0f}" in part


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_figures_of_the_method(lang: str) -> None:
    part = section(METHODS[lang], TITLES[lang])
    share = share_of(15, 148)
    mark = "," if lang == "ru" else "."
    for figure in (share.share, share.low, share.high):
        assert f"{100 * figure:.1f}".replace(".", mark) in part  # type: ignore[operator]
    assert str(ENOUGH) in part
    assert f"{100 * TARGET:.0f} %" in part
