"""The chain by command line from the sample: inspect → segment → allocate, the workbook beside it, and bad input as codes."""

from __future__ import annotations

import json
import math
from pathlib import Path

import openpyxl
import pytest

from sbyt_core.__main__ import main
from sbyt_core.cli.allocate_file import show, summary
from sbyt_core.texts import speech
from tests.strategies.test_hours_plan import plan

SAMPLE = Path(__file__).parents[2] / "sample_data"
SALES, TEAM = str(SAMPLE / "sales.xlsx"), str(SAMPLE / "team.json")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict]:
    code = main([*argv, "--json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_the_whole_chain_and_the_workbook_that_reconciles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, seen = run(capsys, "inspect", SALES)
    _, classed = run(capsys, "segment", SALES)
    out = tmp_path / "hours.xlsx"
    code, found = run(capsys, "allocate", SALES, "--team", TEAM, "--out", str(out))
    assert code == 0
    team = json.loads(Path(TEAM).read_text(encoding="utf-8"))
    hours = sum(one["hours_per_month"] for one in team["managers"])
    assert (found["hours_before"], found["hours_after"]) == (hours, pytest.approx(hours, abs=1 / 60))
    assert found["headcount_before"] == found["headcount_after"] == len(team["managers"])
    assert found["payroll_before"] == found["payroll_after"] == sum(one["pay_per_month"] for one in team["managers"])
    assert found["measure"] == classed["measure"]
    assert sum(one["clients"] for one in found["segments"].values()) == sum(one["clients"] for one in classed["segments"].values())
    assert len(found["clients"]) <= seen["n_clients"]
    spent = math.fsum(one["hours_after"] for one in found["clients"]) + math.fsum(found["reserve"].values())
    assert spent == pytest.approx(found["hours_after"], abs=1e-3)
    assert found["gain"]["low"] <= found["gain"]["mid"] <= found["gain"]["high"]

    book = openpyxl.load_workbook(out)
    sheet = book["Клиенты"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Клиент")
    rows = list(sheet.iter_rows(min_row=[row[0] for row in sheet.iter_rows(values_only=True)].index("Клиент") + 2, values_only=True))
    assert len(rows) == len(found["clients"])
    after = head.index("Часов по плану")
    assert math.fsum(row[after] for row in rows) == pytest.approx(math.fsum(one["hours_after"] for one in found["clients"]), abs=1e-3)
    gain = next(at for at, text in enumerate(head) if str(text).startswith("Прирост"))
    assert math.fsum(row[gain] for row in rows) == pytest.approx(found["gain"]["mid"], abs=0.01)


def test_the_managers_hours_and_lambda_are_his_own(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, "allocate", SALES, "--team", TEAM)
    team = {one["name"]: one["hours_per_month"] for one in json.loads(Path(TEAM).read_text(encoding="utf-8"))["managers"]}
    assert set(found["lambda"]) == set(found["reserve"]) == set(team)
    for name, hours in team.items():
        mine = [one for one in found["clients"] if one["manager"] == name]
        assert math.fsum(one["hours_before"] for one in mine) == pytest.approx(hours, abs=1e-3)
        assert math.fsum(one["hours_after"] for one in mine) + found["reserve"][name] == pytest.approx(hours, abs=1e-3)


def test_assumptions_and_standards_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, book = tmp_path / "assumptions.json", tmp_path / "strategies.json"
    settings.write_text('{"change_limit": null, "whole_contacts": false, "kinds": {"C": {"most": 0.5}}}', encoding="utf-8")
    book.write_text('{"standards": {"A": {"minutes_per_contact": 60}}}', encoding="utf-8")
    _, found = run(capsys, "allocate", SALES, "--team", TEAM, "--assumptions", str(settings), "--strategies", str(book))
    assert max(one["hours_after"] for one in found["clients"] if one["kind"] == "C") == pytest.approx(0.5)
    for one in found["clients"]:
        if one["kind"] == "A":
            assert one["contacts_per_month"] == pytest.approx(one["hours_after"], abs=1e-5)  # contacts of an hour each


@pytest.mark.parametrize(
    ("team", "assumptions", "code"),
    [
        ('{"hours_per_month": -1}', None, "manager_hours"),
        ('{"managers": [{"name": "А", "hours_per_month": -5}]}', None, "manager_hours"),
        ("[", None, "bad_json"),
        ('{"hours_per_month": 0}', None, "no_hours"),
        ('{"hours_per_month": 40}', '{"kinds": {"A": {"least": 12}}, "change_limit": null}', "hours_short"),
        ("{}", '{"kinds": {"A": {"least": 13}}}', "bounds_out_of_order"),
        (None, None, "file_not_found"),
    ],
)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_bad_input_is_coded_and_says_what_to_do(team, assumptions, code, lang, tmp_path: Path, capsys) -> None:
    files = {"--team": team, "--assumptions": assumptions}
    options = []
    for option, content in files.items():
        path = tmp_path / f"{option[2:]}.json"
        if content is not None:
            path.write_text(content, encoding="utf-8")
        if content is not None or option == "--team":
            options += [option, str(path)]
    exit_code, found = run(capsys, "allocate", SALES, *options, "--lang", lang)
    assert (exit_code, found["error"]["code"]) == (2, code)
    assert found["error"]["message"]
    assert found["error"]["hint"]


def test_for_people_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", SALES, "--team", TEAM, "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "before 1,380.0, after 1,380.0" in english
    assert "Payroll a month: before 1,274,000, after 1,274,000" in english
    assert "DOES NOT HOLD" not in english
    assert main(["allocate", SALES, "--team", TEAM]) == 0
    assert "было 1\u00a0380,0, стало 1\u00a0380,0" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("ru", "НЕ СХОДИТСЯ: Часы в месяц"), ("en", "DOES NOT HOLD: Hours a month")])
def test_a_check_that_fails_is_told_to_people(lang: str, said: str) -> None:
    found = summary(plan())
    assert said not in show(found, speech(lang))
    assert said in show(found | {"checks": [{"code": "hours", "holds": False}]}, speech(lang))
