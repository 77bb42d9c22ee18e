"""The child process that parses files: `python -m sbyt_core.sales.apart.worker`, for `reading.py` alone.

It takes one request after another from its standard input and answers in frames (see `wire.py`); whatever a library prints goes to
standard error. When its input ends, it ends.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from sbyt_core.errors import BadFile, SbytError
from sbyt_core.sales.apart import wire
from sbyt_core.sales.plain_table import read_table
from sbyt_core.sales.read import read_sales_bytes


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer requests until the input ends."""
    wire.send(outgoing, wire.READY, b"")
    while True:
        try:
            _, head = wire.receive(incoming)
            request = json.loads(head)
            data = wire.receive(incoming)[1] if request["path"] is None else None
        except wire.Broken:
            return
        _answer(request, data, outgoing)


def _answer(request: dict, data: bytes | None, outgoing: BinaryIO) -> None:
    def progress(share: float) -> None:
        wire.send(outgoing, wire.PROGRESS, json.dumps(round(share, 4)).encode())

    try:
        if request.get("table"):
            table = read_table(data or b"", sheet=request["sheet"], password=request["password"])
            for kind, body in wire.frames_of_table(table):
                wire.send(outgoing, kind, body)
            return
        sales = read_sales_bytes(
            data if data is not None else _file(request["path"]),
            name=request["name"],
            sheet=request["sheet"],
            mapping=request["mapping"],
            answers=request["answers"],
            password=request["password"],
            progress=progress,
        )
        del data
        for kind, body in wire.frames_of(sales):
            wire.send(outgoing, kind, body)
    except SbytError as fault:
        wire.send(outgoing, wire.FAULT, wire.fault_body(fault))
    except Exception:
        wire.send(outgoing, wire.CRASH, traceback.format_exc().encode()[-20_000:])


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise BadFile("file_not_found", path=path) from fault


def main() -> None:
    """Serve on the standard streams, kept clear of whatever else writes there."""
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, outgoing)


if __name__ == "__main__":
    main()
