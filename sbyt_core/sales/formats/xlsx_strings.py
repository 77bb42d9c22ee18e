"""Very many shared strings as one Arrow array; a table where any of them is in several formats is read string by string."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.archive import Archive
from sbyt_core.sales.formats.xlsx_columns import clean_texts
from sbyt_core.sales.formats.xlsx_parts import strings_of, strings_part
from sbyt_core.sales.formats.xlsx_piece import PADDING, NotPlain, prefix_of, slices, text_starts, without_prefix


class StringTable:
    """The shared strings by their number. texts: the same as Arrow texts, null where empty."""

    def __init__(self, archive: Archive) -> None:
        part = strings_part(archive)
        self.texts = _texts(archive.read(part)) if part else pa.array([], pa.string())

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, number: int) -> str:
        return self.texts[number].as_py() or ""


def _texts(text: bytes) -> pa.Array:
    if b"<!" in text[:4096]:
        raise BadFile("damaged_or_unsafe_file")
    try:
        return clean_texts(_plain_texts(without_prefix(text, prefix_of(text)) + PADDING))
    except NotPlain:
        return pa.array([string or None for string in strings_of([text])], pa.string())


def _plain_texts(text: bytes) -> pa.Array:
    """The strings where every one is <si><t>…</t></si>. Raises NotPlain."""
    codes = np.frombuffer(text, dtype=np.uint8)
    at = np.append(np.flatnonzero(codes == ord("<")), [len(text) - len(PADDING)] * 4).astype(np.int32)
    name, then = codes[at + 1], codes[at + 2]
    items = np.flatnonzero((name == ord("s")) & (then == ord("i")) & (codes[at + 3] == ord(">")))
    tags = at[items + 1]
    start = text_starts(codes, tags)
    end = np.where(start > 0, at[items + 2], tags)
    is_plain = (name[items + 1] == ord("t")) & (name[items + 2] == ord("/"))
    if not is_plain.all() or text.count(b"<t") != len(items) or text.count(b"</sst>") != 1:
        raise NotPlain
    found = slices(text, np.where(start > 0, start, tags), end)
    try:
        found.validate(full=True)
    except pa.ArrowInvalid as fault:  # not UTF-8
        raise NotPlain from fault
    return found
