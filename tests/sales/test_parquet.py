"""A reading kept as Parquet comes back unchanged; anything else is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.parquet import read_parquet, write_sales
from sbyt_core.sales.report_json import report_from_json, report_to_json
from tests.sales.books import HEADERS, ROWS, grid, read


def company() -> SalesData:
    rows = [[*row, "Москва" if "Вега" in str(row[2]) else "Тула"] for row in ROWS]
    rows[3][0], rows[4][6], rows[5][2] = None, None, None
    return read(grid([["Период: 01.01.2025 - 30.06.2025"], [*HEADERS, "Город"], *rows, *rows[:1]]))


def test_everything_comes_back(tmp_path: Path) -> None:
    sales = company()
    path = tmp_path / "sales.parquet"
    write_sales(sales, path)
    write_sales(sales, path)
    kept = read_parquet(path)
    pd.testing.assert_frame_equal(kept.lines, sales.lines)
    pd.testing.assert_frame_equal(kept.attributes, sales.attributes)
    assert (kept.report, kept.period, kept.fingerprint) == (sales.report, sales.period, sales.fingerprint)
    assert [file.name for file in tmp_path.iterdir()] == ["sales.parquet"]


def test_missing_is_null_and_days_are_days(tmp_path: Path) -> None:
    sales = company()
    write_sales(sales, tmp_path / "s.parquet")
    table = pq.read_table(tmp_path / "s.parquet")
    assert table.schema.field("date").type == pa.date32()
    for name in ("date", "client_key", "profit", "discount", "branch"):
        assert table.column(name).null_count == int(sales.lines[name].isna().sum())


def test_the_report_survives_json() -> None:
    report = company().report
    assert report.questions
    assert report.problems
    assert report_from_json(report_to_json(report)) == report


def test_other_files_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.parquet"
    pq.write_table(pa.table({"a": [1]}), foreign)
    (tmp_path / "text.parquet").write_text("нет")
    for name, code in (("foreign.parquet", "damaged_file"), ("text.parquet", "damaged_file"), ("none.parquet", "file_not_found")):
        with pytest.raises(BadFile) as caught:
            read_parquet(tmp_path / name)
        assert caught.value.code == code
    for text in ("", "[]", "{}", '{"headers": 1}'):
        with pytest.raises(BadFile):
            report_from_json(text)
