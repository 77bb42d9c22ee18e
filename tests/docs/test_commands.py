"""docs/COMMANDS.md is complete and names nothing else: commands, options, keys of the JSON, settings, presets, public names."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

import sample_data.make_sample
import sbyt_core
from sbyt_core.__main__ import COMMANDS, main
from sbyt_core.segments.criteria import BOUNDS, CHOICES, PRESETS, SETTINGS, Criteria, criteria_from_json
from sbyt_core.segments.model import RULES, TAGS
from tests.docs.making import write_sales
from tests.docs.reading import COMMANDS_MD, PAGES_OF_TEXT, blocks, code, section, table, text

FILE_OPTIONS = "Options of every command that reads a FILE"
SKIPPED_BY_NAME = {"columns", "skipped"}  # their keys are roles and reasons, see docs/FILES.md


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    return set(re.findall(r"--[a-z]+(?:-[a-z]+)*", capsys.readouterr().out)) - {"--help"}


def documented_options(part: str) -> set[str]:
    return {cell.split()[0] for row in table(part, "option") for cell in code(row[0])}


def test_every_command_has_its_section_and_no_other_is_named() -> None:
    named = set(re.findall(r"python -m sbyt_core ([a-z]+)", "".join(map(text, PAGES_OF_TEXT))))
    assert named == set(COMMANDS)
    for command in COMMANDS:
        assert f"python -m sbyt_core {command}" in section(COMMANDS_MD, command)


@pytest.mark.parametrize("command", ["inspect", "segment"])
def test_every_option_of_a_command_that_reads_a_file(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    documented = documented_options(section(COMMANDS_MD, FILE_OPTIONS))
    if command == "segment":
        documented |= documented_options(section(COMMANDS_MD, "segment"))
    assert documented == options_of(command, capsys)


def test_every_option_of_demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert {word for word in code(section(COMMANDS_MD, "demo")) if word.startswith("--")} == options_of("demo", capsys)


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: path.name)
def test_commands_that_are_shown_have_options_that_exist(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in (line for block in blocks(path) for line in block.splitlines()):
        words = shlex.split(line) if line.startswith("python -m sbyt_core ") else []
        if len(words) > 3 and words[3] in COMMANDS:
            assert {word for word in words if word.startswith("--")} <= options_of(words[3], capsys), line


Call = Callable[..., dict]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command on a small file; the object that it prints."""

    def run(command: str, *options: str) -> dict:
        assert main([command, str(write_sales(tmp_path / "sales.xlsx", profit=False, total=True)), "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def keys_table(command: str) -> dict[str, str]:
    """Key → the line that tells of it."""
    return {key: " | ".join(row) for row in table(section(COMMANDS_MD, command), "key") for key in code(row[0])}


def inner_keys(value: object) -> set[str]:
    """Keys of the objects inside a value, at any depth."""
    if isinstance(value, list):
        return set().union(*map(inner_keys, value))
    if isinstance(value, dict):
        return set(value).union(*map(inner_keys, value.values()))
    return set()


def test_keys_of_inspect(call: Call) -> None:
    found, documented = call("inspect"), keys_table("inspect")
    assert set(found) == set(documented)
    assert found["control_total"]
    assert found["problems"]
    assert found["answers"]["no_profit"]
    for key in set(found) - SKIPPED_BY_NAME:
        inner = inner_keys(found[key]) - set(found["answers"])
        assert inner <= set(code(documented[key])), key


def test_keys_of_segment(call: Call) -> None:
    found, documented = call("segment", "--clients"), keys_table("segment")
    assert set(found) == set(documented)
    told_below = {"rule", "value", "limit", "from", "to"}
    assert told_below <= set(code(section(COMMANDS_MD, "segment")))
    for key in set(found) - {"answers"}:
        assert inner_keys(found[key]) - told_below <= set(code(documented[key])), key
    assert set(found) - set(call("segment")) == {"clients"}


def test_keys_of_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_data.make_sample, "make", lambda folder: None)
    assert main(["demo", str(tmp_path), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) <= set(code(section(COMMANDS_MD, "demo")))


def test_money_of_segment_adds_up_as_the_page_says(call: Call) -> None:
    found = call("segment")
    parts = [*found["segments"].values(), found["unassigned"], found["aggregate"]]
    assert sum(part["revenue"] for part in parts) == pytest.approx(found["revenue"])


def test_a_bad_input_is_told_as_the_page_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(tmp_path / "nowhere.xlsx"), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert set(error) == set(re.findall(r'"(\w+)": "…"', text(COMMANDS_MD)))


def test_every_rule_and_tag_is_named() -> None:
    named = set(code(section(COMMANDS_MD, "segment")))
    assert set(RULES) | set(TAGS) <= named


def settings_table() -> dict[str, list[str]]:
    return {code(row[0])[0]: row for row in table(section(COMMANDS_MD, "criteria.json"), "setting")}


def value_of(word: str) -> object:
    try:
        return json.loads(word.strip("`"))
    except ValueError:
        return word.strip("`")


def test_every_setting_and_no_other() -> None:
    assert list(settings_table()) == list(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_default_and_bounds_of_a_setting(setting: str) -> None:
    _, default, allowed, meaning = settings_table()[setting]
    assert value_of(default) == getattr(Criteria(), setting)
    assert meaning
    if setting in CHOICES:
        assert tuple(code(allowed)) == CHOICES[setting]
    elif setting in BOUNDS:
        low, high = re.findall(r"-?[\d.]+", allowed)
        assert (float(low), float(high)) == BOUNDS[setting]
        assert ("whole" in allowed) == isinstance(BOUNDS[setting][0], int)
    else:
        assert allowed == "true, false"


def test_presets_are_those_of_the_program() -> None:
    documented = {}
    for name, settings in table(section(COMMANDS_MD, "criteria.json"), "preset"):
        pairs = re.findall(r"`(\w+)` ([\w.]+)", settings)
        documented[code(name)[0]] = criteria_from_json(json.dumps({key: value_of(value) for key, value in pairs}))
    assert documented == PRESETS


def test_the_criteria_file_that_is_shown_works() -> None:
    shown = next(block for block in blocks(COMMANDS_MD) if block.startswith("{"))
    criteria = criteria_from_json(shown)
    assert (criteria.cut_a, criteria.guard_a, criteria.newcomer_months) == (0.80, 0.3, 6)


def test_every_public_name_and_no_other() -> None:
    named = [re.match(r"\w+", code(row[0])[0])[0] for row in table(section(COMMANDS_MD, "In Python"), "name")]  # type: ignore[index]
    assert sorted(named) == sorted(sbyt_core.__all__)
