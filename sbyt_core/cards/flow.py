"""The steps of a card as a graph: operations, what is done in an exception, and the ways between them.

From an operation the work goes on to the next one; where it has exceptions there is a choice behind it: as usual, or by the condition
of one of them. What is done in the exception is a node of its own, from which the work goes on to the next step, to the step that is
named, or ends. A named step that the kind of clients does not have is read as the next one. Node names are `KEY`, `KEY_choice`,
`KEY_1`, `KEY_2`, …, `begin` and `finish`; there is one `finish` behind the last step and one behind each exception that ends the work.
Maps and process files are both drawn from this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sbyt_core.cards.step import END, Step, StepException

BEGIN, OPERATION, CHOICE, EXCEPTION, FINISH = ("begin", "operation", "choice", "exception", "finish")


@dataclass(frozen=True)
class Node:
    """name: unique; kind: begin, operation, choice, exception or finish; column: place of its step from 0; row: 0, below it 1, 2, …"""

    name: str
    kind: str
    text: str
    role: str
    column: int
    row: int = 0
    step: Step | None = None


@dataclass(frozen=True)
class Way:
    """From node to node; text: the condition, "" as usual."""

    source: str
    target: str
    text: str = ""
    usual: bool = False


@dataclass(frozen=True)
class Flow:
    """Nodes in the order of the steps and the ways between them."""

    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]
    roles: tuple[str, ...]

    def node(self, name: str) -> Node:
        """The node of a name."""
        return next(one for one in self.nodes if one.name == name)


def flow_of(steps: Sequence[Step]) -> Flow:
    """The graph of steps in their order; of no steps a beginning and an end."""
    keys = [step.key for step in steps]
    roles = tuple(dict.fromkeys(step.role.strip() for step in steps)) or ("",)
    first, last = (steps[0], steps[-1]) if steps else (None, None)
    nodes = [Node(BEGIN, BEGIN, first.trigger if first else "", first.role.strip() if first else "", 0)]
    ways = [Way(BEGIN, keys[0] if keys else FINISH)]
    for column, step in enumerate(steps):
        after = keys[column + 1] if column + 1 < len(keys) else FINISH
        role = step.role.strip()
        nodes.append(Node(step.key, OPERATION, step.operation, role, column, step=step))
        if not step.exceptions:
            ways.append(Way(step.key, after))
            continue
        choice = f"{step.key}_choice"
        nodes.append(Node(choice, CHOICE, "", role, column, step=step))
        ways += [Way(step.key, choice), Way(choice, after, usual=True)]
        for number, exception in enumerate(step.exceptions, 1):
            name = f"{step.key}_{number}"
            nodes.append(Node(name, EXCEPTION, exception.then, role, column, number, step))
            ways.append(Way(choice, name, exception.condition))
            if exception.goto == END:
                nodes.append(Node(f"{name}_finish", FINISH, "", role, column, number, step))
            ways.append(Way(name, _target(exception, keys, name, after)))
    nodes.append(Node(FINISH, FINISH, last.output if last else "", last.role.strip() if last else "", max(len(steps) - 1, 0)))
    return Flow(tuple(nodes), tuple(ways), roles)


def _target(exception: StepException, keys: Sequence[str], name: str, after: str) -> str:
    if exception.goto == END:
        return f"{name}_finish"
    return exception.goto if exception.goto in keys else after
