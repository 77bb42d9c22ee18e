"""`python -m sbyt_core COMMAND FILE … [--json]`: exit 0 done, 1 internal fault, 2 bad input.

With --json stdout holds one JSON object alone, and a bad input is {"error": {"code", "message", "hint"}}; messages for people go to
stderr, in the language of --lang. A command is a module of cli/ with `add(parser)`, `run(args) -> dict` and `show(found, say) -> str`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
from itertools import pairwise
from types import ModuleType
from typing import NoReturn

from sbyt_core.errors import BadInput, SbytError
from sbyt_core.texts import LANGUAGES, speech

# command → module of cli/, imported only when it runs: reading a file never loads what charts or statistics need
COMMANDS = {
    "allocate": "allocate_file",
    "demo": "demo",
    "effect": "effect_file",
    "inspect": "inspect_file",
    "report": "report_file",
    "segment": "segment_file",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is an error like any other."""

    def error(self, message: str) -> NoReturn:
        """Raises BadInput bad_command, with how the command is called."""
        raise BadInput("bad_command", message=message, usage=" ".join(self.format_usage().split()))


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    _utf8()
    argv = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in argv
    say = speech(_language(argv))
    try:
        module, args = _parsed(argv)
        found = module.run(args)
    except SbytError as fault:
        return _complain(2, fault.code, *say.error(fault), as_json=as_json)
    except Exception:
        traceback.print_exc()
        return _complain(1, "internal", say("error.internal"), say("error.internal.hint"), as_json=as_json)
    print(json.dumps(found, ensure_ascii=False, allow_nan=False) if as_json else module.show(found, say))
    return 0


def _parsed(argv: list[str]) -> tuple[ModuleType, argparse.Namespace]:
    parser = _Parser(prog="python -m sbyt_core")
    parser.add_argument("command", choices=sorted(COMMANDS), metavar="COMMAND", help=", ".join(sorted(COMMANDS)))
    command = parser.parse_args(argv[:1]).command
    module = importlib.import_module(f"sbyt_core.cli.{COMMANDS[command]}")
    options = _Parser(prog=f"python -m sbyt_core {command}")
    module.add(options)
    options.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    return module, options.parse_args(argv[1:])


def _language(argv: list[str]) -> str:
    """The language that was asked for, also when the rest of the command makes no sense."""
    return next((word for option, word in pairwise(argv) if option == "--lang" and word in LANGUAGES), LANGUAGES[0])


def _complain(exit_code: int, code: str, message: str, hint: str, *, as_json: bool) -> int:
    print(f"{message}\n{hint}", file=sys.stderr)
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message, "hint": hint}}, ensure_ascii=False))
    return exit_code


def _utf8() -> None:
    """Names from files may hold any letter; a console of another encoding must not break on them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
