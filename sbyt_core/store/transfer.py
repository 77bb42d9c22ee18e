"""A whole project as one file, and back as a new project.

The file carries the data sets with their originals, all drafts with their history, versions, overrides, notes and the
log, each with its author and time; it does not carry who may work in the project: whoever brings it in is its consultant.
A file from outside is checked before anything of it is kept (package, rows, lines), and kept whole or not at all.
"""

from __future__ import annotations

import json as json_text
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from sbyt_core.errors import BadInput, SbytError
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import insert_one
from sbyt_core.store.card_rows import check_card_rows
from sbyt_core.store.client_facts import files_named
from sbyt_core.store.datasets import sales_totals
from sbyt_core.store.lines import checked_sales
from sbyt_core.store.package import Package, pack, unpacking
from sbyt_core.store.projects import Projects
from sbyt_core.store.records import Project
from sbyt_core.store.rows import TABLES, to_line

FILE_COLUMNS = ("original_sha256", "lines_sha256", "classes_sha256")


class Transfer(Projects):
    """The part of the store that carries projects from one installation to another."""

    def export_project(self, project_id: str) -> bytes:
        """The project with its data sets, drafts, versions, overrides, notes and log as one file.

        Raises not_found, NotAllowed, stored_file_lost.
        """
        lines: dict[str, list[str]] = {}
        names: set[str] = set()
        with self._read() as connection:
            self._enter(connection, project_id, access.EXPORT)
            for name, table in TABLES.items():
                owner = table.c.id if table is schema.project else table.c.project_id
                rows = connection.execute(select(table).where(owner == project_id).order_by(*table.primary_key)).all()
                lines[name] = [to_line(table, row) for row in rows]
                names |= {row._mapping[column] for row in rows for column in FILE_COLUMNS if row._mapping.get(column)}
                if table is schema.document:
                    names |= files_named(row._mapping for row in rows)
        content = pack(lines, {name: self._files.path(name) for name in names})
        with self._write() as connection:
            self._log(connection, project_id, self.person, "export_project")
        return content

    def import_project(self, content: bytes, *, author: str | None = None) -> Project:
        """A new project from such a file; where its name is in use it gets a number behind it.

        Raises not_a_project_file, project_file_too_new, damaged_or_unsafe_file, too_big_unpacked.
        """
        author = self._name(author)
        with unpacking(content) as package:
            rows = {name: package.rows(name) for name in TABLES}
            if len(rows["project"]) != 1:
                raise SbytError("damaged_or_unsafe_file")
            _check_parts(rows["dataset"])
            _check_card(rows)
            self._adopt_files(package, rows)
        with self._write() as connection:
            return self._insert_all(connection, rows, author)

    def _adopt_files(self, package: Package, rows: dict[str, list[dict[str, Any]]]) -> None:
        named = {row[c] for table in rows.values() for row in table for c in FILE_COLUMNS if row.get(c)}
        for name in sorted(named | files_named(rows["document"])):
            with self._files.scratch() as path:
                package.extract(name, path)
                told = [row for row in rows["dataset"] if row["lines_sha256"] == name]
                if told:
                    totals = sales_totals(checked_sales(path))
                    for row in told:
                        row.update(totals)
                self._files.adopt(path, name)

    def _insert_all(self, connection: Connection, rows: dict[str, list[dict[str, Any]]], author: str) -> Project:
        head = rows["project"][0]
        name = self._free_name(connection, head["name"])
        project_id = self._insert_project(connection, name, head["author"], head["currency"], head["lang"])
        try:
            ids = {row["id"]: self._insert_dataset(connection, project_id, row) for row in rows["dataset"]}
            for table in (schema.document, schema.version, schema.entry, schema.event):
                if rows[table.name]:
                    connection.execute(insert(table), [{**row, "project_id": project_id} for row in rows[table.name]])
        except IntegrityError:  # two rows of one number: no store wrote that
            raise SbytError("damaged_or_unsafe_file") from None
        if head["dataset_id"] is not None and head["dataset_id"] not in ids:
            raise SbytError("damaged_or_unsafe_file")
        values = {"created_at": head["created_at"], "dataset_id": ids.get(head["dataset_id"])}
        connection.execute(update(schema.project).where(schema.project.c.id == project_id).values(**values))
        self._log(connection, project_id, author, "import_project", name)
        return self._project(connection, project_id)

    def _insert_dataset(self, connection: Connection, project_id: str, row: dict[str, Any]) -> int:
        values = {name: value for name, value in row.items() if name != "id"}
        return insert_one(connection, schema.dataset, {**values, "project_id": project_id})

    def _free_name(self, connection: Connection, name: str) -> str:
        for number in range(1, checks.MAX_NAME):
            tail = "" if number == 1 else f" ({number})"
            candidate = name[: checks.MAX_NAME - len(tail)].rstrip() + tail
            try:
                self._must_be_free(connection, candidate)
            except BadInput:
                continue
            return candidate
        raise BadInput("name_taken", name=name)


def _check_parts(datasets: list[dict[str, Any]]) -> None:
    """Every part is a data set of one file that comes with the project."""
    single = {row["lines_sha256"] for row in datasets if row["parts"] is None}
    if any(not set(json_text.loads(row["parts"])) <= single for row in datasets if row["parts"] is not None):
        raise SbytError("damaged_or_unsafe_file")


def _check_card(rows: dict[str, list[dict[str, Any]]]) -> None:
    """The life of the technology card is one that the store would have allowed."""
    try:
        check_card_rows(rows["version"], rows["entry"])
    except SbytError:
        raise SbytError("damaged_or_unsafe_file") from None
