"""--rates and --facts: net profit by command line, and every fault of the two files by its code in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from sbyt_core.__main__ import main
from tests.docs.making import write_sales

RATES = '{"document": 100, "delivery": 500, "hour": 900, "overdue": 0.18}'


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Sales of twelve clients with 12 documents each, rates, and facts of the first two and of a stranger."""
    write_sales(tmp_path / "sales.xlsx")
    (tmp_path / "rates.json").write_text(RATES, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (
        ["Контрагент", "Доставок", "Часов", "Просроченный долг", "Дней просрочки"],
        ["ООО «Проба-1»", 10, 2, 36_500, 10],
        ["Проба-2", 1, None, 0, None],
        ["ООО «Чужой»", 1, 1, None, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "clients.xlsx")
    return {name: str(tmp_path / name) for name in ("sales.xlsx", "rates.json", "clients.xlsx")}


def run(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict]:
    code = main([*options, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_net_profit_by_command_line(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(
        capsys,
        "segment",
        files["sales.xlsx"],
        "--rates",
        files["rates.json"],
        "--facts",
        files["clients.xlsx"],
        "--measure",
        "net",
        "--clients",
    )
    assert code == 0
    assert found["measure"] == "net"
    # by hand: 12 clients × 12 documents × 100; 11 deliveries × 500; 2 hours × 900; 36 500 · 18 % · 10 / 365
    assert found["cost"]["drivers"] == {"document": 14_400, "delivery": 5_500, "hour": 1_800, "overdue": 180}
    assert found["cost"]["total"] == 21_880
    assert found["cost"]["not_counted"] == {"delivery": 10, "hour": 11, "overdue": 10}
    assert found["cost"]["warnings"] == ["facts_unmatched", "cost_not_counted"]
    assert found["facts"] == {
        "rows": 3,
        "matched": 2,
        "unmatched": [{"row": 4, "client": "ООО «Чужой»", "client_code": None, "why": "unknown"}],
    }
    first = next(client for client in found["clients"] if client["client"] == "ООО «Проба-1»")
    # revenue 12 · 1000 · 13², a fifth of it is profit; less 1 200 + 5 000 + 1 800 + 180
    assert first["value"] == 12 * 1000 * 169 / 5 - 8_180
    segments = found["segments"].values()
    assert sum(s["profit"] for s in segments) - sum(s["net_profit"] for s in segments) == pytest.approx(21_880)


def test_without_rates_there_is_no_cost(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "segment", files["sales.xlsx"])
    assert code == 0
    assert (found["cost"], found["facts"], found["measure"]) == (None, None, "profit")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("command", ["segment", "inspect"])
@pytest.mark.parametrize(
    ("option", "content", "code"),
    [
        ("--rates", None, "file_not_found"),
        ("--rates", "{}", "no_rates"),
        ("--rates", '{"document": -5}', "rate_out_of_range"),
        ("--rates", '{"delivery": {"minutes": 5}}', "no_minute_rate"),
        ("--rates", "rubbish", "bad_json"),
        ("--facts", None, "file_not_found"),
        ("--facts", "Контрагент;Город\nВега;Пермь\n", "no_fact_column"),
        ("--facts", "Город;Часов\nПермь;1\n", "no_client_column"),
    ],
)
def test_faults_of_the_two_files(
    files: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    option: str,
    content: str | None,
    code: str,
    lang: str,
) -> None:
    path = tmp_path / "given"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    exit_code, found = run(capsys, command, files["sales.xlsx"], option, str(path), "--lang", lang)
    assert exit_code == 2
    assert found["error"]["code"] == code
    assert found["error"]["hint"]


def test_the_workbook_has_the_sheets_of_net_profit(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "segments.xlsx"
    code, found = run(
        capsys, "segment", files["sales.xlsx"], "--rates", files["rates.json"], "--facts", files["clients.xlsx"], "--out", str(out)
    )
    assert code == 0
    book = openpyxl.load_workbook(out, data_only=True)
    costs = {row[0].value: row[1].value for row in book["Чистая прибыль"].iter_rows(max_row=20)}
    assert costs["Доставки"] == -found["cost"]["drivers"]["delivery"]
    assert costs["Чистая прибыль"] == pytest.approx(found["profit"] - found["cost"]["total"] - 12 * 1000 / 5)  # less those of no client
    assert "Строки без клиента" in book.sheetnames
