"""The log as appended records: what comes back is what went in, twice is once, and a batch can be taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pandas as pd
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.practice import record
from sbyt_core.practice.log import as_log, empty_log
from sbyt_core.practice.read_log import BadRow
from sbyt_core.practice.record import batches, log_of, records, withdrawal
from tests.practice.making import log, run

STEPS = [("s1", True), ("s2", False)]
AT = datetime(2026, 1, 1, tzinfo=UTC)


def through_json(values: list[dict]) -> list[dict]:
    return json.loads(json.dumps(values, ensure_ascii=False))


def test_lines_come_back_as_they_went_in() -> None:
    lines = log(run("1", STEPS, minutes=4.5, in_time=True, note="=2+2 *жирно*"), run(None, STEPS, client="К2"))  # type: ignore[arg-type]
    lines.loc[lines["step"] == "s2", "in_time"] = None
    kept = log_of(through_json(records(lines, batch="b", source="file", name="log.xlsx")))
    ordered = lines.sort_values(["moment", "client_key"], kind="stable").reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, ordered)


def test_the_same_batch_twice_is_one_and_a_mended_one_holds() -> None:
    first = records(log(run("1", STEPS)), batch="b", source="file")
    mended = records(log(run("1", [("s1", False), ("s2", True)])), batch="c", source="file")
    assert len(log_of([*first, *first])) == 2
    assert log_of([*first, *mended])["done"].tolist() == [False, True]


def test_a_withdrawn_batch_is_gone_until_it_comes_again() -> None:
    first = records(log(run("1", STEPS)), batch="b", source="hand")
    other = records(log(run("2", STEPS)), batch="c", source="hand")
    assert len(log_of([*first, *other, withdrawal("b")])) == 2
    assert len(log_of([*first, withdrawal("b"), *first])) == 2
    assert len(log_of([withdrawal("b")])) == 0


def test_a_big_file_is_cut_and_comes_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROWS", 3)
    lines = log(*(run(str(i), STEPS) for i in range(5)))
    made = records(lines, batch="b", source="file", name="log.xlsx")
    assert [len(value["rows"]) for value in made] == [3, 3, 3, 1]
    assert len(log_of(made)) == 10
    (batch,) = batches([(value, "анна", AT) for value in made])
    assert (batch.rows, batch.name, batch.live) == (10, "log.xlsx", True)


def test_batches_say_what_came_and_what_was_taken_back() -> None:
    first = records(log(run("1", STEPS)), batch="b", source="file", name="а.xlsx")
    second = records(log(run("2", STEPS)), batch="c", source="hand")
    found = batches([(first[0], "анна", AT), (second[0], "борис", AT), (withdrawal("b"), "анна", AT)])
    assert [(one.batch, one.live, one.author) for one in found] == [("c", True, "борис"), ("b", False, "анна")]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "текст",
        {},
        {"batch": "b", "source": "file", "name": "", "texts": [], "rows": [[1, 2]]},
        {"batch": "b", "source": "file", "name": "", "texts": [], "rows": [], "bad": [["Лист", "седьмая", [], []]]},
        {"batch": "b", "source": "file", "name": "", "texts": [], "rows": [], "bad": 5},
        {"batch": "b", "source": "elsewhere", "name": "", "texts": [], "rows": []},
        {"batch": "b", "source": "file", "name": "", "texts": ["x"], "rows": [["2025", 5, 0, 0, 0, 0, True, None, None, None, False]]},
        {"batch": "b", "source": "file", "name": "", "texts": ["x"], "rows": [["не день", 0, 0, 0, 0, 0, True, None, None, None, False]]},
    ],
)
def test_what_is_no_record_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match="bad_json"):
        log_of([value])


def test_an_empty_log_is_empty() -> None:
    pd.testing.assert_frame_equal(log_of([]), empty_log())
    assert len(log_of(records(as_log([]), batch="b", source="hand"))) == 0


def test_rows_that_were_not_taken_stay_with_their_file() -> None:
    bad = (BadRow("Лист1", 7, ("log_bad_date",), ("=1+1", "")),)
    made = through_json(records(as_log([]), batch="b", source="file", name="log.xlsx", headers=("Дата", "Шаг"), bad=bad))
    (batch,) = batches([(made[0], "анна", AT)])
    assert (batch.rows, batch.headers, batch.bad) == (0, ("Дата", "Шаг"), bad)
