"""docs/COMMANDS.md and FILES.md tell every rate, fact and warning of cost to serve, with the bounds that hold, and no other."""

from __future__ import annotations

import re

from sbyt_core.clients.fact_columns import FACTS
from sbyt_core.clients.facts import WHY
from sbyt_core.clients.rates import DRIVERS, LIMITS, Minute, rates_from_json
from tests.docs.reading import COMMANDS_MD, DOCS, blocks, code, section, table, text


def test_every_rate_with_its_bounds() -> None:
    rows = {code(row[0])[0]: row for row in table(section(COMMANDS_MD, "rates.json"), "rate")}
    assert list(rows) == ["minute", *DRIVERS]
    for rate, (_, allowed, meaning) in rows.items():
        assert meaning
        if rate == "discount":
            assert allowed == "true, false"
            continue
        low, high = map(float, re.findall(r"[\d.]+", allowed))
        assert (low, high) == LIMITS.get(rate, LIMITS["money"]), rate
    assert {"team_cost", "paid_minutes", "practical_share"} <= set(code(rows["minute"][2]))
    assert "0.3 … 1" in rows["minute"][2]
    assert LIMITS["practical_share"] == (0.3, 1.0)
    assert str(Minute(1, 1).practical_share) in rows["minute"][2]
    assert LIMITS["minutes"] == (0, 10_000)


def test_the_rates_that_are_shown_work() -> None:
    shown = next(block for block in blocks(COMMANDS_MD) if '"overdue"' in block)
    assert rates_from_json(shown).drivers == ("document", "delivery", "return", "hour", "overdue")


def test_every_fact_and_every_warning() -> None:
    part = section(DOCS / "FILES.md", "Client facts")
    assert [code(row[0])[0] for row in table(part, "column")] == list(FACTS)
    assert set(WHY) <= set(code(part))
    told = {code(row[0])[0] for row in table(part, "warning")}
    sources = "".join((DOCS.parent / "sbyt_core" / "clients" / name).read_text(encoding="utf-8") for name in ("cost.py", "facts.py"))
    said = set(re.findall(r'Problem\("(?:warning|note)", "(\w+)"', sources)) | {"fact_out_of_range"}
    assert told == said


def test_worked_numbers_of_the_method_are_those_of_the_code() -> None:
    for name, mark in (("METHOD.md", "."), ("METHOD.ru.md", ",")):
        part = text(DOCS / name)
        minute = Minute(560_000, 875_000)
        assert f"{minute.rate:.2f}".replace(".", mark) in part
        assert f"125 720{mark}55" in part
        assert "578 600" in part
