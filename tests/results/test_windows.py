"""The two windows: equal whole months, the same months a year before, never over the rollout; prices of one month."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.results.sources.prices import Prices
from sbyt_core.results.windows import whole_period, windows
from sbyt_core.sales.period import Period, add_months
from tests.clients.making import day, sales_data

THREE_YEARS = Period(day("2023-01-01"), day("2025-12-31"))


def span(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("rollout", "before", "after", "basis"),
    [
        ("2025-07-01", ("2024-07-01", "2024-12-31"), ("2025-07-01", "2025-12-31"), "year"),
        ("2025-06-15", ("2024-07-01", "2024-12-31"), ("2025-07-01", "2025-12-31"), "year"),  # June is not whole under the rollout
        ("2024-07-01", ("2022-07-01", "2023-12-31"), ("2024-07-01", "2025-12-31"), "preceding"),  # two years back: no data
        ("2026-03-01", ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), "year"),  # not begun: this year against last
        (None, ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), "year"),
    ],
)
def test_windows_of_three_years(rollout: str | None, before: tuple, after: tuple, basis: str) -> None:
    found = windows(THREE_YEARS, day(rollout) if rollout else None)
    assert found.basis == basis
    assert span(found.after)[1] == after[1]
    if basis == "year":
        assert (span(found.before), span(found.after)) == (before, after)
    else:  # eighteen months there are before and after
        assert (span(found.before), span(found.after)) == (("2023-01-01", "2024-06-30"), ("2024-07-01", "2025-12-31"))


def test_short_data_are_halved() -> None:
    found = windows(Period(day("2025-01-01"), day("2025-07-31")))
    assert (span(found.before), span(found.after), found.basis) == (("2025-02-01", "2025-04-30"), ("2025-05-01", "2025-07-31"), "preceding")


@given(st.integers(2, 60), st.integers(-5, 65))
def test_windows_are_equal_whole_and_apart(months: int, start: int) -> None:
    whole = Period(date(2020, 1, 1), Period(date(2020, 1, 1), date(2020, 1, 31)).shifted(months - 1).end)
    found = windows(whole, add_months(whole.start, start))
    assert found.before.months == found.after.months == found.months
    assert whole.start <= found.before.start
    assert found.before.end < found.after.start <= found.after.end <= whole.end
    if found.rollout:
        assert found.before.end < found.rollout <= found.after.start
        assert found.basis == "preceding" or found.distance % 12 == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2025-01-03", "2025-03-28"], ("2025-01-01", "2025-03-31")),
        (["2025-01-20", "2025-04-10"], ("2025-02-01", "2025-03-31")),
    ],
)
def test_only_whole_months_count(days: list[str], expected: tuple[str, str]) -> None:
    sales = sales_data([{"date": one, "client_key": "a", "revenue": 1.0} for one in days])
    assert span(whole_period(sales)) == expected


@pytest.mark.parametrize(
    ("days", "code"), [([None], "no_dates"), (["2025-01-02", "2025-01-30"], "results_too_short"), (["2025-01-20"], "results_too_short")]
)
def test_too_little_is_said_in_a_code(days: list, code: str) -> None:
    with pytest.raises(BadInput) as fault:
        whole_period(sales_data([{"date": one, "client_key": "a", "revenue": 1.0} for one in days]))
    assert fault.value.code == code


def test_a_rate_a_year_makes_twelve_months_one_rate() -> None:
    months = pd.Series(pd.to_datetime(["2024-12-01", "2025-06-01", "2025-12-01"]))
    factor = Prices(rate=0.21).factor(months, date(2025, 12, 31))
    assert factor.tolist() == pytest.approx([1.21, 1.1, 1.0])  # half a year: the root of 1.21


def test_a_table_gives_every_month_its_own_level() -> None:
    prices = Prices.of_levels({date(2025, 1, 9): 100, date(2025, 3, 1): 110})
    months = pd.Series(pd.to_datetime(["2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01"]))
    assert prices.factor(months, date(2025, 3, 1)).tolist() == pytest.approx([1.1, 1.1, 1.1, 1.0])
    assert prices.missing(months) == (date(2024, 12, 1), date(2025, 2, 1))
    assert prices.index([date(2025, 1, 1)], date(2025, 3, 1)) == pytest.approx({date(2025, 1, 1): 1 / 1.1})


@pytest.mark.parametrize(
    ("made", "code"), [({}, "empty_prices"), ({"rate": 9.0}, "out_of_range"), ({"levels": ((date(2025, 1, 1), 0.0),)}, "out_of_range")]
)
def test_prices_that_make_no_sense(made: dict, code: str) -> None:
    with pytest.raises(BadInput) as fault:
        Prices(**made)
    assert fault.value.code == code
