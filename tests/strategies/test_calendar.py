"""Working days and hours against the printed production calendars of Russia and Belarus."""

from __future__ import annotations

import pytest

from sbyt_core.errors import BadInput
from sbyt_core.strategies.calendar import COUNTRIES, SHORT_EVES, working_month, working_year

# Russia, 40-hour week, working days and hours by month: the production calendar of 2025 as published (for one, findh.org)
RUSSIA_2025 = [
    (17, 136),
    (20, 160),
    (21, 167),
    (22, 175),
    (18, 144),
    (19, 151),
    (23, 184),
    (21, 168),
    (22, 176),
    (23, 184),
    (19, 151),
    (22, 176),
]
# Belarus, 5-day week of 40 hours: gb.by, production calendar of 2025
BELARUS_2025 = [
    (20, 159),
    (20, 160),
    (21, 167),
    (21, 166),
    (20, 159),
    (21, 168),
    (22, 175),
    (21, 168),
    (22, 176),
    (23, 184),
    (19, 151),
    (22, 174),
]


@pytest.mark.parametrize(("country", "printed"), [("RU", RUSSIA_2025), ("BY", BELARUS_2025)])
def test_every_month_of_2025_is_the_printed_one(country: str, printed: list[tuple[int, int]]) -> None:
    months = [working_month(2025, month, country=country) for month in range(1, 13)]
    assert [(month.days, month.hours) for month in months] == printed


# the norms of working time that the Russian calendars of these years print, days and hours
@pytest.mark.parametrize(("year", "days", "hours"), [(2023, 247, 1973), (2024, 248, 1979), (2025, 247, 1972), (2026, 247, 1972)])
def test_the_norm_of_a_year(year: int, days: int, hours: int) -> None:
    found = working_year(year)
    assert (found.days, found.hours) == (days, hours)


def test_a_saturday_worked_in_place_of_an_eve_is_short() -> None:
    """2 November 2024 stood for 30 April, the eve of 1 May; 28 December for the 30th, the eve of a mere day off."""
    assert working_month(2024, 11).short_days == 1
    assert working_month(2024, 12).short_days == 0


def test_eves_are_whole_days_where_the_law_does_not_shorten_them() -> None:
    assert "DE" not in SHORT_EVES
    found = working_year(2025, country="DE")
    assert found.hours == 8 * found.days


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_that_is_offered_has_a_calendar(country: str) -> None:
    assert 240 <= working_year(2026, country=country).days <= 262


def test_selling_hours() -> None:
    month = working_month(2025, 8)
    assert month.hours == 168
    assert month.selling_hours() == 126
    assert month.selling_hours(1) == 168


def test_what_is_no_month_no_country_and_no_share_is_refused() -> None:
    with pytest.raises(BadInput, match="out_of_range"):
        working_month(2025, 13)
    with pytest.raises(BadInput, match="out_of_range"):
        working_month(1900, 1)
    with pytest.raises(BadInput, match="not_a_choice"):
        working_month(2025, 1, country="XX")
    for share in (0.0, 1.2):
        with pytest.raises(BadInput, match="out_of_range"):
            working_month(2025, 1).selling_hours(share)
