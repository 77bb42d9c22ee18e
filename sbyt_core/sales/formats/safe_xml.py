"""XML read as a stream of elements, with nothing in it that could harm.

A document type, an entity declaration or a reference to anything outside ends the reading: damaged_or_unsafe_file. Control
characters that XML forbids, but programs write, are dropped. Names come without their namespace prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from sbyt_core.errors import BadFile

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]

FORBIDDEN = bytes(code for code in range(32) if code not in (9, 10, 13))
# a reference to a character that XML forbids: &#1; &#x0B; &#0;
BAD_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[\da-fA-F]));")


def parse(chunks: Iterable[bytes], start: Start, end: End, text: Text) -> None:
    """Call start(name, attributes), end(name) and text(piece) through the document.

    Raises damaged_or_unsafe_file for a DTD, damaged_file where it is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    local: dict[str, str] = {}

    def first(name: str, attributes: Attributes) -> None:
        """Handlers are called without a step between where the root has no prefix: then a prefixed element is a foreign one."""
        parser.StartElementHandler, parser.EndElementHandler = (on_start, on_end) if ":" in name else (start, end)
        parser.StartElementHandler(name, attributes)

    def on_start(name: str, attributes: Attributes) -> None:
        start(local.get(name) or local.setdefault(name, name.rpartition(":")[2]), attributes)

    def on_end(name: str) -> None:
        end(local[name])

    def refuse(*_: object) -> int:
        raise BadFile("damaged_or_unsafe_file")

    parser.StartElementHandler = first
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    wide: bool | None = None
    carried = b""
    try:
        for chunk in chunks:
            if wide is None:
                wide = chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:4]
            if not wide:
                chunk, carried = _clean(carried + chunk)
            parser.Parse(chunk, False)
        parser.Parse(carried, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise fault if isinstance(fault, BadFile) else BadFile("damaged_file") from fault


def _clean(chunk: bytes) -> tuple[bytes, bytes]:
    """The chunk without forbidden characters, and its last bytes where a reference may be cut in two."""
    at = chunk.rfind(b"&", -12)
    carried = b""
    if at >= 0 and chunk.find(b";", at) < 0:
        chunk, carried = chunk[:at], chunk[at:]
    chunk = chunk.translate(None, FORBIDDEN)
    return (BAD_REFERENCE.sub(b"", chunk) if b"&#" in chunk else chunk), carried
