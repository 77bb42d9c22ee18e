"""Whatever a file holds, reading it gives figures or a coded error: within time and memory, and the same child reads the next one.

Seeds are fixed: a run is the same everywhere. Thousands more are tried by `python -m bench.fuzz`.
"""

import json
import math
import random
import subprocess
import sys

import pytest

from sbyt_core.errors import ERRORS, SbytError
from sbyt_core.sales.apart.child import ROOT
from sbyt_core.sales.apart.reading import ReadingService
from sbyt_core.sales.model import SalesData
from tests.sales_formats.making import case
from tests.sales_formats.mutants import FAULTS, mutant

PARTS, MUTANTS = 10, 32  # 320 through the child
COMMANDS = 5  # a part, of 4
SECONDS = 20
MEMORY_MB = 550  # over the 150 that a child has by itself


@pytest.fixture(scope="module")
def service():
    service = ReadingService(workers=1, memory_mb=MEMORY_MB, seconds=SECONDS)
    yield service
    service.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_a_mutant_gives_figures_or_a_coded_error(service, part):
    for number in range(MUTANTS):
        seed = 1_000 * part + number
        sales, code = read(service, mutant(random.Random(seed)))
        assert code not in FAULTS, seed
        if sales is not None:
            assert sales.revenue is None or math.isfinite(sales.revenue), seed
            assert sales.report.rows_read == len(sales.lines) + sum(sales.report.skipped.values()), seed
    assert len(service.read(case("c001_control_plain.xlsx"), name="x").lines) == 64


def read(service: ReadingService, data: bytes) -> tuple[SalesData | None, str | None]:
    """The sales, or the code of the error."""
    try:
        return service.read(data, name="x"), None
    except SbytError as fault:
        return None, fault.code


@pytest.mark.parametrize("part", range(4))
def test_a_mutant_on_the_command_line(tmp_path, part):
    for number in range(COMMANDS):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(mutant(random.Random(100_000 + 10 * part + number)))
        done = subprocess.run(
            [sys.executable, "-m", "sbyt_core", "inspect", str(path), "--json"], capture_output=True, timeout=SECONDS, cwd=ROOT
        )
        said = json.loads(done.stdout)
        assert b"Traceback" not in done.stderr
        if done.returncode == 0:
            assert {"rows", "revenue", "n_clients"} <= set(said)
        else:
            assert done.returncode == 2
            assert said["error"]["code"] in set(ERRORS) - FAULTS
