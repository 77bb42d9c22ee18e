"""Text tables: fields parted by a comma, semicolon, tab or bar, or columns aligned by spaces.

The separator is the one by which the most lines have the same number of fields, more than one; where two do equally well the comma
loses, for it is also the decimal mark. A first line `sep=;` decides. Quotes hold separators and line ends. A field is text as it
stands; an empty one is missing.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.builder import MAX_COLUMNS
from sbyt_core.sales.formats.grid import Grid

SEPARATORS = ("\t", ";", "|", "│", "¦", ",")  # in the order that decides between equals
SAMPLE_LINES = 200
DECLARED = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)
RULE = re.compile(r"[\s\-=_+|─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬¦]*")  # a line drawn between rows
GAP = re.compile(r"\S {2,}\S")
BARE = re.compile(r"[\d\s.,:/+\-]*")  # a line without a word
THOUSAND = re.compile(r"\d{3}(?!\d)")  # a group of digits after the blank that parts it
EXACT_CELLS = 250_000  # cells that stay Python objects
HEAD = 300  # rows kept as exact cells where columns are Arrow text
FRAME_ROWS = 50  # rows that tell whether a table is framed
MIN_ALIGNED = 3  # lines that must share their gaps
SAME_PLACE = 0.95  # share of lines that are blank where columns part, or that hold a figure where one seems to part
MAX_PLACES = 60_000_000  # fields of a text; in Arrow they take some 20 bytes each
csv.field_size_limit(1_000_000)


def read_delimited(text: str, name: str) -> Grid:
    """The text as one grid of text cells. Raises too_many_cells."""
    separator, text = separator_of(text)
    if separator is None:
        aligned = _aligned(text)
        if aligned is not None:
            return _grid(name, iter(aligned))
        separator = "\t"
    if separator in "│¦|":
        text = "\n".join("" if RULE.fullmatch(line) else line for line in text.splitlines())
        rows: Iterator[list[str]] = _unframed(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        return _grid(name, rows)
    return _grid(name, csv.reader(_lines(text), delimiter=separator))


def separator_of(text: str) -> tuple[str | None, str]:
    """The separator, None where there is none, and the text without the line that declares it."""
    declared = DECLARED.match(text)
    if declared:
        return declared[1], text[declared.end() :]
    sample = _first_lines(text)
    best, best_score = None, 0.0
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        try:
            counts = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row))
        except csv.Error:
            continue
        width, lines = max(counts.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
        score = lines / max(sum(counts.values()), 1) if width > 1 else 0.0
        if score > best_score + 0.05:
            best, best_score = separator, score
    # commas in sentences or in the figures of a text aligned by spaces are no separators: its header has none
    if best == "," and _aligned(sample) is not None and (best_score < 0.6 or "," not in _widest(sample)):
        return None, text
    return best, text


def _widest(text: str) -> str:
    """The first of the lines with most gaps: the header of an aligned table."""
    return max(text.splitlines(), key=lambda line: len(GAP.findall(line)), default="")


def _first_lines(text: str) -> str:
    """The first lines, cut at a line end outside quotes where one is near."""
    lines = text[:2_000_000].splitlines(keepends=True)
    taken = lines[:SAMPLE_LINES]
    for line in lines[SAMPLE_LINES : SAMPLE_LINES + 50]:
        if sum(part.count('"') for part in taken) % 2 == 0:
            break
        taken.append(line)
    return "".join(taken)


def _unframed(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Rows without padding, and without the empty fields that a frame leaves at both ends of every row."""
    padded = ([cell.strip() for cell in row] for row in rows)
    first = list(islice(padded, FRAME_ROWS))
    wide = [cells for cells in first if len(cells) > 2]
    framed = bool(wide) and all(not cells[0] and not cells[-1] for cells in wide)
    for cells in chain(first, padded):
        yield cells[1:-1] if framed and len(cells) > 2 and not cells[0] and not cells[-1] else cells


def _aligned(text: str) -> list[list[str]] | None:
    """Fields of columns that are parted by the same blank places in nearly all lines; None where there are none."""
    lines = [line.expandtabs().rstrip() for line in text.splitlines()]
    if all(map(BARE.fullmatch, lines)):
        figures = [line.split() for line in lines if line]
        if len(figures) >= MIN_ALIGNED and {len(fields) for fields in figures} == {max(len(figures[0]), 2)}:
            return figures  # gaps tell nothing here: a long figure leaves one space before it
    body = [line for line in lines[: SAMPLE_LINES * 5] if GAP.search(line)]
    if len(body) < MIN_ALIGNED:
        return None
    width = max(map(len, body))
    if width > 4000:
        return None
    table = np.array([list(line.ljust(width)) for line in body])
    blank = (table == " ").mean(axis=0) >= SAME_PLACE
    edges = np.flatnonzero(np.diff(np.concatenate(([True], blank, [True])).astype(int)))
    starts = [int(edge) for edge in edges[::2] if not _inside_figures(body, int(edge))]
    if len(starts) < 2:
        return None
    return [_cut(line, starts) for line in lines if not (line and RULE.fullmatch(line))]


def _inside_figures(body: list[str], start: int) -> bool:
    """Whether the one blank before a place parts the thousands of figures flush right: «12 345,67»."""
    both = [
        line for line in body if line[start - 1 : start] == " " and line[start - 2 : start - 1].strip() and line[start : start + 1].strip()
    ]
    grouped = sum(line[start - 2].isdigit() and THOUSAND.match(line, start) is not None for line in both) if start > 1 else 0
    return bool(both) and grouped >= SAME_PLACE * len(both)


def _cut(line: str, starts: list[int]) -> list[str]:
    """Fields of a line; one that runs over the border of its column stays whole in the column where it begins."""
    fields = [""] * len(starts)
    for match in re.finditer(r"\S+(?: \S+)*", line):
        # words with one space between belong together unless a column begins at the second
        begin = match.start()
        for word in re.finditer(r"\S+", match[0]):
            at = match.start() + word.start()
            if at != match.start() and at in starts:
                _add(fields, starts, begin, line[begin:at].rstrip())
                begin = at
        _add(fields, starts, begin, line[begin : match.end()])
    return fields


def _add(fields: list[str], starts: list[int], at: int, text: str) -> None:
    column = max((j for j, start in enumerate(starts) if start <= at), default=0)
    # numbers flush right may begin left of the words above them
    if fields[column] and column + 1 < len(starts) and not fields[column + 1]:
        column += 1
    fields[column] = f"{fields[column]} {text}" if fields[column] else text


def _grid(name: str, rows: Iterator[list[str]]) -> Grid:
    """Rows of any length as one grid: object columns where it is small, columns of Arrow text where it is big."""
    parts: list[list[pa.Array]] = []
    kept: list[list[str]] = []
    head: list[list[str]] = []
    width = n_rows = filled = 0
    try:
        for row in rows:
            kept.append(row)
            n_rows += 1
            width = max(width, len(row))
            if any(row):
                filled = n_rows
            if width > MAX_COLUMNS or n_rows * width > MAX_PLACES:
                raise BadFile("too_many_cells", rows=n_rows, columns=width, limit=MAX_PLACES)
            if len(kept) * width > EXACT_CELLS:
                head = head or kept[:HEAD]
                parts.append([pa.array(column, pa.string()) for column in _turned(kept, width)])
                kept = []
    except csv.Error as fault:
        raise BadFile("damaged_file") from fault
    if not parts:
        return Grid(name, tuple(_turned(kept[:filled], width)) if filled else (), filled)
    parts.append([pa.array(column, pa.string()) for column in _turned(kept, width)])
    columns = []
    for j in range(width):
        pieces = [part[j] if j < len(part) else pa.nulls(len(part[0]), pa.string()) for part in parts if part]
        columns.append(pa.chunked_array(pieces, pa.string()).slice(0, filled).to_pandas())
    return Grid(name, tuple(columns), filled, head=tuple(_turned(head, width)))


def _turned(rows: list[list[str]], width: int) -> list[np.ndarray]:
    """Rows as columns of cells, empty fields missing."""
    columns = [np.full(len(rows), None, dtype=object) for _ in range(width)]
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell:
                columns[j][i] = cell
    return columns


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without a second copy of the text."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end
