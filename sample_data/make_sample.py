"""Makes the files of the made-up company: `python -m sample_data.make_sample [FOLDER]`; without FOLDER, beside this script.

One seed gives one company, to the byte. The rollout's effect is applied on top: with `effect=0` the lines before the rollout
and the choice of managers stay as they are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sample_data.portfolio import make_clients
from sample_data.practice import make_practice
from sample_data.rollout import choose_treated
from sample_data.service import make_service, team
from sample_data.trade import Rollout, make_lines
from sample_data.truth import truth
from sample_data.workbooks import write_practice, write_sales, write_service

SEED = 26
EFFECT = 0.12  # share of sales that the rollout adds
FILES = ("sales.xlsx", "clients.xlsx", "practice.xlsx", "team.json", "truth.json")


def make(folder: Path, *, seed: int = SEED, effect: float = EFFECT) -> None:
    """Write the files of the company into the folder, which is made when absent; files of the same names are replaced.

    effect: share of sales that the rollout adds, above −1; 0 for a company in which the rollout did nothing.
    """
    if not effect > -1:
        raise ValueError(f"effect is {effect}; it must be above -1")
    folder.mkdir(parents=True, exist_ok=True)
    clients = make_clients(seed)
    without_effect = make_lines(clients, Rollout(frozenset(), 0.0), seed)
    rollout = Rollout(choose_treated(without_effect, seed), effect)
    lines = make_lines(clients, rollout, seed)
    entries = make_practice(lines, rollout, seed)
    service = make_service(clients, lines, seed)
    facts = truth(seed=seed, clients=clients, lines=lines, without_effect=without_effect, rollout=rollout, entries=entries, service=service)
    write_sales(folder / "sales.xlsx", lines, clients)
    write_service(folder / "clients.xlsx", service)
    write_practice(folder / "practice.xlsx", entries, lines, clients)
    _write_json(folder / "team.json", team())
    _write_json(folder / "truth.json", facts)


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
