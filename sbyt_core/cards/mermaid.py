"""The card as a process map in Mermaid's language, for the screen: from top to bottom, a colour a role.

An exception is drawn where it leads elsewhere than to the next step: a dashed line with its condition, to that step or to an end.
Names come from people, so nothing of them may be read as Mermaid, HTML or Markdown: every character but letters, digits, spaces and
the plainest marks is written as its number (`#35;`), which Mermaid shows as the character. Long names are cut; the list has them whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sbyt_core.cards.step import END, Step
from sbyt_core.cards.words import minutes_in_words
from sbyt_core.texts import Speech

# of roles in the order of the steps; text on them is dark
ROLE_COLOURS = ("#BFD7EE", "#F3D9A4", "#BFE0D0", "#E6C3CC", "#D5CDE8", "#C3E1EE", "#E5E0B4", "#E0CDB9", "#EBCFE2", "#D3D9E0")
INK = "#1E2733"
NAME_LIMIT = 70  # characters of a name on the map
_PLAIN = frozenset(" .,-–")


def process_map(steps: Sequence[Step], speech: Speech) -> str:
    """The text of the map of some steps in their order."""
    keys = [step.key for step in steps]
    roles = tuple(dict.fromkeys(step.role.strip() for step in steps))
    begin = escaped(steps[0].trigger) if steps and steps[0].trigger.strip() else escaped(speech("card.map.begin"))
    finish = escaped(speech("card.map.finish"))
    lines = ["flowchart TD", f'  begin_(["{begin}"])', f'  finish_(["{finish}"])']
    lines += [f'  {_name(step.key)}["{_label(number, step, speech)}"]' for number, step in enumerate(steps, 1)]
    order = ["begin_", *map(_name, keys), "finish_"]
    lines += [f"  {one} --> {other}" for one, other in pairwise(order)]
    for step in steps:
        for number, exception in enumerate(step.exceptions, 1):
            if exception.goto == END:
                lines.append(f'  {_name(step.key)}_{number}(["{finish}"])')
                target = f"{_name(step.key)}_{number}"
            elif exception.goto in keys and order[order.index(_name(step.key)) + 1] != _name(exception.goto):
                target = _name(exception.goto)
            else:
                continue
            lines.append(f'  {_name(step.key)} -. "{escaped(exception.condition) or " "}" .-> {target}')
    for number, role in enumerate(roles):
        lines.append(f"  classDef role{number} fill:{role_colour(roles, role)},stroke:{INK},color:{INK}")
        lines.append(f"  class {','.join(_name(step.key) for step in steps if step.role.strip() == role)} role{number}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A name that Mermaid shows letter by letter, cut to `NAME_LIMIT`."""
    flat = " ".join(text.split())
    if len(flat) > NAME_LIMIT:
        flat = flat[: NAME_LIMIT - 1].rstrip() + "…"
    return "".join(letter if letter.isalnum() or letter in _PLAIN else f"#{ord(letter)};" for letter in flat)


def role_colour(roles: Sequence[str], role: str) -> str:
    """The colour of a role, the same on the map and in the list."""
    place = list(roles).index(role.strip()) if role.strip() in roles else len(roles)
    return ROLE_COLOURS[place % len(ROLE_COLOURS)]


def _label(number: int, step: Step, speech: Speech) -> str:
    minutes = "" if step.norm_minutes is None else f"<br/>{escaped(minutes_in_words(step.norm_minutes, speech))}"
    return f"{number}. {escaped(step.operation)}{minutes}"


def _name(name: str) -> str:
    return f"step_{name}"  # a key may be a word of Mermaid's own
