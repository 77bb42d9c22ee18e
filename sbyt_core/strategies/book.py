"""Strategy book: one service standard for every kind of clients, and which of them serves a given client.

A client is served by the first kind that fits: new (state), late (of segment A only, when late, asleep or lost by its own
rhythm: a client of B or C that is late is met by the standard of its segment), service drain, loss-making, promising (not
of segment A: its own standard gives more), else its segment. A book is frozen: an edit gives a new one. In its JSON a text
is null where the written default of the reader's language stands.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace

from sbyt_core.errors import BadInput, named_values
from sbyt_core.strategies.standard import KINDS, ServiceStandard, Terms

FORMAT = 1  # of the JSON
RESCUE_STATES = ("late", "asleep", "lost")  # silent longer than their own rhythm
ONCE_A_QUARTER = 1 / 3  # contacts a month

DEFAULTS: dict[str, ServiceStandard] = {
    standard.kind: standard
    for standard in (
        ServiceStandard("A", 2.0, 45.0, ("visit", "phone"), 2.0, Terms(30, 0.10)),
        ServiceStandard("B", 1.0, 30.0, ("phone", "messenger"), 8.0, Terms(14, 0.05)),
        ServiceStandard("C", ONCE_A_QUARTER, 15.0, ("self_service", "mail", "phone"), 16.0, Terms(0, 0.0)),
        ServiceStandard("late", 2.0, 45.0, ("visit", "phone"), 2.0, Terms(30, 0.10)),
        ServiceStandard("service_drain", 0.5, 45.0, ("visit", "phone"), 8.0, Terms(14, 0.0)),
        ServiceStandard("loss_making", ONCE_A_QUARTER, 15.0, ("mail", "phone"), 16.0, Terms(0, 0.0)),
        ServiceStandard("promising", 1.5, 40.0, ("visit", "phone"), 4.0, Terms(14, 0.07)),
        ServiceStandard("new", 2.0, 30.0, ("phone", "messenger"), 4.0, Terms(0, 0.0)),
    )
}


@dataclass(frozen=True)
class StrategyBook:
    """Service standards, one for every kind of `KINDS`, in that order."""

    standards: tuple[ServiceStandard, ...]

    def __post_init__(self) -> None:
        kinds = tuple(standard.kind for standard in self.standards)
        if kinds != KINDS:
            raise BadInput("not_a_choice", name="standards", value=", ".join(kinds), allowed=KINDS)

    @classmethod
    def default(cls) -> StrategyBook:
        """The book as it is written before anybody edits it (METHOD §5)."""
        return cls(tuple(DEFAULTS[kind] for kind in KINDS))

    def __getitem__(self, kind: str) -> ServiceStandard:
        """The standard of a kind; raises BadInput not_a_choice."""
        if kind not in KINDS:
            raise BadInput("not_a_choice", name="kind", value=kind, allowed=KINDS)
        return self.standards[KINDS.index(kind)]

    def with_standard(self, standard: ServiceStandard) -> StrategyBook:
        """The same book with the standard of one kind in place of the old one."""
        return StrategyBook(tuple(standard if old.kind == standard.kind else old for old in self.standards))

    def to_json(self) -> str:
        """The book as JSON text; `from_json` gives the same book back."""
        standards = {}
        for standard in self.standards:
            values = asdict(standard)
            standards[values.pop("kind")] = values
        return json.dumps({"format": FORMAT, "standards": standards}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> StrategyBook:
        """The book of a JSON text; what the text does not name stays as in `default()`.

        Raises BadInput bad_json, unknown_setting, out_of_range, not_a_choice.
        """
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise BadInput("bad_json", name="strategies") from None
        content = named_values(content, ("format", "standards"), of="strategies")
        if content.get("format", FORMAT) != FORMAT:
            raise BadInput("not_a_choice", name="format", value=str(content["format"]), allowed=(FORMAT,))
        book = cls.default()
        for kind, values in named_values(content.get("standards", {}), KINDS, of="strategies").items():
            book = book.with_standard(_edited(book[kind], values))
        return book


def kind_of(segment: str, state: str, tags: Collection[str] = ()) -> str:
    """The kind of standard that serves a client of this segment, state and tags."""
    if state == "new" or segment == "new":
        return "new"
    if segment == "A" and state in RESCUE_STATES:
        return "late"
    for tag in ("service_drain", "loss_making", "promising"):
        if tag in tags and (tag, segment) != ("promising", "A"):
            return tag
    return segment


_SETTINGS = tuple(item.name for item in fields(ServiceStandard) if item.name != "kind")
_TERMS = tuple(item.name for item in fields(Terms))


def _edited(standard: ServiceStandard, values: object) -> ServiceStandard:
    """The standard with the values that a JSON object names."""
    given = dict(named_values(values, _SETTINGS, of="strategies"))
    if "terms" in given:
        given["terms"] = replace(standard.terms, **named_values(given["terms"], _TERMS, of="strategies"))
    for name in ("channels", "first_moves"):
        if isinstance(given.get(name), list):
            given[name] = tuple(given[name])
    return replace(standard, **given)
