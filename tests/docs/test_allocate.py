"""docs/COMMANDS.md tells all of `allocate` and nothing else: options, keys, the settings of its JSON files and their defaults."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from sbyt_core.__main__ import main
from sbyt_core.strategies import Assumptions, Manager, ServiceStandard, Team, assumptions_from_json, team_from_json
from sbyt_core.strategies.plan import BINDING
from sbyt_core.strategies.rivals import RIVALS
from tests.docs.making import write_sales
from tests.docs.reading import COMMANDS_MD, blocks, code, section, table
from tests.docs.test_commands import FILE_OPTIONS, documented_options, inner_keys, keys_table, options_of, value_of

TEAM = '{"managers": [{"name": "Иванова", "hours_per_month": 60, "pay_per_month": 90000}]}'


@pytest.fixture
def found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    sales = write_sales(tmp_path / "sales.xlsx", total=True)
    (tmp_path / "team.json").write_text(TEAM, encoding="utf-8")
    assert main(["allocate", str(sales), "--team", str(tmp_path / "team.json"), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    documented = documented_options(section(COMMANDS_MD, FILE_OPTIONS)) | documented_options(section(COMMANDS_MD, "allocate"))
    assert documented == options_of("allocate", capsys)


def test_every_key(found: dict) -> None:
    documented = keys_table("allocate")
    assert set(found) == set(documented)
    for key in set(found) - {"answers", "lambda", "reserve"}:  # their keys are names of the file
        assert inner_keys(found[key]) <= set(code(documented[key])), key


def test_codes_that_are_listed() -> None:
    documented = keys_table("allocate")
    assert set(BINDING) <= set(code(documented["binding"]))
    assert set(RIVALS) <= set(code(documented["rivals"]))


@pytest.mark.parametrize(("header", "kind"), [("setting of the team", Team), ("setting of a manager", Manager)])
def test_settings_of_the_team(header: str, kind: type) -> None:
    rows = {code(row[0])[0]: row for row in table(section(COMMANDS_MD, "team.json"), header)}
    assert set(rows) == {item.name for item in fields(kind)}
    for item in fields(kind):
        default = rows[item.name][1]
        if item.default is not MISSING and item.default not in (None, ()):
            assert value_of(default) == item.default


def test_settings_of_the_assumptions() -> None:
    part = section(COMMANDS_MD, "assumptions.json")
    rows = {code(row[0])[0]: row[1] for row in table(part, "setting of the plan")}
    assert set(rows) == {item.name for item in fields(Assumptions)}
    for name in ("change_limit", "whole_contacts", "task"):
        assert value_of(rows[name]) == getattr(Assumptions(), name)
    kinds = {code(row[0])[0]: tuple(float(cell) for cell in row[1:]) for row in table(part, "kind")}
    assert kinds == {one.kind: (one.elasticity, one.least, one.most) for one in Assumptions().kinds}
    named = set(code(part))
    assert {item.name for item in fields(ServiceStandard)} - {"kind"} <= named


def test_the_files_that_are_shown_work() -> None:
    shown = [block for block in blocks(COMMANDS_MD) if block.startswith("{")]
    team = next(team_from_json(block) for block in shown if '"managers"' in block)
    assert team.managers == (Manager("Иванова", 110, 90000),)
    settings = next(assumptions_from_json(block) for block in shown if '"kinds"' in block)
    assert (settings["A"].elasticity, settings["C"].most, settings["B"]) == (0.25, 0.5, Assumptions()["B"])
