"""`effect` as a contract: the keys, the waves, the lists of units, and what cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sbyt_core.__main__ import main
from tests.results.panels import noisy, with_effect

KEYS = ["rung", "verdict", "effect", "low", "high", "money", "units", "smallest_visible", "checks", "reasons"]
NAMES = [f"Менеджер {k}" for k in range(10)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Ten managers over 36 months; the first five sell 20 % more since July 2025."""
    values = with_effect(noisy(36, 10, seed=6, noise=0.04), range(5), 30, 0.20)
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    days = pd.date_range("2023-01-01", periods=36, freq="MS")
    rows = [
        (
            day.date(),
            f"К-{u}-{k}",
            f"Клиент {u}-{k}",
            NAMES[u],
            round(values[m, u] * share, 2),
            round(values[m, u] * share / 4, 2),
        )
        for m, day in enumerate(days)
        for u in range(10)
        for k, share in enumerate(shares)
    ]
    rows.append((date(2025, 12, 31), "К-0-0", "Клиент 0-0", NAMES[0], 1.0, 0.25))
    frame = pd.DataFrame(rows, columns=["Дата", "Документ", "Контрагент", "Менеджер", "Выручка", "Прибыль"])
    path = tmp_path_factory.mktemp("effect") / "sales.csv"
    frame.to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict]:
    code = main(["effect", *argv, "--json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_the_object(capsys: pytest.CaptureFixture[str], file: str) -> None:
    code, found = run(
        capsys, file, "--rollout", "2025-07-01", "--treated", ",".join(NAMES[:5]), "--assigned", "random", "--resources", "same"
    )
    assert code == 0
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["rung"], found["verdict"], found["units"]) == ("L3", "confirmed", {"treated": 5, "control": 5})
    assert found["low"] < 0.20 < found["high"]
    assert all({"code", "passed"} <= set(check) for check in found["checks"])
    assert found["money"] == round(found["money"], 2)


def test_waves_lists_and_what_is_not_said(capsys: pytest.CaptureFixture[str], file: str, tmp_path: Path) -> None:
    waves, names = tmp_path / "waves.csv", tmp_path / "treated.txt"
    waves.write_text("unit,date\n" + "".join(f"{name},2025-07-01\n" for name in NAMES[:5]), encoding="utf-8")
    names.write_text("\n".join(NAMES[:5]), encoding="utf-8")
    _, by_waves = run(capsys, file, "--rollout", f"@{waves}")
    _, by_list = run(capsys, file, "--rollout", "2025-07-01", "--treated", f"@{names}")
    assert by_waves["effect"] == by_list["effect"]
    assert {check["code"]: check["passed"] for check in by_waves["checks"]}["assigned"] is None
    assert {check["code"]: check["passed"] for check in by_waves["checks"]}["resources"] is None


def test_staggered_waves_of_everybody(capsys: pytest.CaptureFixture[str], file: str, tmp_path: Path) -> None:
    waves = tmp_path / "waves.csv"
    days = ["2025-07-01"] * 5 + ["2026-03-01"] * 5
    waves.write_text("unit;date\n" + "".join(f"{n};{d}\n" for n, d in zip(NAMES, days, strict=True)), encoding="utf-8")
    _, found = run(capsys, file, "--rollout", f"@{waves}")
    assert (found["rung"], found["units"]) == ("L3", {"treated": 5, "control": 5})


def test_all_treated_without_a_list(capsys: pytest.CaptureFixture[str], file: str) -> None:
    _, found = run(capsys, file, "--rollout", "2025-07-01", "--measure", "profit")
    assert (found["rung"], found["units"], found["measure"]) == ("L4", {"treated": 10, "control": 0}, "profit")


def test_net_profit_takes_rates(capsys: pytest.CaptureFixture[str], file: str, tmp_path: Path) -> None:
    rates = tmp_path / "rates.json"
    rates.write_text('{"document": 50}', encoding="utf-8")
    options = [file, "--rollout", "2025-07-01", "--treated", ",".join(NAMES[:5]), "--measure", "net"]
    code, refused = run(capsys, *options)
    assert (code, refused["error"]["code"]) == (2, "measure_not_known")
    code, found = run(capsys, *options, "--rates", str(rates))
    assert (code, found["measure"]) == (0, "net")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--rollout", "soon"], "not_a_choice"),
        (["--rollout", "2030-01-01"], "rollout_in_future"),
        (["--rollout", "2020-01-01"], "rollout_before_data"),
        (["--rollout", "2025-12-05"], "rollout_too_recent"),
        (["--rollout", "2025-07-01", "--treated", "Никто"], "no_such_unit"),
        (["--rollout", "2025-07-01", "--units", "branch"], "no_units"),
        (["--rollout", "@nowhere.csv"], "file_not_found"),
        (["--rollout", "2025-07-01", "--treated", "@nowhere.txt"], "file_not_found"),
        (["--rollout", "2025-07-01", "--target", "0"], "out_of_range"),
        (["--rollout", "@waves.csv", "--treated", "a"], "bad_command"),
        (["--rollout", "2025-07-01", "--treated", ","], "no_rollout"),
    ],
)
def test_what_cannot_be_exits_with_2(capsys: pytest.CaptureFixture[str], file: str, options: list[str], code: str) -> None:
    exit_code, found = run(capsys, file, *options)
    assert (exit_code, found["error"]["code"]) == (2, code)
    assert found["error"]["message"]
    assert found["error"]["hint"]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_people_get_sentences(capsys: pytest.CaptureFixture[str], file: str, lang: str) -> None:
    assert main(["effect", file, "--rollout", "2025-07-01", "--treated", ",".join(NAMES[:5]), "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert {"ru": "Доказано", "en": "Confirmed"}[lang] in out
