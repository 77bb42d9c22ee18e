"""Sales lines from outside: a Parquet file looked at before it is opened whole.

A small file can unfold without end (one long text named by a million rows), so the rows, the columns and the length of
each text column unfolded are measured first, a column at a time, with texts kept as dictionary.
"""

from __future__ import annotations

from pathlib import Path

from sbyt_core.errors import SbytError
from sbyt_core.sales.model import LINE_COLUMNS, SalesData

MAX_LINES = 10_000_000  # rows of one data set: ten times the largest export met
MAX_COLUMNS = 200
MAX_TEXT_BYTES = 4 << 30  # of one text column unfolded: 400 bytes a cell at the most rows


def checked_sales(path: Path) -> SalesData:
    """Sales lines from a file that is not ours yet. Raises damaged_or_unsafe_file."""
    from sbyt_core.sales.parquet import read_parquet

    try:
        _measure(path)
        sales = read_parquet(path)
        types = {name: str(kind) for name, kind in sales.lines.dtypes.items()}
    except Exception:  # whatever a forged file makes the reader raise, it is the file's fault
        raise SbytError("damaged_or_unsafe_file") from None
    if types != LINE_COLUMNS or list(types) != list(LINE_COLUMNS):
        raise SbytError("damaged_or_unsafe_file")
    return sales


def _measure(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        fields, rows = list(file.schema_arrow), file.metadata.num_rows
    if rows > MAX_LINES or len(fields) > MAX_COLUMNS:
        raise ValueError("too large")
    texts = {pa.string(), pa.large_string()}
    for field in fields:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if kind not in texts:
            if not (pa.types.is_primitive(kind) or pa.types.is_null(kind)):
                raise ValueError("no column of sales lines")
            continue
        with pq.ParquetFile(path, read_dictionary=[field.name]) as file:
            column = file.read([field.name]).column(0)
        pieces = column.chunks if pa.types.is_dictionary(column.type) else [chunk.dictionary_encode() for chunk in column.chunks]
        size = sum(pc.sum(pc.binary_length(piece.dictionary).cast("int64").take(piece.indices)).as_py() or 0 for piece in pieces)
        if size > MAX_TEXT_BYTES:
            raise ValueError("too large")
