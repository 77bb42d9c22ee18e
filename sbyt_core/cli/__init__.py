"""The command line: one module a command, each with `add(parser)` and `run(args) -> dict` (the object that --json prints)."""
