"""The rollout: its known effect is found as METHOD §7 says, and without an effect nothing is found."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sample_data
from sample_data.make_sample import make

from .conftest import read_sales
from .method import log_differences, robust_sign, welch

AFTER, BEFORE = range(30, 36), range(6, 30)  # July–December 2025; the 24 months before it


def judge(lines, treated, measure="Выручка", after=AFTER, before=BEFORE):
    d = log_differences(lines, measure, after, before)
    in_arm = d.index.isin(treated)
    return welch(d[in_arm], d[~in_arm])


@pytest.fixture(scope="module")
def idle(tmp_path_factory):
    """The same company in which the rollout did nothing."""
    folder = tmp_path_factory.mktemp("idle")
    make(folder, effect=0)
    return read_sales(folder / "sales.xlsx")[0], json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def test_the_formula_gives_the_worked_numbers():
    """METHOD §7: δ .126667, se .042753, df 7.17754, p .020425, effect 13.5039 % [2.6421, 25.5151]."""
    result = welch([0.12, 0.20, 0.05, 0.26, 0.17], [0.03, 0.08, -0.06, 0.10, 0.00, 0.05])
    assert result["effect"] == pytest.approx(0.135039, abs=1e-6)
    assert (result["low"], result["high"]) == (pytest.approx(0.026421, abs=1e-6), pytest.approx(0.255151, abs=1e-6))
    assert (result["se"], result["df"], result["p"]) == (
        pytest.approx(0.042753, abs=1e-6),
        pytest.approx(7.17754, abs=1e-5),
        pytest.approx(0.020425, abs=1e-6),
    )


@pytest.mark.parametrize("measure", ["Выручка", "Валовая прибыль"])
def test_the_effect_is_found(sales, truth, measure):
    result = judge(sales, truth["treated"], measure)
    assert result["low"] > 0
    assert result["low"] <= truth["effect"] <= result["high"]
    assert result["low"] <= truth["effect_realised"] <= result["high"]


def test_what_could_be_doubted_is_clean(sales, truth):
    """Placebos inside the months before, and the robust view of the same sign: what METHOD asks of "confirmed"."""
    assert judge(sales, truth["treated"], after=range(24, 30), before=range(18, 24))["p"] >= 0.10
    assert judge(sales, truth["treated"], after=range(18, 30), before=range(6, 18))["p"] >= 0.10
    assert robust_sign(sales, truth["treated"]) > 0


def test_no_single_client_makes_the_change(sales, truth):
    largest = sales.groupby("ИНН")["Выручка"].sum().idxmax()
    assert judge(sales[sales["ИНН"] != largest], truth["treated"])["low"] > 0


def test_no_effect_is_not_found(idle):
    lines, facts = idle
    result = judge(lines, facts["treated"])
    assert result["low"] <= 0 <= result["high"]
    assert (facts["effect"], facts["effect_realised"], facts["money"]) == (0, 0, 0)


def test_the_effect_is_on_top_of_the_same_company(sales, truth, idle):
    lines, facts = idle
    assert facts["treated"] == truth["treated"]
    before = [x[x["Дата"] < "2025-07-01"].reset_index(drop=True) for x in (sales, lines)]
    pd.testing.assert_frame_equal(*before)
    since = [x[x["Дата"] >= "2025-07-01"].groupby("Менеджер")["Выручка"].sum() for x in (sales, lines)]
    treated = since[0].index.isin(truth["treated"])
    np.testing.assert_allclose(since[0][~treated], since[1][~treated], rtol=1e-12)
    gain = since[0][treated].sum() - since[1][treated].sum()
    assert gain == pytest.approx(truth["money"], abs=0.01)
    assert gain / since[1][treated].sum() == pytest.approx(truth["effect_realised"], abs=1e-9)
    assert truth["effect_realised"] == pytest.approx(truth["effect"], abs=0.02)


def test_half_of_each_branch_starts(truth):
    managers = pd.DataFrame(truth["managers"])
    assert managers.groupby("branch")["treated"].sum().to_dict() == {"Екатеринбург": 2, "Пермь": 2, "Тюмень": 2}
    assert sorted(managers.loc[managers["treated"], "name"]) == sorted(truth["treated"])


def test_an_impossible_effect_is_refused(tmp_path):
    with pytest.raises(ValueError, match="above -1"):
        make(tmp_path, effect=-1)
    with pytest.raises(ValueError, match="above -1"):
        make(tmp_path, effect=float("nan"))


def test_the_readme_tells_these_figures(sales, truth):
    readme = (Path(sample_data.__file__).parent / "README.md").read_text(encoding="utf-8")
    found = judge(sales, truth["treated"])
    assert f"+{100 * found['effect']:.1f} % [{100 * found['low']:.1f}, {100 * found['high']:.1f}]" in readme
    assert f"{truth['aggregate']['rows']} lines belong to «Розничный покупатель», {truth['unassigned']['rows']} to nobody" in readme
    assert f"{100 * truth['totals']['return_rows'] / truth['totals']['rows']:.1f} % of the lines" in readme
