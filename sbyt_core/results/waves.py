"""A fair split of units into waves: like stand beside like by their history, chance decides within (METHOD §7).

How far two units are apart: the root of (difference of their mean logs)² + (variance over months of the difference of their logs), over the
last year; so both level and swings count. From the unit with the greatest sales on, each takes its nearest ones that are still free: a
block of as many units as there are waves, inside one branch as long as there are enough, since a branch has weather of its own. Inside
a block a seeded draw gives every unit another wave. What the effect may be plays no part, so waves differ by chance alone and
the first can be compared with those that wait: that is what makes proof possible, at no cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sbyt_core.errors import BadInput
from sbyt_core.results.model import Rollout
from sbyt_core.results.panel import Floats, Panel
from sbyt_core.sales.period import add_months

YEAR = 12
MOST_WAVES = 4
LEAST_UNITS = 2


@dataclass(frozen=True)
class Wave:
    """Units that start together, from which day, and what they sold a month in the last year."""

    number: int  # from 1
    date: date
    units: tuple[str, ...]
    level: float


@dataclass(frozen=True)
class Split:
    """Waves, and the blocks of like units that were drawn from."""

    waves: tuple[Wave, ...]
    blocks: tuple[tuple[str, ...], ...]
    seed: int

    @property
    def rollouts(self) -> tuple[Rollout, ...]:
        """The split as a register."""
        return tuple(Rollout(unit, wave.date) for wave in self.waves for unit in wave.units)


def split_waves(panel: Panel, *, start: date, waves: int = 2, every: int = 6, seed: int, groups: Mapping[str, str] | None = None) -> Split:
    """A fair split of the panel's units into waves.

    start: first day of the first wave; every: months from one wave to the next; seed: of the draw, kept with the split; groups: unit →
    its branch, so that blocks stand inside branches where they can.
    Raises BadInput: too_few_units, out_of_range.
    """
    if not 2 <= waves <= MOST_WAVES:
        raise BadInput("out_of_range", name="waves", value=waves, low=2, high=MOST_WAVES)
    recent = np.nan_to_num(panel.values[-YEAR:])
    active = np.flatnonzero(recent.sum(axis=0) > 0)
    if len(active) < max(waves, LEAST_UNITS):
        raise BadInput("too_few_units", units=len(active), least=max(waves, LEAST_UNITS))
    group = [(groups or {}).get(panel.units[c], "") for c in active]
    blocks = _blocks(recent[:, active], waves, group)
    rng = np.random.default_rng(seed)
    members: list[list[int]] = [[] for _ in range(waves)]
    for block in blocks:
        for place, wave in zip(block, rng.permutation(waves), strict=False):
            members[wave].append(place)
    made = []
    for number, places in enumerate(members, start=1):
        columns = sorted(active[places])
        made.append(
            Wave(
                number,
                add_months(start, (number - 1) * every) if number > 1 else start,
                tuple(panel.units[c] for c in columns),
                float(recent[:, columns].sum() / len(recent)),
            )
        )
    return Split(tuple(made), tuple(tuple(panel.units[active[p]] for p in block) for block in blocks), seed)


def _blocks(values: Floats, size: int, group: Sequence[str]) -> list[list[int]]:
    """Blocks of like columns, the greatest first, inside their groups; those left over in the groups make blocks across them."""
    floor = values[values > 0].min()
    logs = np.log(np.maximum(values, floor))
    difference = logs[:, :, None] - logs[:, None, :]
    distance = np.sqrt(difference.mean(axis=0) ** 2 + difference.var(axis=0))
    order = [int(c) for c in np.argsort(-values.sum(axis=0), kind="stable")]
    blocks, over = [], []
    for name in sorted(set(group)):
        made = _nearest([c for c in order if group[c] == name], distance, size)
        blocks += [block for block in made if len(block) == size]
        over += [c for block in made if len(block) < size for c in block]
    return blocks + _nearest([c for c in order if c in over], distance, size)


def _nearest(order: Sequence[int], distance: Floats, size: int) -> list[list[int]]:
    free, blocks = list(order), []
    while free:
        head = free.pop(0)
        near = sorted(free, key=lambda c: distance[head, c])[: size - 1]
        blocks.append([head, *near])
        free = [c for c in free if c not in near]
    return blocks
