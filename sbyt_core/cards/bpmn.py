"""The card as a BPMN 2.0 process with its diagram: lanes by role, a task for every step, a gateway where it has exceptions.

The file opens in any BPMN editor (Camunda Modeler, Stormbpmn and others) and holds, in the documentation of a task, all that the step says.
The process is a description: it is not marked executable, and its conditions are words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from sbyt_core.cards.drawing import DETOUR, POOL_HEAD, Drawing
from sbyt_core.cards.flow import BEGIN, CHOICE, EXCEPTION, FINISH, OPERATION, Flow, Node, flow_of
from sbyt_core.cards.model import Card
from sbyt_core.cards.words import described
from sbyt_core.texts import Speech

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"

MANUAL = ("phone", "visit")  # channels of work that no program sees
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def to_bpmn(card: Card, speech: Speech, *, kind: str | None = None) -> bytes:
    """The process file of a card as a kind of clients is served by it, None: by the base; UTF-8 XML."""
    steps = card.steps_for(kind)
    flow = flow_of(steps)
    for prefix, address in (("", MODEL), ("bpmndi", DI), ("dc", DC), ("di", DD)):
        xml.register_namespace(prefix, address)
    root = xml.Element(_m("definitions"), {"id": "definitions", "targetNamespace": "http://bpmn.io/schema/bpmn", "exporter": "sbyt"})
    title = _text(card.name if kind is None else f"{card.name} – {kind}")
    pool = xml.SubElement(root, _m("collaboration"), {"id": "collaboration"})
    xml.SubElement(pool, _m("participant"), {"id": "pool", "name": title, "processRef": "process"})
    process = xml.SubElement(root, _m("process"), {"id": "process", "name": title, "isExecutable": "false"})
    if card.purpose:
        xml.SubElement(process, _m("documentation")).text = _text(card.purpose)
    _lanes(process, flow, speech)
    ids = [f"way_{number}" for number in range(1, len(flow.ways) + 1)]
    for node in flow.nodes:
        _node(process, node, flow, ids, speech)
    for name, way in zip(ids, flow.ways, strict=True):
        values = {"id": name, "sourceRef": way.source, "targetRef": way.target}
        element = xml.SubElement(process, _m("sequenceFlow"), values | ({"name": _text(way.text)} if way.text else {}))
        if flow.node(way.source).kind == CHOICE and not way.usual:  # in natural language, as BPMN allows for a description
            xml.SubElement(element, _m("conditionExpression")).text = _text(way.text) or speech("card.otherwise")
    _diagram(root, flow, ids)
    xml.indent(root)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _lanes(process: xml.Element, flow: Flow, speech: Speech) -> None:
    lanes = xml.SubElement(process, _m("laneSet"), {"id": "lanes"})
    for number, role in enumerate(flow.roles, 1):
        lane = xml.SubElement(lanes, _m("lane"), {"id": f"lane_{number}", "name": _text(role) or speech("card.no_role")})
        for node in flow.nodes:
            if node.role == role:
                xml.SubElement(lane, _m("flowNodeRef")).text = node.name


def _node(process: xml.Element, node: Node, flow: Flow, ids: Sequence[str], speech: Speech) -> None:
    values = {"id": node.name}
    if node.text:
        values["name"] = _text(node.text)
    if node.kind == CHOICE:
        values["name"] = speech("card.as_usual")
        usual = next(name for name, way in zip(ids, flow.ways, strict=True) if way.source == node.name and way.usual)
        values["default"] = usual
    element = xml.SubElement(process, _m(_tag(node)), values)
    if node.kind == OPERATION and node.step is not None:
        xml.SubElement(element, _m("documentation")).text = _text("\n".join(described(node.step, speech)))
    for name, way in zip(ids, flow.ways, strict=True):
        if way.target == node.name:
            xml.SubElement(element, _m("incoming")).text = name
    for name, way in zip(ids, flow.ways, strict=True):
        if way.source == node.name:
            xml.SubElement(element, _m("outgoing")).text = name


def _tag(node: Node) -> str:
    if node.kind == OPERATION and node.step is not None:
        return "manualTask" if node.step.channel in MANUAL else "userTask"
    return {BEGIN: "startEvent", FINISH: "endEvent", CHOICE: "exclusiveGateway", EXCEPTION: "manualTask"}[node.kind]


def _diagram(root: xml.Element, flow: Flow, ids: Sequence[str]) -> None:
    drawing = Drawing(flow)
    diagram = xml.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = xml.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    under = DETOUR * (len(drawing.far) + 1) if drawing.far else 0
    _shape(plane, "pool", (0, 0, drawing.width, drawing.height + under), horizontal=True)
    for number, role in enumerate(flow.roles, 1):
        last = under if number == len(flow.roles) else 0
        box = (POOL_HEAD, drawing.tops[role], drawing.width - POOL_HEAD, drawing.heights[role] + last)
        _shape(plane, f"lane_{number}", box, horizontal=True)
    for node in flow.nodes:
        _label(_shape(plane, node.name, drawing.box(node)), drawing.node_label(node))
    for name, way in zip(ids, flow.ways, strict=True):
        edge = xml.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{name}_line", "bpmnElement": name})
        for x, y in drawing.points(way):
            xml.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})
        _label(edge, drawing.way_label(way))


def _shape(plane: xml.Element, name: str, box: tuple[int, int, int, int], *, horizontal: bool = False) -> xml.Element:
    values = {"id": f"{name}_shape", "bpmnElement": name} | ({"isHorizontal": "true"} if horizontal else {})
    shape = xml.SubElement(plane, f"{{{DI}}}BPMNShape", values)
    _bounds(shape, box)
    return shape


def _label(element: xml.Element, box: tuple[int, int, int, int] | None) -> None:
    if box is not None:
        _bounds(xml.SubElement(element, f"{{{DI}}}BPMNLabel"), box)


def _bounds(element: xml.Element, box: tuple[int, int, int, int]) -> None:
    xml.SubElement(element, f"{{{DC}}}Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))


def _m(tag: str) -> str:
    return f"{{{MODEL}}}{tag}"


def _text(text: str) -> str:
    return _UNWRITABLE.sub("", text).strip()
