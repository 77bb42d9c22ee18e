"""Files by content."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sbyt_core.errors import SbytError
from sbyt_core.store.files import Files


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_what_is_put_comes_back(tmp_path: Path, content: bytes) -> None:
    files = Files(tmp_path)
    name = files.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert files.get(name) == files.path(name).read_bytes() == content


def test_equal_files_are_kept_once_even_at_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: files.put(b"same" * 100_000), range(40)))
    assert kept(tmp_path) == list(names)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "0" * 63 + "/", "0" * 64 + "\n"])
def test_no_other_name_reaches_the_disk(tmp_path: Path, name: str) -> None:
    with pytest.raises(SbytError, match="stored_file_lost"):
        Files(tmp_path).get(name)
    with pytest.raises(SbytError, match="stored_file_lost"):
        Files(tmp_path).path(name)


def test_a_file_that_is_not_as_expected_is_not_adopted(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with files.scratch() as path:
        path.write_bytes(b"other")
        with pytest.raises(SbytError, match="damaged_or_unsafe_file"):
            files.adopt(path, "0" * 64)
    assert kept(tmp_path) == []
