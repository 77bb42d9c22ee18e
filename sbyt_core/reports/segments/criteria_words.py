"""The criteria in words: sentences that an owner can say by heart, and every setting with its value."""

from __future__ import annotations

from sbyt_core.segments.criteria import CHOICES, SETTINGS, Criteria
from sbyt_core.segments.words import precise_share
from sbyt_core.texts import Speech

SHARES = frozenset(
    {
        "cut_a",
        "cut_b",
        "count_a",
        "count_b",
        "min_active_share",
        "one_document_share",
        "trouble_limit",
        "promise_growth",
        "promise_quantile",
        "guard_a",
        "guard_c",
    }
)


def criteria_sentences(criteria: Criteria, speech: Speech, *, measure: str) -> tuple[str, ...]:
    """The criteria as a few plain sentences; measure: the one really used, net, profit or revenue."""
    of = speech(f"measure.{measure}.of")
    said = []
    if criteria.method == "count":
        said.append(
            speech("report.say.by_count", a=precise_share(criteria.count_a, speech), b=precise_share(criteria.count_b, speech), measure=of)
        )
    else:
        said.append(
            speech("report.say.by_value", a=precise_share(criteria.cut_a, speech), b=precise_share(criteria.cut_b, speech), measure=of)
        )
    if criteria.regularity:
        said.append(
            speech("report.say.irregular", active=precise_share(criteria.min_active_share, speech), cv=speech.num(criteria.max_cv, 1))
        )
        said.append(speech("report.say.few_documents", n=criteria.few_documents, share=precise_share(criteria.one_document_share, speech)))
    if criteria.trouble:
        said.append(speech("report.say.trouble", limit=precise_share(criteria.trouble_limit, speech)))
    said.append(
        speech(f"report.say.guards_{criteria.guards}", a=precise_share(criteria.guard_a, speech), c=precise_share(criteria.guard_c, speech))
    )
    said.append(
        speech("report.say.newcomers", n=criteria.newcomer_months) if criteria.newcomer_months else speech("report.say.no_newcomers")
    )
    return tuple(said)


def criteria_settings(criteria: Criteria, speech: Speech) -> tuple[tuple[str, str], ...]:
    """Every setting in words, with its value as the reader writes it."""
    return tuple((speech(f"report.setting.{name}"), _value(name, getattr(criteria, name), speech)) for name in SETTINGS)


def _value(name: str, value: object, speech: Speech) -> str:
    if name in CHOICES:
        return speech(f"report.choice.{name}.{value}")
    if isinstance(value, bool):
        return speech("report.yes" if value else "report.no")
    if name in SHARES:
        return precise_share(float(value), speech)  # type: ignore[arg-type]
    if isinstance(value, int):
        return speech.num(value)
    return speech.num(float(value), 1)  # type: ignore[arg-type]
