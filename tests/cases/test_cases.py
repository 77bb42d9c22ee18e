"""Files that behave like what people upload: the right figures, or the right warning, question or error (expected.json).

Every case also adds up: rows read are lines and rows left out, and what an answer leads to is never the figure of a naive reader
unless that answer is chosen.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sbyt_core.cli.inspect_file import summary
from sbyt_core.errors import SbytError
from sbyt_core.sales.read import read_sales
from sbyt_core.texts import speech

HERE = Path(__file__).parent
CASES = {name: case for name, case in json.loads((HERE / "expected.json").read_text(encoding="utf-8")).items() if (HERE / name).exists()}
FIGURES = ("rows", "n_clients", "revenue", "profit", "period_start", "period_end")


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["outcome"] == "error"])
def test_faults_have_their_code_and_words(name: str) -> None:
    with pytest.raises(SbytError) as caught:
        read_sales(HERE / name)
    assert caught.value.code == CASES[name]["error_kind"]
    for lang in ("ru", "en"):
        assert all(speech(lang).error(caught.value))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["outcome"] != "error"])
def test_figures_warnings_and_questions(name: str) -> None:
    case = CASES[name]
    sales = read_sales(HERE / name)
    found = summary(sales)
    assert sales.report.rows_read == len(sales.lines) + sum(sales.report.skipped.values())
    asked = found["questions"]
    assert isinstance(asked, list)
    if case["outcome"] == "ask":
        assert case["error_kind"] in asked
        for figure, wrong in case.get("wrong_if_naive", {}).items():
            assert found[figure] != wrong
        return
    for figure in FIGURES:
        if figure in case:
            assert found[figure] == (pytest.approx(case[figure], abs=0.011) if isinstance(case[figure], float) else case[figure])
    if case["outcome"] == "warn":
        assert case["warning"] in found["warnings"]  # type: ignore[operator]
    else:
        assert asked == []


@pytest.mark.parametrize(
    ("name", "answers", "expected"),
    [
        ("c205_ambiguous_dates.xlsx", {"ambiguous_dates": "month_first"}, "if_month_first"),
        ("c219_returns_positive_with_type.xlsx", {"returns_sign": "subtract"}, "if_subtracted"),
        ("c317_duplicate_rows.xlsx", {"duplicate_rows": "remove"}, "if_removed"),
        ("c317_duplicate_rows.xlsx", {"duplicate_rows": "keep"}, "if_kept"),
        ("c322_crm_deals.xlsx", {"status_column": "won_only"}, "if_won_only"),
    ],
)
def test_answered_files_have_the_figures_of_the_answer(name: str, answers: dict[str, str], expected: str) -> None:
    found = summary(read_sales(HERE / name, answers=answers))
    for figure, value in CASES[name][expected].items():
        assert found[figure] == (pytest.approx(value, abs=0.011) if isinstance(value, float) else value)
    assert not set(answers) & set(found["questions"])  # type: ignore[call-overload]
