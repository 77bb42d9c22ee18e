"""One workbook a manager: his clients and nobody else's, and together the whole base."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from sbyt_core.reports import manager_zip
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import base, lines, opened, table_of


@pytest.fixture(scope="module")
def segmentation():
    return base()


@pytest.fixture(scope="module", params=LANGUAGES)
def files(request, segmentation):
    archive = zipfile.ZipFile(BytesIO(manager_zip(segmentation, lang=request.param, project_name="Ромашка", made_at=datetime(2026, 1, 15))))
    return speech(request.param), {name: opened(archive.read(name)) for name in archive.namelist()}


def clients_of(book, say) -> list[str]:
    sheets = [book[say(f"report.sheet.{code}")] for code in ("A", "B", "C", "new") if say(f"report.sheet.{code}") in book.sheetnames]
    return [name for sheet in sheets for name in table_of(sheet)[say("report.column.client")]]


def test_every_client_is_in_one_file_and_all_are(files, segmentation):
    say, books = files
    everyone = [name for book in books.values() for name in clients_of(book, say)]
    assert sorted(everyone) == sorted(segmentation.frame["client"])


def test_a_manager_sees_his_own_clients_and_their_money(files):
    say, books = files
    # in the invented base client i belongs to manager i mod 3, Anna being the first; client 0 is the walk-in one
    anna = books["Анна Орлова.xlsx"]
    assert set(clients_of(anna, say)) == {f"ООО «Клиент {i}»" for i in range(3, 40, 3)}
    own = lines().loc[lambda t: t["date"].between("2025-01-01", "2025-12-31") & (t["manager"] == "Анна Орлова") & ~t["aggregate"]]
    own = own[own["client_key"].notna()]
    total = next(row for row in anna.worksheets[0].iter_rows(values_only=True) if row[0] == say("report.total"))
    assert total[3] == pytest.approx(own["revenue"].sum(), abs=1e-6)
    texts = {cell for sheet in anna for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)}
    assert not any("Борис" in text for text in texts)


def test_the_strategies_stand_in_every_file_with_own_hours(files, segmentation):
    say, books = files
    for book in books.values():
        heads = next(row for row in book[say("report.sheet.strategies")].iter_rows(values_only=True) if row[1])
        assert heads[1].startswith(say("strategy.A.name"))
    frame = segmentation.frame
    a_late = (frame["segment"] == "A") & frame["state"].isin(["late", "asleep", "lost"])
    plain_a = (frame["segment"] == "A") & ~a_late & (frame["manager"] == "Анна Орлова")
    heads = [cell for row in books["Анна Орлова.xlsx"][say("report.sheet.strategies")].iter_rows(values_only=True) for cell in row if cell]
    assert any(str(cell).startswith(f"{say('strategy.A.name')}\n{say('words.clients', n=int(plain_a.sum()))}") for cell in heads)


def test_the_same_input_gives_the_same_bytes(segmentation):
    assert manager_zip(segmentation) == manager_zip(segmentation)
