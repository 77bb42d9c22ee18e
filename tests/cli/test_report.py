# ruff: noqa: F811  (the fixture `file` is another module's)
"""`report` as a contract: the three files, the verdict in them, constant prices, and what cannot be."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from sbyt_core.__main__ import main
from tests.cli.test_effect import NAMES, file  # noqa: F401  (a fixture)
from tests.docs.making import write_sales

Capture = pytest.CaptureFixture[str]
STARTED = ["--rollout", "2025-07-01", "--treated", ",".join(NAMES[:5])]


def told(capsys: Capture, *words: str, code: int = 0) -> dict:
    assert main(["report", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("shape", ["pptx", "docx", "xlsx"])
def test_the_verdict_stands_in_every_file(file: str, shape: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / f"отчёт.{shape}"
    found = told(capsys, file, *STARTED, "--assigned", "random", "--resources", "same", "--out", str(out), "--lang", "en")
    assert found["rung"] == "L3"
    assert found["verdict"] == "confirmed"
    assert found["low"] < 0.20 < found["high"]
    title = found["findings"][0]
    content = BytesIO(out.read_bytes())
    if shape == "pptx":
        said = [s.text_frame.text for slide in Presentation(content).slides for s in slide.shapes if s.has_text_frame]
    elif shape == "docx":
        said = [p.text for p in Document(content).paragraphs]
    else:
        said = [str(cell.value) for row in openpyxl.load_workbook(content).worksheets[0].iter_rows() for cell in row]
    assert title in said


def test_parts_add_up_to_the_kopeck(file: str, tmp_path: Path, capsys: Capture) -> None:
    found = told(capsys, file, *STARTED, "--measure", "profit", "--out", str(tmp_path / "x.xlsx"))
    whole = found["after"]["value"] - found["before"]["value"]
    assert round(sum(part["amount"] for part in found["parts"]), 2) == round(whole, 2)


def test_without_a_rollout_it_is_a_comparison(file: str, tmp_path: Path, capsys: Capture) -> None:
    found = told(capsys, file, "--out", str(tmp_path / "x.pptx"))
    assert (found["rung"], found["verdict"], found["effect"], found["basis"]) == ("L1", None, None, "year")


def test_constant_prices_by_rate_and_by_file(file: str, tmp_path: Path, capsys: Capture) -> None:
    prices = tmp_path / "prices.csv"
    months = [(year, month) for year in (2023, 2024, 2025) for month in range(1, 13)]
    levels = [f"{m:02d}.{y};{100 * 1.1 ** ((y - 2023) + (m - 1) / 12):.6f}" for y, m in months]
    prices.write_text("\n".join(["Месяц;Индекс", *levels]), encoding="utf-8")
    out = ["--out", str(tmp_path / "x.pptx")]
    plain, rate, table = (told(capsys, file, *out, *more) for more in ([], ["--prices", "0.1"], ["--prices", f"@{prices}"]))
    assert rate["before"]["value"] > plain["before"]["value"]
    assert table["before"]["value"] == pytest.approx(rate["before"]["value"], rel=1e-4)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--out", "x.pdf"], "not_a_choice"),
        (["--out", "/nowhere/at/all/x.pptx"], "folder_not_writable"),
        (["--out", "x.pptx", "--prices", "much"], "not_a_choice"),
        (["--out", "x.pptx", "--prices", "99"], "out_of_range"),
        (["--out", "x.pptx", "--prices", "@nowhere.csv"], "file_not_found"),
        (["--out", "x.pptx", "--rollout", "2035-01-01"], "rollout_in_future"),
        (["--out", "x.pptx", "--measure", "net"], "measure_not_known"),
        ([], "bad_command"),
    ],
)
def test_a_bad_input_has_its_code(
    file: str, words: list[str], code: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(capsys, file, *words, code=2)["error"]["code"] == code


def test_a_year_of_data_is_halved(tmp_path: Path, capsys: Capture) -> None:
    found = told(capsys, str(write_sales(tmp_path / "sales.xlsx")), "--out", str(tmp_path / "x.pptx"))
    assert (found["rung"], found["basis"]) == ("L0", "preceding")


def test_people_read_the_findings(file: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["report", file, "--out", str(tmp_path / "x.docx")]) == 0
    assert "x.docx" in capsys.readouterr().out


def team_file(folder: Path, name: str, *, pay: float = 90_000) -> str:
    managers = [{"name": one, "hours_per_month": 120, "pay_per_month": pay} for one in NAMES]
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"managers": managers}, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("pay", "kept", "passed"), [(90_000, True, True), (120_000, False, False)])
def test_teams_before_and_now_stand_in_the_report_and_hold_over_words(
    file: str, pay: float, kept: bool, passed: bool, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "x.xlsx"
    teams = ["--team-before", team_file(tmp_path, "before"), "--team", team_file(tmp_path, "now", pay=pay)]
    found = told(capsys, file, *STARTED, "--assigned", "random", "--resources", "same", *teams, "--out", str(out), "--lang", "en")
    assert found["resources_kept"] is kept
    assert found["verdict"] == ("confirmed" if passed else "indicated")
    rows = {row[0]: row[1:3] for row in openpyxl.load_workbook(out)["Figures"].iter_rows(values_only=True)}
    n_months = 6
    assert rows["Managers"] == (len(NAMES), len(NAMES))
    assert rows["Payroll"] == pytest.approx((n_months * len(NAMES) * 90_000, n_months * len(NAMES) * pay))
    assert rows["Selling hours"] == pytest.approx((n_months * len(NAMES) * 120,) * 2)


def test_who_sells_and_is_not_in_the_team_is_told(file: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "team.json"
    path.write_text(json.dumps({"managers": [{"name": one} for one in NAMES[1:]]}, ensure_ascii=False), encoding="utf-8")
    words = [file, "--team", str(path), "--out", str(tmp_path / "x.pptx")]
    assert told(capsys, *words)["not_in_team"] == {"before": [], "after": [NAMES[0]]}
    assert main(["report", *words, "--lang", "en"]) == 0
    assert f"not listed in the team (1): {NAMES[0]}." in capsys.readouterr().out
    assert told(capsys, file, "--out", str(tmp_path / "x.pptx"))["not_in_team"] == {"before": [], "after": []}


def test_a_team_that_is_not_there(file: str, tmp_path: Path, capsys: Capture) -> None:
    words = [file, "--team", str(tmp_path / "none.json"), "--out", str(tmp_path / "x.pptx")]
    assert told(capsys, *words, code=2)["error"]["code"] == "file_not_found"
