"""What the documents say of the effect of a rollout is what the program does: options, keys, codes, worked numbers."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from sbyt_core.__main__ import main
from sbyt_core.results.evidence.contrast import Window, contrast
from sbyt_core.results.evidence.permutation import permutation_p
from sbyt_core.results.model import RUNGS, VERDICTS
from sbyt_core.results.starts import NEVER, Starts
from tests.cli.test_effect import NAMES, file  # noqa: F401  (a fixture)
from tests.docs.reading import COMMANDS_MD, METHODS, code, section, table, tables
from tests.docs.test_commands import FILE_OPTIONS, documented_options, inner_keys, options_of

TITLE = {"en": "9. The effect of a rollout", "ru": "9. Эффект внедрения"}
PART = "effect"


def test_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    documented = documented_options(section(COMMANDS_MD, FILE_OPTIONS)) | documented_options(section(COMMANDS_MD, PART))
    assert documented == options_of("effect", capsys)


def test_every_key(capsys: pytest.CaptureFixture[str], file: str) -> None:  # noqa: F811
    assert main(["effect", file, "--rollout", "2025-07-01", "--treated", ",".join(NAMES[:5]), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    documented = {key: " | ".join(row) for row in table(section(COMMANDS_MD, PART), "key") for key in code(row[0])}
    assert set(found) == set(documented)
    for key in ("units", "checks", "ladder", "advice"):
        told = set(code(documented[key]))
        inner = inner_keys(found[key]) - inner_keys([one.get("facts") for one in found[key]] if isinstance(found[key], list) else [])
        assert inner <= told, key
    assert set(VERDICTS) <= set(code(documented["verdict"]))


def test_the_file_of_waves_that_is_told_is_read(capsys: pytest.CaptureFixture[str], file: str, tmp_path: Path) -> None:  # noqa: F811
    for header in ("unit,date", "manager,date", "«Менеджер»,«Дата начала»".replace("«", "").replace("»", "")):
        waves = tmp_path / "waves.csv"
        waves.write_text(header + "\n" + "".join(f"{name},2025-07-01\n" for name in NAMES[:5]), encoding="utf-8")
        assert main(["effect", file, "--rollout", f"@{waves}", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["units"] == {"treated": 5, "control": 5}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_rungs_and_verdicts_are_all_told(lang: str) -> None:
    rungs, verdicts, checks = tables(section(METHODS[lang], TITLE[lang]))
    assert [row[0] for row in rungs[1:]] == list(RUNGS)
    assert len(verdicts) - 1 == len(VERDICTS)
    assert len(checks) - 1 == 9


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_worked_numbers(lang: str) -> None:
    treated, control = [0.12, 0.20, 0.05, 0.26, 0.17], [0.03, 0.08, -0.06, 0.10, 0.00, 0.05]
    begun = np.array([1] * 5 + [NEVER] * 6)
    found = contrast(np.vstack([np.zeros(11), treated + control]), Starts(begun, begun), Window(1))
    assert found is not None
    part = section(METHODS[lang], TITLE[lang]).replace("\u00a0", " ")
    ends = [100 * math.expm1(x) for x in (found.delta, found.delta - found.half, found.delta + found.half)]
    figures = [f"{found.delta:.6f}", f"{found.se:.6f}", f"{found.df:.2f}", f"{found.p:.6f}", *(f"{x:.2f} %" for x in ends)]
    figures.append(f"{1e6 * -math.expm1(-found.delta):,.2f}".replace(",", " "))
    for figure in figures:
        assert (figure.replace(".", ",") if lang == "ru" else figure) in part, figure
    p, ways = permutation_p(found)
    assert (round(p * ways), ways) == (8, 462)
    assert "462" in part
