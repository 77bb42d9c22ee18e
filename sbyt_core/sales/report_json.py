"""The report of a reading as JSON text and back, unchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sbyt_core.errors import BadFile, Problem
from sbyt_core.sales.model import Choice, ControlTotal, KeptRow, Question, ReadReport


def report_to_json(report: ReadReport) -> str:
    """The report as one JSON object."""
    return json.dumps(asdict(report), ensure_ascii=False, allow_nan=False)


def report_from_json(text: str) -> ReadReport:
    """The report of `report_to_json`. Raises BadFile damaged_file where the text is none."""
    try:
        return report_of(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadFile("damaged_file") from fault


def report_of(said: Mapping[str, Any]) -> ReadReport:
    """A report from plain lists and dicts."""
    known = {name: said[name] for name in ReadReport.__dataclass_fields__ if name in said}
    control = known.get("control_total")
    known.update(
        headers=tuple(said["headers"]),
        control_total=ControlTotal(**control) if control else None,
        problems=tuple(Problem(**problem) for problem in said["problems"]),
        questions=tuple(_question(question) for question in said["questions"]),
        sheets=tuple(said["sheets"]),
        preview=tuple(tuple(row) for row in said["preview"]),
        kept_rows=tuple(KeptRow(**{**row, "cells": tuple(row["cells"])}) for row in said.get("kept_rows", ())),
    )
    return ReadReport(**known)


def _question(said: Mapping[str, Any]) -> Question:
    return Question(**{**said, "choices": tuple(Choice(**choice) for choice in said["choices"])})
