"""Criteria check themselves and survive JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.segments import GUARD_MODES, MEASURES, PRESETS, TASKS, Criteria, criteria_from_json, criteria_to_json
from sbyt_core.segments.criteria import BOUNDS
from sbyt_core.texts import LANGUAGES, speech

per_cents = st.integers(1, 100).map(lambda x: x / 100)
any_criteria = st.builds(
    lambda one, two, **more: Criteria(cut_a=min(one, two), cut_b=max(one, two), **more),
    per_cents,
    per_cents,
    measure=st.sampled_from(MEASURES),
    task=st.sampled_from(TASKS),
    guards=st.sampled_from(GUARD_MODES),
    guard_a=per_cents,
    few_documents=st.integers(0, 50),
    trouble=st.booleans(),
)


@given(any_criteria)
def test_json_gives_the_same_criteria_back(criteria: Criteria) -> None:
    again = criteria_from_json(criteria_to_json(criteria))
    assert again == criteria
    assert hash(again) == hash(criteria)


def test_what_a_file_leaves_out_keeps_its_default() -> None:
    assert criteria_from_json('{"cut_b": 1}') == Criteria(cut_b=1.0)
    assert criteria_from_json('{"preset": "as_in_1c", "cut_a": 0.75}') == Criteria(cut_a=0.75, cut_b=0.95, regularity=False, guards="off")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "bad_json"),
        ("{", "bad_json"),
        ('{"cut": 0.7}', "unknown_setting"),
        ('{"cut_a": 70}', "out_of_range"),
        ('{"cut_a": "0.7"}', "out_of_range"),
        ('{"cut_a": true}', "out_of_range"),
        ('{"cut_a": NaN}', "out_of_range"),
        ('{"few_documents": 2.5}', "out_of_range"),
        ('{"measure": "margin"}', "not_a_choice"),
        ('{"trouble": 1}', "not_a_choice"),
        ('{"preset": ["80/95"]}', "not_a_choice"),
        ('{"cut_a": 0.9, "cut_b": 0.8}', "cuts_out_of_order"),
        ('{"late_ratio": 4}', "ratios_out_of_order"),
    ],
)
def test_wrong_settings_are_told_in_both_languages(text: str, code: str) -> None:
    with pytest.raises(BadInput) as told:
        criteria_from_json(text)
    assert told.value.code == code
    if code != "bad_json":
        for lang in LANGUAGES:
            assert all(speech(lang).error(told.value))


def test_the_defaults_and_presets_of_the_method() -> None:
    now = Criteria()
    assert (now.cut_a, now.cut_b, now.guard_a, now.guard_c) == (0.70, 0.90, 0.25, 0.45)
    assert (now.late_ratio, now.asleep_ratio, now.lost_ratio, now.newcomer_months) == (1.5, 3, 6, 3)
    assert PRESETS["70/90"] == now
    assert (PRESETS["80/95"].cut_a, PRESETS["80/95"].cut_b, PRESETS["80/95"].guards) == (0.80, 0.95, "enforce")
    assert (PRESETS["as_in_1c"].cut_a, PRESETS["as_in_1c"].regularity, PRESETS["as_in_1c"].guards) == (0.80, False, "off")
    assert (PRESETS["20/30/50"].method, PRESETS["20/30/50"].count_a, PRESETS["20/30/50"].count_b) == ("count", 0.2, 0.5)


@pytest.mark.parametrize("name", BOUNDS)
def test_every_bound_is_held(name: str) -> None:
    low, high = BOUNDS[name]
    for value in (low - 1, high + 1):
        with pytest.raises(BadInput) as told:
            Criteria(**{name: value})
        assert told.value.code == "out_of_range"
