"""Where everything stands on the diagram of a process file.

Drawn from left to right: a column a step, a lane a role; the exceptions of a step stand below it in its lane. Ways run up and down
between the columns and, when they lead far, under the lanes, so that none crosses a task. Figures are pixels, as BPMN DI has them.
"""

from __future__ import annotations

from sbyt_core.cards.flow import BEGIN, CHOICE, EXCEPTION, FINISH, OPERATION, Flow, Node, Way

POOL_HEAD, LANE_HEAD = 30, 30  # width of the strips with the names of pool and lanes
LEFT = 120  # before the first column, room for the start
PITCH = 340  # from column to column
ROW = 120  # height of a row in a lane
TASK = (140, 80)
GATEWAY, EVENT = 50, 36
GATEWAY_X = 160  # of the gateway in its column
EXCEPTION_X = 115  # of the tasks of exceptions: below the gateway
FINISH_X = 275
GAP_X = 322  # where ways run up and down behind a column
LABEL = (90, 14)  # of a gateway
CONDITION = 46  # height of a condition
DETOUR = 18  # between two ways under the lanes


class Drawing:
    """Boxes of the nodes and corners of the ways of one flow. tops, heights: of the lanes; far: ways that run under them."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        rows = {role: 1 + max((node.row for node in flow.nodes if node.role == role), default=0) for role in flow.roles}
        self.tops: dict[str, int] = {}
        top = 0
        for role in flow.roles:
            self.tops[role] = top
            top += rows[role] * ROW
        self.heights = {role: rows[role] * ROW for role in flow.roles}
        columns = 1 + max(node.column for node in flow.nodes)
        self.width = POOL_HEAD + LANE_HEAD + LEFT + columns * PITCH + 60
        self.far = [way for way in flow.ways if self._is_far(way)]
        self.height = top
        self.left = POOL_HEAD + LANE_HEAD + LEFT

    def box(self, node: Node) -> tuple[int, int, int, int]:
        """x, y, width, height of a node."""
        middle = self.tops[node.role] + node.row * ROW + ROW // 2
        column = self.left + node.column * PITCH
        if node.kind == BEGIN:
            return self.left - 82, middle - EVENT // 2, EVENT, EVENT
        if node.kind == FINISH:
            x = column + FINISH_X if node.row else column + PITCH
            return x, middle - EVENT // 2, EVENT, EVENT
        if node.kind == CHOICE:
            return column + GATEWAY_X, middle - GATEWAY // 2, GATEWAY, GATEWAY
        x = column + (EXCEPTION_X if node.kind == EXCEPTION else 0)
        return x, middle - TASK[1] // 2, *TASK

    def node_label(self, node: Node) -> tuple[int, int, int, int] | None:
        """Where the name of a gateway stands, so that no way runs through it; None where the editor's own place is good."""
        if node.kind != CHOICE:
            return None
        x, y, width, _ = self.box(node)
        return x - (LABEL[0] - width) // 2, y - LABEL[1] - 2, *LABEL

    def way_label(self, way: Way) -> tuple[int, int, int, int] | None:
        """Where the condition of an exception stands: above what is done in it."""
        target = self.flow.node(way.target)
        if not way.text:
            return None
        x, y, width, _ = self.box(target)
        return x + width // 2 - 20, y - CONDITION - 4, width + 20, CONDITION

    def points(self, way: Way) -> list[tuple[int, int]]:
        """Corners of a way."""
        source, target = self.flow.node(way.source), self.flow.node(way.target)
        sx, sy, sw, sh = self.box(source)
        tx, ty, _, th = self.box(target)
        start, goal = (sx + sw, sy + sh // 2), (tx, ty + th // 2)
        if source.kind == CHOICE and target.kind == EXCEPTION:
            if target.row == 1:
                return [(sx + sw // 2, sy + sh), (sx + sw // 2, ty)]
            bend, aside = sy + sh // 2 + TASK[1] // 2 + 6, tx - 10
            return [(sx + sw // 2, sy + sh), (sx + sw // 2, bend), (aside, bend), (aside, goal[1]), goal]
        if way in self.far:
            under = self.height + DETOUR * (1 + self.far.index(way))
            out = self.left + source.column * PITCH + GAP_X
            back = tx - 14
            return [start, (out, start[1]), (out, under), (back, under), (back, goal[1]), goal]
        if start[1] == goal[1]:
            return [start, goal]
        out = self.left + source.column * PITCH + GAP_X if source.kind != BEGIN else sx + sw + 10
        return [start, (out, start[1]), (out, goal[1]), goal]

    def _is_far(self, way: Way) -> bool:
        source, target = self.flow.node(way.source), self.flow.node(way.target)
        return source.kind == EXCEPTION and target.kind == OPERATION and target.column != source.column + 1
