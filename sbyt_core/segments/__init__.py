"""From the client table to segments A, B, C: rules, guards, reasons, passport (METHOD §3)."""

from sbyt_core.segments.compare import count_moved, moved_clients
from sbyt_core.segments.criteria import GUARD_MODES, MEASURES, PRESETS, TASKS, Criteria, criteria_from_json, criteria_to_json
from sbyt_core.segments.find_cuts import FoundCuts, find_cuts
from sbyt_core.segments.model import (
    SEGMENT_COLUMNS,
    SEGMENTS,
    STATES,
    SUMMARY_COLUMNS,
    TAGS,
    GuardResult,
    Move,
    Override,
    Passport,
    Reason,
    WhaleCurve,
)
from sbyt_core.segments.passport import passport
from sbyt_core.segments.segment import segment
from sbyt_core.segments.segmentation import Segmentation

__all__ = [
    "GUARD_MODES",
    "MEASURES",
    "PRESETS",
    "SEGMENTS",
    "SEGMENT_COLUMNS",
    "STATES",
    "SUMMARY_COLUMNS",
    "TAGS",
    "TASKS",
    "Criteria",
    "FoundCuts",
    "GuardResult",
    "Move",
    "Override",
    "Passport",
    "Reason",
    "Segmentation",
    "WhaleCurve",
    "count_moved",
    "criteria_from_json",
    "criteria_to_json",
    "find_cuts",
    "moved_clients",
    "passport",
    "segment",
]
