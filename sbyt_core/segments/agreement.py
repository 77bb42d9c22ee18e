"""What is agreed with the owner: the criteria, the overrides and the client table they were agreed on, as data that never changes.

From these three the segmentation is made again with the same classes and figures, at any time.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from sbyt_core.clients.snapshot import table_from_bytes, table_to_bytes
from sbyt_core.errors import BadInput
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import Override
from sbyt_core.segments.segment import segment
from sbyt_core.segments.segmentation import Segmentation


def agreement_of(segmentation: Segmentation) -> tuple[str, bytes]:
    """A segmentation as JSON text (criteria and overrides) and the bytes of its client table."""
    said = {"criteria": asdict(segmentation.criteria), "overrides": [asdict(one) for one in segmentation.overrides]}
    return json.dumps(said, ensure_ascii=False), table_to_bytes(segmentation.clients)


def agreed_segmentation(text: str, table: bytes) -> Segmentation:
    """The segmentation that `agreement_of` was given. Raises BadInput bad_json, BadFile damaged_file."""
    return segment(table_from_bytes(table), agreed_criteria(text), overrides=_overrides(text))


def agreed_criteria(text: str) -> Criteria:
    """The criteria of an agreement. Raises BadInput."""
    try:
        return Criteria().with_(dict(json.loads(text)["criteria"]))
    except (ValueError, KeyError, TypeError) as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput("bad_json", name="criteria") from None


def _overrides(text: str) -> tuple[Override, ...]:
    try:
        return tuple(Override(**one) for one in json.loads(text)["overrides"])
    except (ValueError, KeyError, TypeError):
        raise BadInput("bad_json", name="criteria") from None
