"""What comes in from outside, made safe to keep: names, codes, JSON.

A name is one line of visible text, 1 to 200 characters; control characters become spaces. JSON is kept in one spelling,
so that equal contents are equal texts; NaN and infinity are no JSON.
"""

from __future__ import annotations

import json as json_text
import re
import unicodedata
from typing import Any

from sbyt_core.errors import BadInput

MAX_NAME = 200  # characters: more than any company is called, and short enough for every index
MAX_TEXT = 10_000  # characters of a reason or note: some pages of prose
KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
CURRENCY = re.compile(r"[A-Z]{3}")
PROJECT_ID = re.compile(r"[0-9a-f]{32}")


def one_line(text: str) -> str:
    """A name as it is kept. Raises empty_name, name_too_long."""
    text = _clean(" ".join(_visible(text, breaks=False).split()), MAX_NAME)
    if not text:
        raise BadInput("empty_name")
    return text


def prose(text: str) -> str:
    """A reason or note as it is kept: line breaks stay. Raises empty_text, name_too_long."""
    text = _clean(_visible(text, breaks=True).strip(), MAX_TEXT)
    if not text:
        raise BadInput("empty_text")
    return text


def key(text: str, limit: int = MAX_TEXT) -> str:
    """A key that others chose (a client's, a document's), unchanged but for what no database holds. Raises name_too_long."""
    return _clean(text.replace("\x00", ""), limit)


def kind_code(kind: str) -> str:
    """A kind of document, version or entry; another spelling is a fault of the program."""
    if not KIND.fullmatch(kind):
        raise AssertionError(f"not a kind: {kind!r}")
    return kind


def canonical(json: str, what: str) -> str:
    """JSON text in the one spelling in which it is kept. Raises bad_json(name=what)."""
    try:
        value = json_text.loads(json, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadInput("bad_json", name=what) from None
    return dump(value, what)


def dump(value: Any, what: str) -> str:
    """A value as canonical JSON text. Raises bad_json(name=what)."""
    try:
        text = json_text.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        text.encode()
    except (TypeError, ValueError, RecursionError):
        raise BadInput("bad_json", name=what) from None
    return text


def _visible(text: str, *, breaks: bool) -> str:
    kept = "\n\t" if breaks else ""
    return "".join(c if c in kept or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text.replace("\r\n", "\n"))


def _clean(text: str, limit: int) -> str:
    text = text.encode("utf-8", "replace").decode()
    if len(text) > limit:
        raise BadInput("name_too_long", limit=limit)
    return text


def _no_number(word: str) -> float:
    raise ValueError(word)
