"""Pages saved as one file (MHTML, Excel's "Single File Web Page"): the HTML parts inside, decoded, in their order."""

from __future__ import annotations

from email import message_from_bytes, policy

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.encoding import decoded

MAX_PARTS = 1_000


def html_parts(data: bytes) -> list[str]:
    """Text of every HTML part that holds a table. Raises damaged_file where there is none."""
    message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    texts = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body:
            continue
        charset = part.get_content_charset()
        try:
            text = body.decode(charset) if charset else decoded(body)[0]
        except (LookupError, UnicodeDecodeError):
            text = decoded(body)[0]
        if "<table" in text.lower():
            texts.append(text)
    if not texts:
        raise BadFile("damaged_file")
    return texts
