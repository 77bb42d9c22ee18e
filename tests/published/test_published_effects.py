"""Effects that papers and textbooks print, found by the program's own functions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sbyt_core.results.evidence.contrast import Window, contrast
from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.evidence.regression import counts, least_squares
from sbyt_core.results.evidence.synthetic import pretend, synthetic_control
from sbyt_core.results.model import Rollout, Settings
from sbyt_core.results.starts import NEVER, Starts
from tests.results.panels import panel_of
from tests.shared_data import published

HERE = Path(__file__).parent


def starts(names: list[str], one: str, row: int) -> Starts:
    begun = np.array([row if name == one else NEVER for name in names])
    return Starts(begun, begun)


@pytest.fixture(scope="module")
def prop99() -> pd.DataFrame:
    return pd.read_csv(HERE / "california_prop99.csv", index_col="Year")


def test_prop_99_four_means(prop99: pd.DataFrame) -> None:
    """Arkhangelsky et al. 2021, table 1: difference in differences −27.3; the four means give −27.349111."""
    found = contrast(prop99.to_numpy(), starts(list(prop99), "California", 19), Window(before=19))
    assert found is not None
    assert found.delta == pytest.approx(-27.349111, abs=1e-6)


def test_prop_99_synthetic_control(prop99: pd.DataFrame) -> None:
    """The same table: synthetic control −19.6, give or take 0.3. Weights are a mix: none below 0, one together."""
    own, others = prop99["California"].to_numpy(), prop99.drop(columns="California").to_numpy()
    after = np.asarray(prop99.index >= 1989)
    found = synthetic_control(own, others, after)
    assert found.gap == pytest.approx(-19.6, abs=0.3)
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)
    # Abadie, Diamond, Hainmueller 2010: few states carry the mix, and California's break is rare among the 39
    assert (found.weights > 0.001).sum() <= 8
    assert pretend(own, others, after, found).p <= 4 / 39


def test_prop_99_is_no_difference_in_differences_of_units(prop99: pd.DataFrame) -> None:
    panel = panel_of(prop99.to_numpy(), units=list(prop99))
    found = effect_on(panel, [Rollout("California", panel.months[19])], Settings())
    assert found.rung == "L5"
    assert found.estimate("L3").reasons == ("one_unit",)  # type: ignore[union-attr]
    assert found.effect is not None
    assert found.effect < 0
    assert found.verdict != "confirmed"


def test_organ_donations() -> None:
    """The Effect, chapter 18: −0.022. Two-way fixed effects of one state in a balanced panel are the difference of four means."""
    table = pd.read_csv(HERE / "organ_donations.csv")
    wide = table.pivot(index="Quarter_Num", columns="State", values="Rate")
    found = contrast(wide.to_numpy(), starts(list(wide), "California", 3), Window(before=3))
    assert found is not None
    assert found.delta == pytest.approx(-0.0225, abs=5e-5)
    treated = ((table["State"] == "California") & (table["Quarter_Num"] >= 4)).to_numpy(float)
    states = {name: (table["State"] == name).to_numpy(float) for name in sorted(set(table["State"]))[1:]}
    quarters = {f"q{q}": (table["Quarter_Num"] == q).to_numpy(float) for q in range(2, 7)}
    clustered = least_squares(table["Rate"].to_numpy(), {"d": treated} | states | quarters, clusters=table["State"].factorize()[0])["d"]
    assert clustered.value == pytest.approx(found.delta, abs=1e-9)
    assert clustered.se == pytest.approx(0.0067, abs=5e-5)


@pytest.mark.parametrize(
    ("more", "value", "se"),
    [
        ((), -11_863.9, 7_456.6),
        (("age", "agesq"), -21_920.3, 6_359.7),
        (("age", "agesq", "intst", "land", "area", "rooms", "baths"), -14_177.9, 4_987.3),
    ],
)
def test_kielmc(more: tuple[str, ...], value: float, se: float) -> None:
    """Wooldridge, table 13.2: the effect of an incinerator on prices of houses near it."""
    table = pd.read_csv(published("kielmc.csv"))
    columns = {name: table[name].to_numpy(float) for name in ("y81", "nearinc", *more)}
    columns["both"] = columns["y81"] * columns["nearinc"]
    found = least_squares(table["rprice"].to_numpy(), columns)["both"]
    assert (round(found.value, 1), round(found.se, 1)) == (value, se)


def test_sicily_trend_alone() -> None:
    """Lopez Bernal et al. 2017: the smoking ban, relative risk 0.894 [0.865, 0.925]."""
    table = pd.read_csv(published("sicily.csv"))
    columns = {"ban": table["smokban"].to_numpy(float), "time": np.arange(1, 60)}
    found = counts(table["aces"].to_numpy(), columns, table["stdpop"].to_numpy())["ban"]
    assert np.exp([found.value, found.low, found.high]) == pytest.approx([0.894, 0.8647, 0.9251], abs=5e-4)


def test_sicily_with_seasons_and_dispersion() -> None:
    """The same with two harmonics and quasi-Poisson errors: 0.885 [0.839, 0.933]."""
    table = pd.read_csv(published("sicily.csv"))
    columns = {"ban": table["smokban"].to_numpy(float), "time": np.arange(1, 60)}
    angle = 2 * np.pi * table["month"].to_numpy() / 12
    columns |= {f"{name}{k}": wave(k * angle) for k in (1, 2) for name, wave in (("sin", np.sin), ("cos", np.cos))}
    found = counts(table["aces"].to_numpy(), columns, table["stdpop"].to_numpy(), scale="X2")["ban"]
    assert np.exp([found.value, found.low, found.high]) == pytest.approx([0.885, 0.839, 0.933], abs=5e-4)


def test_the_dates_of_the_panel_are_of_no_matter(prop99: pd.DataFrame) -> None:
    panel = panel_of(prop99.to_numpy(), units=list(prop99), first=date(2001, 5, 1))
    found = effect_on(panel, [Rollout("California", panel.months[19])], Settings())
    again = effect_on(panel_of(prop99.to_numpy(), units=list(prop99)), [Rollout("California", date(2024, 8, 1))], Settings())
    assert found.effect == pytest.approx(again.effect)
