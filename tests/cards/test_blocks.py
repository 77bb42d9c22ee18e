"""Typical operations as blocks: what comes out of a card and goes into another."""

from __future__ import annotations

import pytest

from sbyt_core.cards import check_card
from sbyt_core.cards.blocks import BLOCKS, Block, add_block, block_of, ready_block
from sbyt_core.cards.step import END
from sbyt_core.errors import SbytError
from sbyt_core.texts import LANGUAGES, speech
from tests.cards.making import small, with_ways


def test_a_block_keeps_the_order_of_the_card_and_leads_nowhere_outside() -> None:
    card = with_ways(small(), {"s1": ["s4", "s3", END], "s3": ["s5"]})
    block = block_of(card, ["s3", "s1"], "Приём")
    assert [step.key for step in block.steps] == ["s1", "s3"]
    assert [way.goto for way in block.steps[0].exceptions] == ["", "s3", END]
    assert [way.goto for way in block.steps[1].exceptions] == [""]
    assert block.minutes == 12.0
    assert Block.from_value(block.to_value()) == block


def test_a_block_goes_into_a_card_with_keys_of_its_own() -> None:
    block = block_of(with_ways(small(), {"s1": ["s3"]}), ["s1", "s3"], "Приём")
    card = add_block(small(), block, after="s2")
    assert [step.key for step in card.steps] == ["s1", "s2", "s6", "s7", "s3", "s4", "s5"]
    assert [card.step(key).operation for key in ("s6", "s7")] == ["Принять", "Оформить"]
    assert card.step("s6").exceptions[0].goto == "s7"
    assert card.step("s1").exceptions == ()
    assert [step.key for step in add_block(small(), block).steps][-2:] == ["s6", "s7"]
    assert [step.key for step in add_block(small(), block, after="").steps][:2] == ["s6", "s7"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", BLOCKS)
def test_a_ready_block_is_whole(code: str, lang: str) -> None:
    block = ready_block(code, speech(lang))
    assert block.minutes
    card = add_block(small(), block)
    assert [one for one in check_card(card) if one.severity == "error"] == []
    assert len(card.steps) == 5 + len(block.steps)


def test_what_is_no_block_is_refused() -> None:
    with pytest.raises(SbytError, match="not_a_choice"):
        ready_block("coffee", speech("ru"))
    with pytest.raises(SbytError, match="no_such_step"):
        block_of(small(), ["s9"], "Приём")
    with pytest.raises(SbytError, match="no_such_step"):
        block_of(small(), [], "Приём")
    with pytest.raises(SbytError, match="empty_name"):
        block_of(small(), ["s1"], " ")
    with pytest.raises(SbytError, match="bad_json"):
        Block.from_value({"name": "x"})
    with pytest.raises(SbytError, match="no_such_step"):
        add_block(small(), block_of(small(), ["s1"], "Приём"), after="s9")
