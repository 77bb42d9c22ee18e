"""Several files as one data set: a data set whose parts are other data sets of the project.

Each part keeps its own original, mapping, answers and lines; the whole keeps the lines as they are put together and the answer on overlaps.
Taking a part out, reading one anew or answering makes another whole; the earlier one stays and can be made current again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from sbyt_core.errors import SbytError, StaleRecord
from sbyt_core.store import access, checks, schema
from sbyt_core.store.datasets import Datasets, dataset_record, sales_totals
from sbyt_core.store.records import DataSet


class Parts(Datasets):
    """The part of the store that puts files together."""

    def parts(self, dataset_id: int) -> list[DataSet]:
        """The files of a data set in their order; a data set of one file is its own only part. Raises not_found."""
        with self._read() as connection:
            row = self._dataset(connection, dataset_id)
            whole = dataset_record(row._mapping)
            if not whole.parts:
                return [whole]
            table = schema.dataset.c
            question = select(schema.dataset).where(table.project_id == whole.project_id, table.lines_sha256.in_(whole.parts))
            found = {part.lines_sha256: dataset_record(part._mapping) for part in connection.execute(question)}
            return [found[sha256] for sha256 in whole.parts]

    def put_together(
        self,
        project_id: str,
        parts: Sequence[int],
        *,
        expected: int | None,
        answers: Mapping[str, str] | None = None,
        author: str | None = None,
    ) -> DataSet:
        """Make files of a project one data set, in this order and each once, and make it current; one file alone is made current itself.

        parts: ids of data sets of one file; expected: id of the current data set as it was read, None before the first.
        answers: of `combine_sales`. Raises StaleRecord where another one is current by now, not_found, not_a_choice, stored_file_lost.
        """
        from sbyt_core.sales.parquet import write_sales
        from sbyt_core.sales.several import combine_sales

        author, ids = self._name(author), list(dict.fromkeys(parts))
        with self._read() as connection:
            self._enter(connection, project_id, access.EDIT)
            rows = [self._dataset(connection, part) for part in ids]
        if not rows or any(row.project_id != project_id or row.parts is not None for row in rows):
            raise SbytError("not_found", what="dataset")
        values = None
        if len(rows) > 1:
            sales = combine_sales([self.load_sales(row.id) for row in rows], answers=answers)
            values = {
                **sales_totals(sales),
                "project_id": project_id,
                "original_sha256": None,
                "lines_sha256": self._files.put_by(lambda path: write_sales(sales, path)),
                "shape": None,
                "mapping": "{}",
                "answers": checks.dump(dict(answers or {}), "answers"),
                "author": author,
                "at": self._clock(),
                "parts": checks.dump([row.lines_sha256 for row in rows], "parts"),
            }
        with self._write() as connection:
            project = self._enter(connection, project_id, access.EDIT)
            if project.dataset_id != expected:
                now = self._dataset(connection, project.dataset_id)
                raise StaleRecord("stale_record", what="dataset", author=now.author, time=now.at)
            row = rows[0] if values is None else self._kept(connection, values)
            self._make_current(connection, row)
            self._log(connection, project_id, author, "set_files", row.name)
            return dataset_record(row._mapping)
