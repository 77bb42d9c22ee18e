"""Damaged copies of the sample files: cut, with bytes flipped, with parts swapped, damaged or missing, with absurd places and sizes."""

from __future__ import annotations

import io
import random
import re
import zipfile

from tests.sales_formats.making import CASES, case, zipped

SEEDS = sorted(path.name for path in CASES.iterdir() if re.match(r"c\d+", path.name) and path.stat().st_size)
FAULTS = {"reading_failed", "reading_took_too_long", "reading_took_too_much_memory"}  # codes that no file may lead to
# what stands in a sheet, and what is put there instead
PLACES = (
    rb'r="[A-Z]+\d+"',
    rb'<row r="\d+"',
    rb'\bs="\d+"',
    rb't="\w+"',
    rb'ref="[^"]+"',
    rb"<v>[^<]*</v>",
    rb'min="\d+"',
    rb'outlineLevel="\d"',
)
ABSURD = (
    b'r="XFD1048576"', b'r="A99999999999"', b'r="-1"', b'r=""', b'<row r="1048576"', b'<row r="0"', b's="99999999"', b't="s"', b't="zzz"',
    b'ref="A1:XFD1048576"', b'ref="ZZZZ9:A0"', b"<v>1e999</v>", b"<v>-</v>", b"<v>99999999</v>", b'min="1" max="99999999"',
)  # fmt: skip
LARGE = 500_000  # bytes of a sample that is itself a bomb: its parts are left packed
NUMBERS = (b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f")  # sizes and counts of binary files


def mutant(chance: random.Random) -> bytes:
    """One damaged copy."""
    data = case(chance.choice(SEEDS))
    if data[:2] == b"PK" and len(data) < LARGE and chance.random() < 0.7:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                parts = {name: file.read(name) for name in file.namelist()}
        except zipfile.BadZipFile:
            return damaged(data, chance)
        return zipped(_other_parts(parts, chance))
    return damaged(data, chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut, doubled in part, or changed in some places."""
    way = chance.random()
    if way < 0.25:
        return data[: chance.randrange(len(data) + 1)]
    if way < 0.35:
        start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        return data[:end] + data[start:end] + data[end:]
    changed = bytearray(data)
    for _ in range(chance.choice([1, 5, 50])):
        if not changed:
            break
        at = chance.randrange(len(changed))
        if chance.random() < 0.2:
            changed[at : at + 4] = chance.choice(NUMBERS)
        else:
            changed[at] = chance.randrange(256)
    return bytes(changed)


def _other_parts(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    one, other = chance.sample(sorted(parts), 2)
    way = chance.randrange(6)
    if way == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif way == 1:
        parts[one] = damaged(parts[one], chance)
    elif way == 2:
        del parts[one]
    else:
        name = next((name for name in sorted(parts) if re.search(r"sheet\d*\.xml$|content\.xml$", name)), one)
        absurd = chance.choice(ABSURD)
        parts[name] = re.sub(chance.choice(PLACES), lambda _: absurd, parts[name], count=chance.choice([1, 2, 40]))
    return parts
