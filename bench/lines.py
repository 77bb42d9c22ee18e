"""A made Parquet file of sales lines, with the columns and metadata that the workbench itself writes.

36 months in order of date, about 18 lines a client and 3 a document; sizes of clients are log-normal; one line in 25 gives
something back; 1 % of lines name no client. Clients are told apart by name, which is a text of some 25 letters, and have an
ИНН beside it. Same rows and seed, same file.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sbyt_core.sales.model import LINE_COLUMNS, ReadReport, SalesData
from sbyt_core.sales.parquet import ROW_GROUP, write_sales
from sbyt_core.sales.period import Period

FIRST, DAYS = np.datetime64("2023-01-01"), 1096  # three whole years
LINES_A_CLIENT, LINES_A_DOCUMENT = 18, 3
ITEMS, MANAGERS, BRANCHES = 2000, 40, 6
PART = 1_200_000  # lines made at once


def lines_file(rows: int, folder: Path) -> Path:
    """The file of so many lines in the folder, made if it is not there."""
    path = folder / f"lines_{rows}_{ROW_GROUP}.parquet"
    if not path.exists():
        draft = path.with_suffix(".part")
        _write(rows, draft)
        draft.rename(path)
    return path


def _write(rows: int, path: Path) -> None:
    schema = _schema()
    random = np.random.default_rng(20251130)
    clients = max(rows // LINES_A_CLIENT, 10)
    texts = _texts(clients)
    chance = random.lognormal(0, 1.2, clients)
    chance /= chance.sum()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        done = 0
        while done < rows:
            count = min(PART, rows - done)
            days = FIRST + ((done + np.arange(count)) * DAYS // rows).astype("timedelta64[D]")
            writer.write_table(_part(random, texts, chance, days, done).cast(schema), row_group_size=ROW_GROUP)
            done += count


def _texts(clients: int) -> dict[str, pa.Array]:
    return {
        "client_key": pa.array([f"ооо торговый дом {i:07d}" for i in range(clients)]),
        "client": pa.array([f"ООО «Торговый дом {i:07d}»" for i in range(clients)]),
        "client_code": pa.array([f"77{i:08d}" for i in range(clients)]),
        "item": pa.array([f"Номенклатура {i:05d}, упак. 12 шт." for i in range(ITEMS)]),
        "manager": pa.array([f"Менеджер {i:02d}" for i in range(MANAGERS)]),
        "branch": pa.array([f"Филиал {i}" for i in range(BRANCHES)]),
        "kind": pa.array(["sale", "return"]),
    }


def _part(random: np.random.Generator, texts: dict[str, pa.Array], chance: np.ndarray, days: np.ndarray, start: int) -> pa.Table:
    count = len(days)
    document = (start + np.arange(count)) // LINES_A_DOCUMENT
    who = np.repeat(random.choice(len(chance), count // LINES_A_DOCUMENT + 1, p=chance), LINES_A_DOCUMENT)[:count]
    back = random.random(count) < 0.04
    revenue = np.round(random.lognormal(7.5, 1, count) * np.where(back, -1, 1), 2)
    client = pa.array(who, mask=random.random(count) < 0.01)
    picks = dict.fromkeys(("client_key", "client", "client_code"), client) | {
        "item": pa.array(random.integers(0, ITEMS, count)),
        "manager": pa.array(who % MANAGERS),
        "branch": pa.array(who % BRANCHES),
        "kind": pa.array(back.astype(int)),
    }
    made = {name: texts[name].take(at) for name, at in picks.items()} | {
        "date": pa.array(days),
        "aggregate": pa.array(np.zeros(count, dtype=bool)),
        "document": pa.array([f"УТ-{number:08d}" for number in document]),
        "quantity": pa.array(random.integers(1, 50, count).astype(float)),
        "revenue": pa.array(revenue),
        "profit": pa.array(np.round(revenue * random.normal(0.22, 0.1, count), 2)),
        "discount": pa.array(np.round(np.abs(revenue) * random.choice([0, 0.03, 0.1], count), 2)),
        "sheet": pa.array(["Лист1"] * count),
        "row": pa.array(np.arange(start, start + count) + 2),
    }
    return pa.table({name: made[name] for name in LINE_COLUMNS})


def one_line() -> SalesData:
    """Sales of one line that says nothing but its date, in the period of the made file."""
    line = pd.DataFrame({name: pd.Series([None], dtype="object") for name in LINE_COLUMNS})
    line["date"], line["aggregate"], line["row"] = pd.Timestamp(FIRST), False, 2
    report = ReadReport("made", "", "xlsx", "Лист1", 1, {}, (), 1, {}, None)
    return SalesData(line.astype(LINE_COLUMNS), "made", report, Period(FIRST.item(), (FIRST + DAYS - 1).item()))


def _schema() -> pa.Schema:
    """Of the file that the workbench writes, its metadata included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.parquet"
        write_sales(one_line(), path)
        return pq.read_schema(path)
