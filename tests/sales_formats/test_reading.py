"""The watched child: what it reads arrives unchanged, and whatever happens to it the next file is read."""

import io
import signal
import subprocess
import sys

import pandas as pd
import pytest

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.apart import child, wire
from sbyt_core.sales.apart.reading import ReadingService
from sbyt_core.sales.model import LINE_COLUMNS
from sbyt_core.sales.read import read_sales_bytes
from tests.sales_formats.making import CASES, case


@pytest.fixture(scope="module")
def service():
    service = ReadingService(workers=1)
    yield service
    service.close()


@pytest.mark.parametrize("name", ["c001_control_plain.xlsx", "c218_error_cells.xlsx", "c222_cost_instead_of_profit.xlsx"])
def test_a_reading_arrives_as_it_was_made(service, name):
    here = read_sales_bytes(case(name), name=name)
    there = service.read(CASES / name)
    pd.testing.assert_frame_equal(there.lines, here.lines)
    assert there.lines.dtypes.astype(str).to_dict() == LINE_COLUMNS
    pd.testing.assert_frame_equal(there.attributes, here.attributes, check_dtype=False)
    assert there.report == here.report
    assert (there.period, there.fingerprint) == (here.period, here.fingerprint)


def test_bytes_and_progress(service):
    told = []
    sales = service.read(case("c032_cp1251_semicolon.csv"), name="продажи.csv", on_progress=told.append)
    assert (len(sales.lines), sales.report.name) == (64, "продажи.csv")
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("name", "options", "kind", "code"),
    [
        ("c018_truncated.xlsx", {}, BadFile, "damaged_file"),
        ("c023_password.xlsx", {"password": "нет"}, BadFile, "wrong_password"),
        ("c001_control_plain.xlsx", {"mapping": {"client": "Нет такого"}}, BadInput, "no_such_column"),
        ("нет.xlsx", {}, BadFile, "file_not_found"),
    ],
)
def test_a_coded_error_is_the_same_here(service, name, options, kind, code):
    with pytest.raises(kind) as caught:
        service.read(CASES / name, **options)
    assert caught.value.code == code


def test_a_password_reaches_the_file(service):
    assert len(service.read(CASES / "c023_password.xlsx", password="секрет123").lines) == 64


def test_one_child_serves_many_files(service):
    service.read(CASES / "c001_control_plain.xlsx")
    first = service._idle[-1]
    service.read(CASES / "c029_plain.ods")
    assert service._idle[-1] is first


def test_a_cancelled_reading_and_the_next_one(service):
    asked = []
    with pytest.raises(BadFile, match="reading_cancelled"):
        service.read(CASES / "c001_control_plain.xlsx", cancelled=lambda: len(asked) > 0 or asked.append(1))
    assert len(service.read(CASES / "c001_control_plain.xlsx").lines) == 64


@pytest.mark.parametrize(
    ("limits", "code"), [({"memory_mb": 0}, "reading_took_too_much_memory"), ({"seconds": 0.01}, "reading_took_too_long")]
)
def test_limits_end_a_reading_and_the_service_lives_on(limits, code):
    rows = "\n".join(f"09.01.2025;Клиент {i};{i}" for i in range(60_000))
    service = ReadingService(**limits)
    try:
        for _ in range(2):
            with pytest.raises(BadFile, match=code):
                service.read(("Дата;Клиент;Сумма\n" + rows).encode(), name="x.csv")
    finally:
        service.close()


@pytest.mark.parametrize(("sent", "code"), [("SIGKILL", "reading_failed"), ("SIGABRT", "damaged_file")])
def test_a_child_that_dies_fails_its_reading_alone(service, sent, code):
    service.read(CASES / "c001_control_plain.xlsx")
    process = service._idle[-1]._process

    def dies(_):
        process.send_signal(getattr(signal, sent))

    with pytest.raises(BadFile, match=code):
        service.read(CASES / "c001_control_plain.xlsx", on_progress=dies)
    assert len(service.read(CASES / "c001_control_plain.xlsx").lines) == 64


def test_the_child_imports_nothing_heavy():
    heavy = "streamlit", "ibis", "sklearn", "plotly", "duckdb", "sqlalchemy"
    code = f"import sys, sbyt_core.sales.apart.worker; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=child.ROOT, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[1]", b'{"kind": "BadFile", "code": "nonsense", "params": {}}', b'{"kind": "X", "code": "no_rows", "params": {"z": 1}}'],
)
def test_nonsense_from_a_child_is_no_error_of_ours(body):
    with pytest.raises(wire.Broken):
        wire.fault_of(body)


@pytest.mark.parametrize("data", [b"", b"L", b"L" + b"\xff" * 8, b"?" + b"\0" * 8, b"L" + b"\0" * 7 + b"\x09abc"])
def test_a_broken_frame_is_found(data):
    with pytest.raises(wire.Broken):
        wire.receive(io.BytesIO(data))


def test_faults_keep_their_kind_and_parameters():
    fault = BadFile("no_such_sheet", sheet="x", sheets=("a", "b"))
    again = wire.fault_of(wire.fault_body(fault))
    assert (type(again), again.code, again.params) == (BadFile, fault.code, fault.params)
