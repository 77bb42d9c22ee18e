"""Practice: what was really done of the technology card, and how far that can be told (METHOD §6)."""

from sbyt_core.practice.conformance import Conformance, conform
from sbyt_core.practice.followed import Followed, followed
from sbyt_core.practice.log import LOG_COLUMNS, Observation, as_log
from sbyt_core.practice.read_log import LogReading, read_log
from sbyt_core.practice.wilson import ENOUGH, Share, share_of, wilson

__all__ = [
    "ENOUGH",
    "LOG_COLUMNS",
    "Conformance",
    "Followed",
    "LogReading",
    "Observation",
    "Share",
    "as_log",
    "conform",
    "followed",
    "read_log",
    "share_of",
    "wilson",
]
