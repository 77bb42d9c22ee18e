"""What every picture of the results says, in one sentence with its figures: the page, the report and the command line say the same.

Percents are rounded to whole ones, as on the screen; an effect and its interval keep one digit. A change that rounds to nought is said
to be none. Words are those of the reader's language (`Speech`), money in the currency of the company.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sbyt_core.results.kpis import KPIS, RESOURCES_KPIS, WINDOWS, resources_kept
from sbyt_core.results.outcome import Outcome
from sbyt_core.results.sources.waterfall import Part, Waterfall
from sbyt_core.sales.period import Period
from sbyt_core.texts import Speech
from sbyt_core.texts.speech import MISSING

EFFECT_DIGITS = 1  # of the per cent of an effect and its interval
NAMES_SHOWN = 10  # of people in a sentence
FLAT = 0.005  # a change that shows as 0 %


@dataclass(frozen=True)
class Findings:
    """The sentences of one outcome in one language and currency."""

    outcome: Outcome
    say: Speech
    currency: str = "RUB"

    def verdict(self) -> str:
        """The sentence of the evidence; without a rollout that of this year against the last."""
        effect, say = self.outcome.effect, self.say
        if effect is None:
            return self.without_rollout()
        figures = {"effect": self.signed(effect.effect), "low": self.signed(effect.low), "high": self.signed(effect.high)}
        named = {"measure": self.measure(), "Measure": say.capital(self.measure())}
        if effect.effect is None:
            return say("verdict.loss" if "not_positive" in effect.reasons else "verdict.nothing", **named)
        if effect.low is None:
            return say(f"verdict.{effect.verdict}.alone", effect=figures["effect"], **named)
        fell = effect.verdict == "not_shown" and effect.high is not None and effect.high < 0
        return say("verdict.fell" if fell else f"verdict.{effect.verdict}", **figures, **named)

    def comparison(self) -> str:
        """After against before, with what it is compared to: never evidence by itself."""
        row = self._measured()
        to = self.say(f"compared.{self.outcome.windows.basis}")
        change = float(row["change"])
        shown = {"Measure": self.say.capital(self.measure()), "to": to, "when": self.when(self.outcome.windows.after)}
        if change != change:
            return self.say("comparison.unknown", **shown, money=self.money(row["after"]), before=self.money(row["before"]))
        code = "same" if abs(change) < FLAT else "more" if change > 0 else "less"
        return self.say(f"comparison.{code}", **shown, change=self.say.percent(abs(change)), money=self.money(row["after"]))

    def without_rollout(self) -> str:
        """This year against the last, and that it is no result of anything."""
        change = float(self._measured()["change"])
        if change != change:
            return self.comparison()
        to = self.say(f"compared.{self.outcome.windows.basis}")
        return self.say("verdict.none", Measure=self.say.capital(self.measure()), change=self.signed_share(change), to=to)

    def money_of_effect(self) -> str:
        """What the effect is in money, with its interval; empty where it is not known, or could be anything."""
        effect = self.outcome.effect
        if effect is None or effect.money is None:
            return ""
        shown = {"money": self.money(effect.money), "n": int(effect.after.months)}
        if effect.money_low is None or effect.money_high is None:
            return "" if effect.verdict == "unknown" else self.say("effect.money.alone", **shown)
        return self.say("effect.money", **shown, low=self.money(effect.money_low), high=self.money(effect.money_high))

    def arms(self) -> str:
        """How those who started changed, and the others; empty where there are not both."""
        arms = self.outcome.arms
        if arms is None or arms["change"].isna().any():
            return ""
        treated, control = (self.signed_share(float(arms.loc[arm, "change"])) for arm in ("treated", "control"))
        return self.say("arms.finding", treated=treated, control=control, Measure=self.say.capital(self.measure()))

    def waterfall(self) -> str:
        """What gave most and what took most of the change. Arithmetic, not cause."""
        return self._parts("waterfall", self.outcome.decomposition)

    def kept(self) -> str:
        """Of which clients documents, average document and margin are."""
        parts = self.outcome.decomposition.parts
        clients = next((part.clients or 0 for part in parts if part.code.startswith("kept")), 0)
        return self.say("owner.kept" if self.outcome.measure == "revenue" else "owner.kept.margin", n=clients)

    def items(self) -> str:
        """The same by items; empty where items say too little. Under net profit it is profit, and says so: items know no cost to serve."""
        found = self.outcome.items
        if found is None:
            return ""
        return self._parts("items", found, self.say("items.measure.profit") if self.items_not_net() else None)

    def items_not_net(self) -> str:
        """Why the items show profit where net profit was asked for; empty where they show what was asked for."""
        items = self.outcome.items
        return self.say("owner.items.not_net") if items is not None and items.measure != self.outcome.measure else ""

    def segments(self) -> str:
        """How A changed, what such a choice moves by itself, and what is left."""
        found = self.outcome.segments
        if found is None or found.frame.loc["A", "naive"] != found.frame.loc["A", "naive"]:
            return self.say("segments.unknown")
        a = found.frame.loc["A"]
        naive = self.signed_share(float(a["naive"]))
        if found.drift_from is None or a["adjusted"] != a["adjusted"]:
            return self.say("segments.no_drift", naive=naive)
        return self.say(
            "segments.finding", naive=naive, drift=self.signed_share(float(a["drift"])), adjusted=self.signed_share(float(a["adjusted"]))
        )

    def resources(self) -> str:
        """Whether the same people in the same hours for the same pay did it."""
        kept = self.outcome.resources_kept
        if kept is None:
            return self.say("resources.unknown")
        if kept:
            return self.say("resources.kept" if resources_kept(self.outcome.beside) else "resources.kept.said")
        changed = [self.say(f"kpi.{code}").lower() for code in RESOURCES_KPIS if self._moved(code)]
        return self.say("resources.changed", what=", ".join(changed)) if changed else self.say("resources.changed.said")

    def unlisted(self) -> list[str]:
        """Who sold and is not counted among people, hours and pay, of each window."""
        named = ((window, self.outcome.unlisted(window)) for window in WINDOWS)
        return [unlisted_text(self.say, window, names) for window, names in named if names]

    def rung(self) -> str:
        """The label that stands on every picture: the rung that was reached and what it is worth."""
        return self.say(f"rung.{self.outcome.rung}.label")

    def prices(self) -> str:
        """Whether money is nominal or in constant prices."""
        return self.say(
            "prices.nominal" if self.outcome.prices is None else "prices.constant",
            month=self.say.month(self.outcome.whole.end, short=False),
        )

    def measure(self) -> str:
        """The measure that was asked for."""
        return self.say(f"measure.{self.outcome.measure}")

    def when(self, period: Period) -> str:
        """July 2025 – December 2025; one month alone."""
        first, last = (self.say.month(day, short=False) for day in (period.start, period.end))
        return first if first == last else f"{first} – {last}"

    def money(self, value: float | None) -> str:
        """Money without the small coins."""
        return self.say.money(value, self.currency)

    def signed(self, share: float | None) -> str:
        """An effect with its sign: +13,5 %."""
        return self.signed_share(share, EFFECT_DIGITS)

    def signed_share(self, share: float | None, digits: int = 0) -> str:
        """A share with its sign."""
        if share is None or share != share:
            return MISSING
        text = self.say.percent(share, digits)
        return f"+{text}" if round(100 * share, digits) > 0 else text

    def signed_money(self, value: float) -> str:
        """Money with its sign."""
        text = self.money(value)
        return f"+{text}" if round(value) > 0 else text

    def figure(self, code: str, value: float) -> str:
        """A figure of the board as text."""
        kind = KPIS[code]
        if kind == "money":
            return self.money(value)
        return self.say.percent(value, 1) if kind == "share" else self.say.num(value)

    def change(self, code: str, change: float) -> str:
        """The change of a figure as text: per cent, or points for a share."""
        if change != change:
            return MISSING
        if KPIS[code] != "share":
            return self.signed_share(change, 1)
        points = round(100 * change, 1)
        return self.say("kpi.points", points=("+" if points > 0 else "") + self.say.num(points, 1))

    def part_name(self, part: Part) -> str:
        """The name of a bar of the waterfall."""
        return self.say(f"part.{part.code}")

    def rollout_month(self) -> date | None:
        """First whole month under the rollout."""
        return self.outcome.windows.rollout

    def _measured(self) -> pd.Series:
        """before, after and change of the measure that was asked for."""
        return self.outcome.figure("net_profit" if self.outcome.measure == "net" else self.outcome.measure)

    def _parts(self, code: str, found: Waterfall, measure: str | None = None) -> str:
        amounts = found.rounded(0)
        total = round(found.after) - round(found.before)
        named = {"Measure": self.say.capital(measure or self.say(f"measure.{found.measure}")), "change": self.money(abs(total))}
        head = self.say(f"{code}.{'same' if total == 0 else 'more' if total > 0 else 'less'}", **named)
        tail = []
        order = sorted(zip(amounts, found.parts, strict=True), key=lambda pair: pair[0])
        if order and order[-1][0] > 0:
            amount, part = order[-1]
            tail.append(self.say("parts.gave", part=self.part_name(part).lower(), money=self.signed_money(amount)))
        if order and order[0][0] < 0:
            amount, part = order[0]
            tail.append(self.say("parts.took", part=self.part_name(part).lower(), money=self.signed_money(amount)))
        return head + (": " + ", ".join(tail) if tail else "") + "."

    def _moved(self, code: str) -> bool:
        row = self.outcome.figure(code)
        return bool(pd.notna(row["before"]) and pd.notna(row["after"]) and abs(row["after"] - row["before"]) > 0.02 * abs(row["before"]))


def unlisted_text(say: Speech, window: str, names: Sequence[str]) -> str:
    """That these sold in the window ("before" or "after") and the list of the team does not have them."""
    return say(f"owner.unlisted.{window}", names=", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else ""), n=len(names))
