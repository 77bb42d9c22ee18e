"""A fair split: every unit in one wave, one of each block in each wave, like with like, one seed one split."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import SbytError
from sbyt_core.results.waves import split_waves
from tests.results.panels import noisy, panel_of

START = date(2026, 1, 1)


@settings(max_examples=40)
@given(st.integers(4, 20), st.integers(2, 4), st.integers(0, 50))
def test_every_unit_once_and_each_block_over_the_waves(units: int, waves: int, seed: int) -> None:
    split = split_waves(panel_of(noisy(24, units, seed=seed)), start=START, waves=waves, seed=seed)
    named = [unit for wave in split.waves for unit in wave.units]
    assert sorted(named) == [f"u{k:02d}" for k in range(units)]
    number = {unit: wave.number for wave in split.waves for unit in wave.units}
    for block in split.blocks:
        assert len({number[unit] for unit in block}) == len(block) <= waves
    sizes = [len(wave.units) for wave in split.waves]
    assert max(sizes) - min(sizes) <= 1


def test_twins_stand_in_one_pair() -> None:
    """Units 0 and 1, 2 and 3 … are alike but for a little noise; the pairs are found whatever their order."""
    base = np.repeat(noisy(24, 5, seed=9, noise=0.3), 2, axis=1)
    values = base * np.exp(np.random.default_rng(1).normal(0, 0.01, base.shape))
    split = split_waves(panel_of(values), start=START, seed=1)
    assert sorted(tuple(sorted(block)) for block in split.blocks) == [(f"u{k:02d}", f"u{k + 1:02d}") for k in range(0, 10, 2)]


def test_one_seed_one_split_and_chance_decides() -> None:
    panel = panel_of(noisy(24, 12, seed=3))
    assert split_waves(panel, start=START, seed=5).waves == split_waves(panel, start=START, seed=5).waves
    first = [set(split_waves(panel, start=START, seed=seed).waves[0].units) for seed in range(60)]
    share = np.mean(["u00" in wave for wave in first])
    assert 0.25 < share < 0.75, "a unit starts first in about half of the draws"


def test_dates_of_the_waves_and_the_register() -> None:
    split = split_waves(panel_of(noisy(24, 9, seed=3)), start=START, waves=3, every=4, seed=5)
    assert [wave.date for wave in split.waves] == [date(2026, 1, 1), date(2026, 5, 1), date(2026, 9, 1)]
    assert len(split.rollouts) == 9
    assert {one.date for one in split.rollouts if one.unit in split.waves[1].units} == {date(2026, 5, 1)}


def test_units_that_stopped_selling_are_not_asked() -> None:
    values = noisy(24, 6, seed=3)
    values[10:, 4] = 0
    split = split_waves(panel_of(values), start=START, seed=1)
    assert "u04" not in {unit for wave in split.waves for unit in wave.units}


def test_too_few_units_and_too_many_waves() -> None:
    with pytest.raises(SbytError, match="too_few_units"):
        split_waves(panel_of(noisy(24, 2, seed=1)), start=START, waves=3, seed=1)
    with pytest.raises(SbytError, match="out_of_range"):
        split_waves(panel_of(noisy(24, 9, seed=1)), start=START, waves=9, seed=1)


def test_blocks_stand_inside_branches_as_far_as_they_go() -> None:
    """Four units of x and three of y: pairs inside, one of y left over in a block of its own."""
    groups = {f"u{k:02d}": "x" if k < 4 else "y" for k in range(7)}
    for seed in range(10):
        split = split_waves(panel_of(noisy(24, 7, seed=seed)), start=START, seed=seed, groups=groups)
        pairs = [block for block in split.blocks if len(block) == 2]
        assert len(pairs) == 3
        assert all(groups[a] == groups[b] for a, b in pairs)
        for wave in split.waves:
            assert sum(groups[unit] == "x" for unit in wave.units) == 2
