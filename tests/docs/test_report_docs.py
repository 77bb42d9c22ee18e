"""What the documents say of the results is what the program does: options and keys of `report`, worked numbers of the method."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sbyt_core.__main__ import main
from sbyt_core.results.sources.decomposition import FACTORS, STATUSES
from sbyt_core.results.sources.drift import taken_out
from sbyt_core.results.sources.shapley import shapley_parts
from sbyt_core.results.sources.shrinkage import shrink
from tests.cli.test_effect import file  # noqa: F401  (a fixture)
from tests.docs.reading import COMMANDS_MD, METHODS, code, section, table
from tests.docs.test_commands import FILE_OPTIONS, documented_options, inner_keys, keys_table, options_of

TITLE = {"en": "10. Results: what changed and where", "ru": "10. Результаты: что изменилось и где"}


def test_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    documented = documented_options(section(COMMANDS_MD, FILE_OPTIONS)) | documented_options(section(COMMANDS_MD, "report"))
    assert documented == options_of("report", capsys)


def test_every_key(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert main(["report", file, "--out", str(tmp_path / "x.pptx"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    documented = keys_table("report")
    assert set(found) == set(documented)
    for key in set(found) - {"answers"}:
        assert inner_keys(found[key]) <= set(code(documented[key])), key
    assert table(section(COMMANDS_MD, "report"), "key")


def test_every_part_is_named() -> None:
    named = set(code(section(COMMANDS_MD, "report")))
    assert {one for one in STATUSES if one != "kept"} | {f"kept_{factor}" for factor in FACTORS["profit"]} | {"cost_to_serve"} <= named


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_worked_numbers(lang: str) -> None:
    said = section(METHODS[lang], TITLE[lang])

    def written(figure: float, digits: int) -> str:
        text = f"{abs(figure):.{digits}f}"
        return text.replace(".", ",") if lang == "ru" else text

    for before, after in (([10, 5, 2], [12, 4, 3]), ([4, 250, 0.05], [5, 260, -0.02])):
        parts = shapley_parts(np.array(before, dtype=float)[:, None], np.array(after, dtype=float)[:, None])[:, 0]
        for part in parts:
            assert written(part, 2) in said
    assert written(100 * float(taken_out(pd.Series([-0.14]), pd.Series([-0.12]))[0]), 2) in said
    for figure in shrink(np.array([100.0, 60, 40, 20, 10]), 0.8):
        assert written(figure, 1) in said
