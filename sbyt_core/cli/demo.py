"""`demo DIR`: the made-up company's files, for trying everything out."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from sbyt_core.errors import BadInput
from sbyt_core.texts import Speech


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Make the files; the object of `demo --json` names them. Raises BadInput folder_not_writable."""
    from sample_data.make_sample import FILES, make

    folder = Path(args.folder)
    try:
        make(folder)
    except OSError:
        raise BadInput("folder_not_writable", path=args.folder) from None
    return {"folder": str(folder), "files": list(FILES)}


def show(found: Mapping[str, object], say: Speech) -> str:
    """The same for people, in their language."""
    return say("cli.demo.made", folder=found["folder"], files=found["files"])
