"""The process file against the OMG schema and another program's parser; the map against unfriendly names."""

from __future__ import annotations

import importlib.resources
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from sbyt_core.cards import Card
from sbyt_core.cards.bpmn import to_bpmn
from sbyt_core.cards.flow import flow_of
from sbyt_core.cards.mermaid import NAME_LIMIT, escaped, process_map
from sbyt_core.cards.starters import STARTERS, starter
from sbyt_core.cards.step import END
from sbyt_core.texts import LANGUAGES, speech
from tests.cards.making import small, step, with_ways
from tests.cards.test_model import cards

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
RU = speech("ru")
UNFRIENDLY = '"]; end click <img src=x onerror=alert(1)> `x` #quot; %%{init: {}}%% --> subgraph | A & B\x00\ud800'


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = importlib.resources.files("SpiffWorkflow.bpmn.parser").joinpath("schema", "BPMN20.xsd")
    return etree.XMLSchema(etree.parse(str(path)))


def drawn(content: bytes) -> tuple[dict[str, tuple[float, float, float, float]], dict[str, list[tuple[float, float]]]]:
    """Boxes and lines of the diagram, by element."""
    root = etree.fromstring(content)
    boxes = {}
    for shape in root.iter(DI + "BPMNShape"):
        bounds = shape.find(DC + "Bounds")
        boxes[shape.get("bpmnElement")] = tuple(float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    lines = {
        edge.get("bpmnElement"): [(float(p.get("x")), float(p.get("y"))) for p in edge.iter(DD + "waypoint")]
        for edge in root.iter(DI + "BPMNEdge")
    }
    return boxes, lines  # type: ignore[return-value]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [None, "A", "C", "new"])
@pytest.mark.parametrize("code", STARTERS)
def test_a_starter_is_valid_and_all_of_it_is_on_the_diagram(schema: etree.XMLSchema, code: str, kind: str | None, lang: str) -> None:
    card = starter(code, speech(lang))
    content = to_bpmn(card, speech(lang), kind=kind)
    root = etree.fromstring(content)
    assert schema.validate(root), schema.error_log.last_error
    boxes, lines = drawn(content)
    steps = card.steps_for(kind)
    tasks = {one.get("id"): one for one in root.iter() if one.tag in (MODEL + "userTask", MODEL + "manualTask")}
    for one in steps:
        assert tasks[one.key].get("name") == one.operation
        assert one.script in tasks[one.key].findtext(MODEL + "documentation")
        assert one.key in boxes
    assert sum(len(one.exceptions) for one in steps) == len(tasks) - len(steps)
    assert set(lines) == {flow.get("id") for flow in root.iter(MODEL + "sequenceFlow")}
    assert [lane.get("name") for lane in root.iter(MODEL + "lane")] == list(dict.fromkeys(one.role for one in steps))
    for gateway in root.iter(MODEL + "exclusiveGateway"):
        assert gateway.get("default")


@pytest.mark.parametrize("code", STARTERS)
def test_nothing_on_the_diagram_stands_on_another_and_no_line_crosses_a_task(code: str) -> None:
    card = starter(code, RU)
    boxes, lines = drawn(to_bpmn(card, RU))
    lanes = {name: box for name, box in boxes.items() if name.startswith(("lane", "pool"))}
    nodes = {name: box for name, box in boxes.items() if name not in lanes}
    for (_, (x, y, w, h)), (_, (x2, y2, w2, h2)) in combinations(nodes.items(), 2):
        assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    for x, y, w, h in nodes.values():
        assert sum(lx <= x and x + w <= lx + lw and ly <= y and y + h <= ly + lh for lx, ly, lw, lh in lanes.values()) == 2
    for points in lines.values():
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            for x, y, w, h in nodes.values():
                crosses = min(x1, x2) < x + w and max(x1, x2) > x and min(y1, y2) < y + h and max(y1, y2) > y
                assert not crosses


def test_another_program_reads_the_process(tmp_path: Path) -> None:
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator

    path = tmp_path / "card.bpmn"
    path.write_bytes(to_bpmn(starter("production", RU), RU).replace(b'isExecutable="false"', b'isExecutable="true"'))
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_file(str(path))
    specs = parser.get_spec("process").task_specs
    assert {f"s{n}" for n in range(1, 13)} <= set(specs)
    assert {one.name for one in specs["s7_choice"].outputs} == {"s7_1", "s7_2", "s8"}
    assert [one.name for one in specs["s7_2"].outputs] == ["s3"]


def test_exceptions_lead_where_the_card_says() -> None:
    flow = flow_of(with_ways(small(), {"s2": ["", "s4", END], "s5": ["s9"]}).steps)
    ways = {way.source: way.target for way in flow.ways if "_" in way.source and "choice" not in way.source}
    assert ways == {"s2_1": "s3", "s2_2": "s4", "s2_3": "s2_3_finish", "s5_1": "finish"}


@settings(max_examples=40, deadline=None)
@given(cards())
def test_any_card_gives_a_valid_file(schema: etree.XMLSchema, card: Card) -> None:
    root = etree.fromstring(to_bpmn(card, RU, kind="A"))
    assert schema.validate(root), schema.error_log.last_error
    assert all(len(edge.findall(DD + "waypoint")) >= 2 for edge in root.iter(DI + "BPMNEdge"))


def test_unfriendly_names_stay_names(schema: etree.XMLSchema) -> None:
    card = Card(UNFRIENDLY, (step(1, operation=UNFRIENDLY, role=UNFRIENDLY, trigger=UNFRIENDLY),))
    root = etree.fromstring(to_bpmn(card, RU))
    assert schema.validate(root), schema.error_log.last_error
    assert root.find(f".//{MODEL}userTask").get("name").startswith('"]; end click <img')
    text = process_map(card.steps, RU)
    for line in text.splitlines():
        assert re.fullmatch(r"[^<>`&|%]*", re.sub("<br/>|--> ", "", line)), line
    assert text.count('"') == 6


def test_the_map_says_order_ways_and_roles() -> None:
    lines = process_map(with_ways(small(), {"s2": ["", "s4", END]}).steps, RU).splitlines()
    assert '  step_s1["1. Принять<br/>4 мин"]' in lines
    assert "  begin_ --> step_s1" in lines
    assert "  step_s5 --> finish_" in lines
    assert '  step_s2 -. "если" .-> step_s4' in lines
    assert '  step_s2 -. "если" .-> step_s2_3' in lines
    assert "  class step_s4 role1" in lines
    assert process_map((), RU).splitlines()[0] == "flowchart TD"


def test_a_long_name_is_cut_on_the_map() -> None:
    assert escaped("слово " * 40).count("слово") == NAME_LIMIT // 6
    assert escaped("слово " * 40).endswith("#8230;")
