"""`inspect` as a contract: one JSON object on stdout, exit codes, questions and their answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sbyt_core.__main__ import main

CASES = Path(__file__).parents[1] / "cases"
KEYS = [
    "rows", "n_clients", "revenue", "profit", "period_start", "period_end", "sheet", "header_row", "columns", "skipped", "control_total",
    "warnings", "questions", "answers",
]  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict]:
    code = main(["inspect", *argv, "--json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_the_object_of_a_plain_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, str(CASES / "c001_control_plain.xlsx"))
    assert code == 0
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["rows"], found["n_clients"], found["revenue"], found["profit"]) == (64, 12, 835397.42, 244432.47)
    assert found["columns"]["client"] == "Контрагент"


def test_questions_show_their_answers_and_take_one(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(CASES / "c219_returns_positive_with_type.xlsx")
    _, open_one = run(capsys, file)
    assert open_one["questions"] == ["returns_sign"]
    choices = {choice["choice"]: (choice["best"], choice["rows"], choice["revenue"]) for choice in open_one["answers"]["returns_sign"]}
    assert choices == {"subtract": (True, 64, 835397.42), "as_is": (False, 64, 859762.5)}
    _, answered = run(capsys, file, "--answer", "returns_sign=as_is")
    assert answered["questions"] == []
    assert answered["revenue"] == 859762.5


def test_columns_are_mapped_by_header(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, str(CASES / "c001_control_plain.xlsx"), "--map", "client=Менеджер", "--sheet", "Лист1")
    assert found["n_clients"] == 3


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["c020_pdf_renamed.xlsx"], "not_a_table_file"),
        (["none.xlsx"], "file_not_found"),
        (["c001_control_plain.xlsx", "--sheet", "Другой"], "no_such_sheet"),
        (["c001_control_plain.xlsx", "--map", "client=Кто"], "no_such_column"),
        (["c001_control_plain.xlsx", "--map", "colour=Контрагент"], "no_such_role"),
        (["c001_control_plain.xlsx", "--map", "client"], "unknown_setting"),
        (["c001_control_plain.xlsx", "--answer", "colour=red"], "unknown_setting"),
        (["c219_returns_positive_with_type.xlsx", "--answer", "returns_sign=maybe"], "not_a_choice"),
    ],
)
def test_bad_input_is_one_coded_object_and_exit_2(capsys: pytest.CaptureFixture[str], argv: list[str], code: str) -> None:
    got, found = run(capsys, str(CASES / argv[0]), *argv[1:])
    assert got == 2
    assert list(found) == ["error"]
    assert found["error"]["code"] == code
    assert found["error"]["message"]
    assert found["error"]["hint"]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize(
    "name", ["c001_control_plain.xlsx", "c103_1c_hier_no_levels.xlsx", "c302_empty_clients.xlsx", "c104_1c_group_client_no_dates.xlsx"]
)
def test_people_get_the_same_in_words(capsys: pytest.CaptureFixture[str], name: str, lang: str) -> None:
    assert main(["inspect", str(CASES / name), "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert ("Клиент" if lang == "ru" else "Client") in out
    assert "835" in out
