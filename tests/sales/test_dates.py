"""Dates written in any supported way read back to the day they were written from."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.sales.values.dates import read_date, read_dates, read_period, serial_day

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2069, 12, 31))
MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
FORMS = [
    "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%Y%m%d", "%d.%m.%Y 0:00:00", "%Y-%m-%dT10:20:30",
    "%d-%b-%Y", "%b %d, %Y", "%d/%b/%Y", "%Y/%m/%d 23:59",
]  # fmt: skip


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_written_days_read_back(day: date, form: str) -> None:
    read = read_date(day.strftime(form))
    assert read is not None
    assert read.day == day


@given(day=DAYS)
def test_russian_days_and_days_inside_a_document_read_back(day: date) -> None:
    for text in (f"{day.day} {MONTHS[day.month - 1]} {day.year} г.", f"Реализация (акт, накладная) РТ-000001 от {day:%d.%m.%Y} 12:30:00"):
        read = read_date(text)
        assert read is not None
        assert read.day == day


@given(day=DAYS)
def test_serial_numbers_read_back(day: date) -> None:
    assert serial_day((day - date(1899, 12, 30)).days) == day
    assert serial_day(float(day.strftime("%Y%m%d"))) == day


@given(days=st.lists(DAYS, min_size=1, max_size=20), first=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_day_above_12_decides_the_order_of_the_column(days: list[date], first: str) -> None:
    days = [*days, date(2025, 1, 31)]
    read = read_dates([day.strftime(first) for day in days])
    assert list(read.days.astype("datetime64[D]").astype(object)) == days
    assert not read.ambiguous


def test_days_up_to_12_with_slashes_are_ambiguous_and_with_dots_are_not() -> None:
    assert read_dates(["01/09/2025", "02/01/2025"]).ambiguous
    assert not read_dates(["01.09.2025", "02.01.2025"]).ambiguous
    assert read_dates(["01/09/2025"], "month_first").days[0] == np.datetime64("2025-01-09")
    assert read_dates(["01/09/2025"], "day_first").days[0] == np.datetime64("2025-09-01")
    assert not read_dates(["03/03/2025"]).ambiguous


@pytest.mark.parametrize(
    "text", ["31.02.2025", "01.01.0001", "01.01.0001 0:00:00", "  .  .    ", "05.01.2205", "30/30/2025", "13.13.2025", "вчера"]
)
def test_days_that_do_not_exist_are_missing_and_told(text: str) -> None:
    read = read_dates([text])
    assert np.isnat(read.days[0])
    assert read.bad[0] == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Январь 2025 г.", date(2025, 1, 1), date(2025, 1, 31)),
        ("фев.24", date(2024, 2, 1), date(2024, 2, 29)),
        ("12.2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("III кв. 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("1 квартал 2025 г.", date(2025, 1, 1), date(2025, 3, 31)),
        ("Q4 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024 год", date(2024, 1, 1), date(2024, 12, 31)),
        ("Mar 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("May 2025", date(2025, 5, 1), date(2025, 5, 31)),
    ],
)
def test_months_quarters_and_years_are_spans(text: str, first: date, last: date) -> None:
    assert read_period(text) == (first, last)


def test_a_month_alone_stands_for_its_last_day() -> None:
    read = read_dates(["Январь 2025", "Февраль 2025"])
    assert read.monthly
    assert list(read.days) == [np.datetime64("2025-01-31"), np.datetime64("2025-02-28")]


@given(st.text(max_size=30))
def test_any_text_is_a_day_within_bounds_or_none(text: str) -> None:
    read = read_date(text)
    assert read is None or date(1990, 1, 1) <= read.day <= date(2079, 12, 31) + timedelta(0)
