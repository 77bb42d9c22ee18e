"""The sheet of moved clients: who stood elsewhere in an earlier segmentation (the agreed criteria, the last period).

Moved is who is in both and in another class now, and who is in only one of them (an empty cell on the other side). In order:
from which class, to which, then by value as the segmentation has it; the gone last.
"""

from __future__ import annotations

import pandas as pd

from sbyt_core.reports.kit.book import HEADER_HEIGHT, Book, row_heights
from sbyt_core.segments.model import SEGMENTS
from sbyt_core.segments.segmentation import Segmentation

COLUMNS = (("client", 34), ("client_code", 14), ("manager", 22), ("was", 9), ("now", 9), ("revenue", 16), ("reasons", 78))


def moved_clients(before: Segmentation, rows: pd.DataFrame) -> pd.DataFrame:
    """Clients whose class differs: columns of the sheet. rows: of the segmentation now, with client_key and reasons."""
    old = before.frame[["client_key", "client", "client_code", "manager", "segment"]]
    both = rows.merge(old.rename(columns={"segment": "was"})[["client_key", "was"]], on="client_key", how="left")
    both = both.rename(columns={"segment": "now"})
    gone = old[~old["client_key"].isin(rows["client_key"])].rename(columns={"segment": "was"})
    every = pd.concat([both[both["was"].isna() | (both["was"] != both["now"])], gone], ignore_index=True)
    order = {name: place for place, name in enumerate(SEGMENTS)}
    every = every.assign(a=every["was"].map(order), b=every["now"].map(order)).sort_values(["a", "b"], kind="stable", na_position="last")
    return every.reindex(columns=[code for code, _ in COLUMNS])


def moved_sheet(book: Book, moved: pd.DataFrame, *, of: int) -> None:
    """Write the sheet. moved: of `moved_clients`; of: clients now."""
    speech = book.speech
    sheet = book.sheet(speech("report.sheet.moved"), [width for _, width in COLUMNS])
    sheet.line(speech("report.moved", n=len(moved), all=of), "title")
    if moved.empty:
        return
    header = sheet.row
    names = {name: name if name != "new" else speech("report.new") for name in SEGMENTS}
    sheet.header([book.label(code, money=code == "revenue") for code, _ in COLUMNS], numbers=(5,), height=HEADER_HEIGHT)
    plain, money, wrapped_look = book.look("text"), book.look("plain", "money"), book.look("wrapped")
    columns = []
    for code, _ in COLUMNS:
        if code == "revenue":
            columns.append((moved[code].tolist(), "number", money))
        else:
            texts = moved[code].map(names) if code in ("was", "now") else moved[code]
            columns.append(
                (texts.astype("str").to_numpy(dtype=object, na_value=None).tolist(), "text", wrapped_look if code == "reasons" else plain)
            )
    wrapped = [(values, width) for (values, _, look), (_, width) in zip(columns, COLUMNS, strict=True) if look is wrapped_look]
    sheet.rows(columns, heights=row_heights(wrapped))
    sheet.raw.freeze_panes(header + 1, 1)
    sheet.raw.autofilter(header, 0, sheet.row - 1, len(COLUMNS) - 1)
    sheet.raw.repeat_rows(header)
