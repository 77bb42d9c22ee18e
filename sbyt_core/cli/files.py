"""What every command that reads a FILE takes: how to read it, and --rates and --facts; and the reading itself, in the watched child."""

from __future__ import annotations

import argparse
from pathlib import Path

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.model import SalesData


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """Declare FILE and how to read it."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--sheet", metavar="S")
    parser.add_argument("--map", action="append", default=[], metavar="ROLE=HEADER", help="role=header, may be repeated")
    parser.add_argument("--answer", action="append", default=[], metavar="QUESTION=CHOICE", help="question=choice, may be repeated")
    parser.add_argument("--password")
    parser.add_argument("--rates", metavar="RATES.JSON", help="rates of cost to serve: net profit becomes known")
    parser.add_argument("--facts", metavar="CLIENTS.XLSX", help="one row a client: debts, deliveries, hours, requests, potential")


def read_file(args: argparse.Namespace) -> SalesData:
    """The sales of the FILE under the options. Raises BadFile and BadInput."""
    path = Path(args.file)
    if not path.is_file():
        raise BadFile("file_not_found", path=args.file)
    return reading_service().read(
        path,
        name=path.name,
        sheet=args.sheet,
        mapping=pairs("--map", args.map),
        answers=pairs("--answer", args.answer),
        password=args.password,
    )


def answers_given(sales: SalesData) -> dict[str, str | None]:
    """Question → the choice that was taken, asked or not."""
    return {question.code: question.chosen or question.best for question in sales.report.questions}


def pairs(option: str, texts: list[str]) -> dict[str, str]:
    """key=value texts as a dict; the last of equal keys holds. Raises BadInput unknown_setting for a text without "="."""
    found = {}
    for text in texts:
        key, mark, value = text.partition("=")
        if not mark or not key.strip():
            raise BadInput("unknown_setting", name=f"{option} {text}", allowed=["key=value"])
        found[key.strip()] = value.strip()
    return found
