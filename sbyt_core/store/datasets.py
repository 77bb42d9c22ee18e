"""Data sets: the file as it came, the lines read from it, and how it was read.

The original and the lines (Parquet) lie in the files, named by content; the row keeps the fingerprint, the mapping, the
answers and the totals. The same lines added again are the same data set, made current. How a file of some shape was read
is remembered, so that next month's export asks nothing.
"""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from sbyt_core.errors import SbytError
from sbyt_core.sales.model import ReadReport, SalesData
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import Base
from sbyt_core.store.documents import Documents
from sbyt_core.store.records import DataSet, Shape

SHAPE = "shape"  # kind of the documents that remember how files were read


class Datasets(Documents, Base):
    """The part of the store that keeps what was uploaded."""

    def add_dataset(
        self,
        project_id: str,
        sales: SalesData,
        original: bytes,
        *,
        author: str | None = None,
        mapping: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        shape: str | None = None,
        current: bool = True,
    ) -> DataSet:
        """Keep a file and its lines and make them current; with a shape, remember the mapping and answers for the next one.

        original: the bytes as they came. mapping: role → header; answers: question → choice; current: False for a file that becomes
        a part of a data set (`put_together`).
        """
        from sbyt_core.sales.parquet import write_sales

        author = self._name(author)
        shape = checks.key(shape, checks.MAX_NAME) if shape else None  # "" is a file whose shape nobody knows
        with self._read() as connection:
            self._enter(connection, project_id, access.EDIT)
        values = {
            **sales_totals(sales),
            "project_id": project_id,
            "original_sha256": self._files.put(original),
            "lines_sha256": self._files.put_by(lambda path: write_sales(sales, path)),
            "shape": shape,
            "mapping": checks.dump(dict(mapping or {}), "mapping"),
            "answers": checks.dump(dict(answers or {}), "answers"),
            "author": author,
            "at": self._clock(),
        }
        with self._write() as connection:
            self._enter(connection, project_id, access.EDIT)
            row = self._kept(connection, values)
            if shape is not None:
                self._remember(connection, project_id, shape, values["mapping"], values["answers"], author)
            if current:
                self._make_current(connection, row)
            self._log(connection, project_id, author, "add_dataset", row.name)
            return dataset_record(row._mapping)

    def datasets(self, project_id: str) -> list[DataSet]:
        """All data sets of a project, newest first."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            question = select(schema.dataset).where(schema.dataset.c.project_id == project_id).order_by(schema.dataset.c.id.desc())
            return [dataset_record(row._mapping) for row in connection.execute(question)]

    def dataset(self, dataset_id: int) -> DataSet:
        """One data set. Raises not_found."""
        with self._read() as connection:
            return dataset_record(self._dataset(connection, dataset_id)._mapping)

    def current_dataset(self, project_id: str) -> DataSet | None:
        """The data set that the project works on; None before the first."""
        with self._read() as connection:
            row = self._enter(connection, project_id, access.READ)
            return None if row.dataset_id is None else dataset_record(self._dataset(connection, row.dataset_id)._mapping)

    def set_current(self, dataset_id: int, *, author: str | None = None) -> DataSet:
        """Work on another data set of the same project."""
        author = self._name(author)
        with self._write() as connection:
            row = self._dataset(connection, dataset_id, access.EDIT)
            self._make_current(connection, row)
            self._log(connection, row.project_id, author, "set_current", row.name)
            return dataset_record(row._mapping)

    def load_sales(self, dataset_id: int) -> SalesData:
        """The lines as they were read. Raises not_found, stored_file_lost."""
        from sbyt_core.sales.parquet import read_parquet

        with self._read() as connection:
            row = self._dataset(connection, dataset_id)
        return read_parquet(self._files.path(row.lines_sha256))

    def load_report(self, dataset_id: int) -> ReadReport:
        """How the lines were read, without the lines. Raises not_found, stored_file_lost."""
        from sbyt_core.sales.parquet import read_report

        with self._read() as connection:
            row = self._dataset(connection, dataset_id)
        return read_report(self._files.path(row.lines_sha256))

    def original(self, dataset_id: int) -> bytes:
        """The file as it came. Raises not_found (also for a data set of several files: its parts have theirs), stored_file_lost."""
        with self._read() as connection:
            row = self._dataset(connection, dataset_id)
        if row.original_sha256 is None:
            raise SbytError("not_found", what="original")
        return self._files.get(row.original_sha256)

    def recall_shape(self, project_id: str, shape: str) -> Shape | None:
        """How a file of this shape was read last; None for a new one."""
        found = self.document(project_id, SHAPE, shape)
        if found.value is None or found.author is None or found.at is None:
            return None
        return Shape(found.value["mapping"], found.value["answers"], found.author, found.at)

    def _remember(self, connection: Connection, project_id: str, shape: str, mapping: str, answers: str, author: str) -> None:
        self._put(connection, project_id, SHAPE, checks.key(shape, checks.MAX_NAME), f'{{"mapping":{mapping},"answers":{answers}}}', author)

    def _kept(self, connection: Connection, values: Mapping[str, Any]) -> Row:
        """The row of these lines in the project, added where there is none."""
        table = schema.dataset.c
        same = select(schema.dataset).where(table.project_id == values["project_id"], table.lines_sha256 == values["lines_sha256"])
        row = connection.execute(same).first()
        if row is None:
            connection.execute(insert(schema.dataset).values(**values))
            row = connection.execute(same).one()
        return row

    def _dataset(self, connection: Connection, dataset_id: int, action: str = access.READ) -> Row:
        row = connection.execute(select(schema.dataset).where(schema.dataset.c.id == dataset_id)).first()
        if row is None:
            raise SbytError("not_found", what="dataset")
        self._enter(connection, row.project_id, action)
        return row

    def _make_current(self, connection: Connection, row: Row) -> None:
        connection.execute(update(schema.project).where(schema.project.c.id == row.project_id).values(dataset_id=row.id))


def dataset_record(fields: Mapping[Any, Any]) -> DataSet:
    """The record of a row."""
    texts = {name: json_text.loads(fields[name]) for name in ("mapping", "answers")}
    return DataSet(**{**fields, **texts, "parts": tuple(json_text.loads(fields["parts"] or "[]"))})


def sales_totals(sales: SalesData) -> dict[str, Any]:
    """The columns of a data set's row that its lines tell."""
    revenue = sales.lines["revenue"]
    return {
        "name": checks.one_line(sales.report.name),
        "fingerprint": sales.fingerprint,
        "rows": len(sales.lines),
        "n_clients": int(sales.lines["client_key"].nunique()),
        "revenue": float(revenue.sum()) if revenue.notna().any() else None,
        "period_start": sales.period.start if sales.period else None,
        "period_end": sales.period.end if sales.period else None,
    }
