"""`python -m sbyt_core COMMAND FILE … [--json]`: exit 0 done, 1 internal fault, 2 bad input.

With --json the only thing on stdout is one JSON object, and a bad input is {"error": {"code", "message", "hint"}}; messages for people go to
stderr, in the language of --lang. A command is a module of cli/ with `add(parser)`, `run(args) -> dict` and `show(found, say) -> str`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback

from sbyt_core.errors import SbytError
from sbyt_core.texts import LANGUAGES, speech

# command → module of cli/; a module is imported only when its command runs, so that reading a file never loads what charts or statistics need
COMMANDS = {"demo": "demo", "inspect": "inspect_file", "segment": "segment_file"}


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    _utf8()
    argv = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="python -m sbyt_core")
    parser.add_argument("command", choices=sorted(COMMANDS), metavar="COMMAND", help=", ".join(sorted(COMMANDS)))
    command, rest = argv[:1], argv[1:]
    if not command or command[0] not in COMMANDS:
        parser.parse_args(command)
    module = importlib.import_module(f"sbyt_core.cli.{COMMANDS[command[0]]}")
    options = argparse.ArgumentParser(prog=f"python -m sbyt_core {command[0]}")
    module.add(options)
    options.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    args = options.parse_args(rest)
    say = speech(args.lang)
    try:
        found = module.run(args)
    except SbytError as fault:
        message, hint = say.error(fault)
        print(f"{message}\n{hint}", file=sys.stderr)
        if args.json:
            print(json.dumps({"error": {"code": fault.code, "message": message, "hint": hint}}, ensure_ascii=False))
        return 2
    except Exception:
        traceback.print_exc()
        if args.json:
            print(json.dumps({"error": {"code": "internal", "message": say("error.internal"), "hint": say("error.internal.hint")}}, ensure_ascii=False))
        return 1
    print(json.dumps(found, ensure_ascii=False, allow_nan=False) if args.json else module.show(found, say))
    return 0


def _utf8() -> None:
    """Names from files may hold any letter; a console of another encoding must not break on them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
