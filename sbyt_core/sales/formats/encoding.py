"""Bytes → text, by what the bytes are: a byte order mark, the zeros of UTF-16, valid UTF-8, else the likelier Russian code page.

Of the code pages the one wins whose letters read like Russian: frequent letters in words that begin with a capital or have none for, frames
inside words, rare signs and capitals after small letters against. A file that is no text at all is not_a_table_file.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from sbyt_core.errors import BadFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000  # bytes that tell a code page
MAX_CONTROL = 0.001  # share of control characters that a text may hold
FREQUENT = "оеаинтсрвлкмдпуяыьгзб"  # nine letters of ten in Russian text
CODE_PAGES = ("cp1251", "cp866", "koi8-r", "mac-cyrillic", "iso8859-5")  # where nothing tells, the first
CAPITALS = 0.9  # worth of a word in capitals: one code page's small letters are another's capitals
LINE = re.compile(r"(\w)\1\1\1")  # a letter four times in a row: a line of a frame
WORD = re.compile(r"(?<![^\W\d_])(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)(?![^\W\d_])")
DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9_-]+)[\"']|charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
# what one code page makes of the other's letters: a frame inside a word, signs where small letters stood, capitals after small letters
UNLIKELY = re.compile("[\u2500-\u259f][а-яё]|[ЎўЈ¤Ґ¦§©Є¬®ЇїіЂЃѓЌЋЏђќћџ‡\x98\ufffd]|[а-яё][А-ЯЁ]")
CONTROL = str.maketrans("", "", "".join(chr(code) for code in range(32) if code not in (9, 10, 13)))


def decoded(data: bytes) -> tuple[str, str]:
    """The text, without control characters, and the encoding that it was read by."""
    encoding = encoding_of(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    control = sum(text[:SAMPLE].count(chr(code)) for code in range(9))
    if control > MAX_CONTROL * min(len(text), SAMPLE):
        raise BadFile("not_a_table_file", kind="BIN")
    return (text.translate(CONTROL) if control or "\x1a" in text[-2:] else text), encoding


def encoding_of(data: bytes) -> str:
    """Name of the encoding for bytes.decode."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:SAMPLE]
    if wide := _utf16(sample):
        return wide
    if _is_utf8(data):
        return "utf-8"
    declared = DECLARED.search(data[:2048])
    if declared:
        name = (declared[1] or declared[2]).decode("ascii").lower()
        if name not in ("utf-8", "utf8") and _known(name):
            return name
    return max(CODE_PAGES, key=lambda page: (_russian(sample.decode(page, errors="replace")), -CODE_PAGES.index(page)))


def _utf16(sample: bytes) -> str | None:
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    # digits, separators and line ends have a zero byte each; Russian letters have 4 there
    if odd > 0.1 * pairs and even * 10 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > 0.1 * pairs and odd * 10 < even else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        # a file cut off in the middle of its last letter is still UTF-8
        return len(data) - fault.start < 4 and fault.start > 0 and fault.reason == "unexpected end of data"
    return True


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name.startswith(("cp", "koi8", "iso8859", "mac", "utf", "windows"))
    except LookupError:
        return False


def _russian(text: str) -> float:
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word in WORD.findall(text):
        if not LINE.search(word):
            (capital if word.isupper() else small).update(word.lower())
    known = sum(small[letter] + CAPITALS * capital[letter] for letter in FREQUENT)
    return known - 3 * len(UNLIKELY.findall(text[:20_000]))
