"""Numbers written in any supported way read back to the value they were written from."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.sales.values.numbers import read_numbers

CENTS = st.integers(min_value=-(10**11), max_value=10**11)
SPACES = [" ", "\u00a0", "\u202f", "\u2009", ""]


def written(cents: int, space: str, mark: str, style: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", space) + f"{mark}{rest:02}"
    if cents < 0:
        return {"minus": f"-{text}", "long": f"\u2212{text}", "after": f"{text}-", "brackets": f"({text})"}[style]
    return text


@given(
    cents=CENTS, space=st.sampled_from(SPACES),
    mark=st.sampled_from([",", "."]), style=st.sampled_from(["minus", "long", "after", "brackets"]),
    unit=st.sampled_from(["", " руб.", " ₽", " р.", " EUR"]),
)  # fmt: skip
def test_written_amounts_read_back(cents: int, space: str, mark: str, style: str, unit: str) -> None:
    text = written(cents, space, mark, style) + unit
    assert read_numbers([text]).values[0] == pytest.approx(cents / 100, abs=1e-6, rel=1e-12)


@given(cents=CENTS, group=st.sampled_from([(",", "."), (".", ","), ("'", ".")]))
def test_amounts_with_marked_thousands_read_back(cents: int, group: tuple[str, str]) -> None:
    thousands, decimal = group
    text = f"{abs(cents) // 100:,}".replace(",", thousands) + f"{decimal}{abs(cents) % 100:02}"
    assert read_numbers([text]).values[0] == pytest.approx(abs(cents) / 100, abs=1e-6, rel=1e-12)


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["$74,000.00", "-$7,400.00", "$750.01"], [74000, -7400, 750.01]),
        (["12 %", "4,0 %", "0,5%"], [0.12, 0.04, 0.005]),
        (["12,5 тыс. руб.", "3 млн ₽"], [12500, 3_000_000]),
        (["100,00 Дт", "50,00 Кт"], [100, -50]),
        (["100,00 Кт", "50,00 Кт"], [100, 50]),
        (["1.2E+05", "1E5"], [120_000, 100_000]),
        (["1 200,50 р", "-750 Р", "10 ₽."], [1200.5, -750, 10]),
        (["1.234", "12.5"], [1.234, 12.5]),
        (["1.234", "1.234.567"], [1234, 1_234_567]),
        (["1,234", "1,234.50"], [1234, 1234.5]),
        (["40,000", "1 200,50"], [40, 1200.5]),
    ],
)
def test_a_column_decides_its_marks(texts: list[str], values: list[float]) -> None:
    read = read_numbers(texts)
    assert list(read.values) == pytest.approx(values)
    assert not read.bad.any()
    assert not read.ambiguous


def test_one_mark_and_three_digits_are_left_unread_until_somebody_says() -> None:
    texts = ["1.234", "5.678", "12.345"]
    unread = read_numbers(texts)
    assert unread.ambiguous
    assert all(math.isnan(value) for value in unread.values)
    assert list(read_numbers(texts, "thousands").values) == [1234, 5678, 12345]
    assert list(read_numbers(texts, "decimal").values) == [1.234, 5.678, 12.345]
    assert list(read_numbers(texts, told={".": "thousands"}).values) == [1234, 5678, 12345]


@pytest.mark.parametrize("text", ["н/д", "-", "#N/A", "1 23 456", "12.34.56", "РТ-000001", "10-12", "1,23,456.7", "двести"])
def test_what_is_no_number_is_missing_and_told(text: str) -> None:
    read = read_numbers([text, "5"])
    assert math.isnan(read.values[0])
    assert list(read.bad) == [True, False]


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_missing(text: str) -> None:
    value = read_numbers([text]).values[0]
    assert math.isnan(value) or math.isfinite(value)
