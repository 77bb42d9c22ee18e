"""Rates of service: the worked numbers of METHOD §4, the JSON form, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.clients.cost import capacity
from sbyt_core.clients.rates import CARD, DRIVERS, EVENTS, Minute, Rate, Rates, rates_from_json, rates_to_json
from sbyt_core.errors import BadInput

# METHOD §4, after the example of Kaplan and Anderson: 560 000 of cost, 700 000 practical minutes, three kinds of events
TEAM = Minute(team_cost=560_000, paid_minutes=875_000)


def test_the_rate_of_a_minute() -> None:
    assert TEAM.practical_minutes == 700_000
    assert TEAM.rate == pytest.approx(0.80, abs=1e-12)


@pytest.mark.parametrize(("minutes", "money"), [(8, 6.40), (44, 35.20), (50, 40.00)])
def test_minutes_are_priced_by_the_rate_of_a_minute(minutes: float, money: float) -> None:
    assert Rates(minute=TEAM, document=Rate(minutes=minutes)).money("document") == pytest.approx(money, abs=1e-12)


def test_the_time_that_events_take() -> None:
    used = capacity(TEAM, 49_000 * 8 + 1_400 * 44 + 2_500 * 50)
    assert used.minutes == 578_600
    assert round(used.share, 3) == 0.827
    assert used.cost == pytest.approx(462_880)
    assert used.unused_cost == pytest.approx(97_120)


def test_a_rate_of_a_minute_may_be_given_as_it_is() -> None:
    rates = Rates(minute=15.0, hour=Rate(minutes=60))
    assert rates.money("hour") == 900
    assert rates.drivers == ("hour",)


def test_minutes_of_the_card_have_no_money_before_the_card_is_known() -> None:
    assert Rates(minute=15.0, document=Rate(minutes=CARD)).money("document") is None


FULL = """{"minute": {"team_cost": 560000, "paid_minutes": 875000, "practical_share": 0.8}, "document": 150, "line": 2.5,
 "delivery": {"minutes": 40}, "return": 400, "request": {"minutes": 8}, "hour": 900, "overdue": 0.18, "discount": true}"""


def test_json_holds_every_rate() -> None:
    rates = rates_from_json(FULL)
    assert rates.drivers == DRIVERS
    assert [rates.money(event) for event in EVENTS] == [150, 2.5, pytest.approx(32), 400, pytest.approx(6.4), 900]
    assert json.loads(rates_to_json(rates)) == json.loads(FULL)


money = st.one_of(st.none(), st.floats(0, 1e6).map(lambda x: Rate(money=x)), st.floats(0, 1e4).map(lambda x: Rate(minutes=x)))


@given(document=money, delivery=money, returned=money, hour=money, overdue=st.one_of(st.none(), st.floats(0, 3)), discount=st.booleans())
def test_rates_come_back_from_their_json(document, delivery, returned, hour, overdue, discount) -> None:
    rates = Rates(minute=12.5, document=document, delivery=delivery, return_=returned, hour=hour, overdue=overdue, discount=discount)
    assert Rates.from_value(json.loads(rates_to_json(rates))) == rates


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "no_rates"),
        ('{"minute": 10}', "no_rates"),
        ('{"document": -1}', "rate_out_of_range"),
        ('{"document": 1e9}', "rate_out_of_range"),
        ('{"document": "150"}', "rate_out_of_range"),
        ('{"document": true}', "rate_out_of_range"),
        ('{"document": NaN}', "rate_out_of_range"),
        ('{"overdue": 18}', "rate_out_of_range"),
        ('{"delivery": {"minutes": 40}}', "no_minute_rate"),
        ('{"minute": 10, "delivery": {"minutes": "card"}}', "rate_out_of_range"),
        ('{"minute": {"team_cost": 1}, "document": 1}', "bad_json"),
        ('{"minute": {"team_cost": 1, "paid_minutes": 0}, "document": 1}', "rate_out_of_range"),
        ('{"minute": {"team_cost": 1, "paid_minutes": 10, "practical_share": 0.1}, "document": 1}', "rate_out_of_range"),
        ('{"document": {"hours": 1}}', "unknown_setting"),
        ('{"document": {}}', "bad_json"),
        ('{"documents": 1}', "unknown_setting"),
        ('{"document": 1, "discount": 1}', "not_a_choice"),
        ("[1]", "bad_json"),
        ("not json", "bad_json"),
        ("[" * 100_000, "bad_json"),
    ],
)
def test_what_is_no_rate_is_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(BadInput) as fault:
        rates_from_json(text)
    assert fault.value.code == code
