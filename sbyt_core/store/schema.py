"""The tables. Everything but a project's head, its members and unapproved versions is only ever added to.

`document` is its own history: the row with the highest version is the current one, and its primary key refuses a second
row of the same version. `entry` and `event` are logs. The tables here are the newest shape; migrations/ leads an older
database to it, and a test holds the two together.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones, so there it is written bare and read back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a bare time is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise AssertionError("a time without its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back to an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_project(*, key: bool = False) -> Column[str]:
    return Column("project_id", String(32), ForeignKey("project.id"), nullable=False, primary_key=key)


def _signed() -> tuple[Column[str], Column[datetime]]:
    return Column("author", Text, nullable=False), Column("at", Utc, nullable=False)


project = Table(
    "project",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("currency", String(8), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("archived_at", Utc),
    Column("dataset_id", Integer),  # the current one; no foreign key, since data sets point back at their project
)

member = Table(
    "member",
    metadata,
    _of_project(key=True),
    Column("person", String(320), primary_key=True),  # 320: the longest e-mail address
    Column("role", String(16), nullable=False),
    *_signed(),
)

dataset = Table(
    "dataset",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_project(),
    Column("name", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("original_sha256", String(64)),  # missing where the data set is put together of parts
    Column("lines_sha256", String(64), nullable=False),
    Column("shape", String(200)),
    Column("rows", Integer, nullable=False),
    Column("n_clients", Integer, nullable=False),
    Column("revenue", Float),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("mapping", Text, nullable=False),
    Column("answers", Text, nullable=False),
    *_signed(),
    Column("parts", Text),  # lines_sha256 of the data sets of the same project that it is put together of, as JSON
    UniqueConstraint("project_id", "lines_sha256"),
    sqlite_autoincrement=True,
)

document = Table(
    "document",
    metadata,
    _of_project(key=True),
    Column("kind", String(40), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("json", Text, nullable=False),
    *_signed(),
)

version = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_project(),
    Column("kind", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("json", Text, nullable=False),
    Column("fingerprint", String(64)),
    Column("classes_sha256", String(64)),
    Column("revision", Integer, nullable=False),
    *_signed(),
    Column("approved_by", Text),
    Column("approved_at", Utc),
    UniqueConstraint("project_id", "kind", "number"),
    UniqueConstraint("project_id", "kind", "name"),
    sqlite_autoincrement=True,
)

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_project(),
    Column("kind", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("json", Text, nullable=False),
    *_signed(),
    Index(None, "project_id", "kind"),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_project(),
    Column("person", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("what", Text, nullable=False),
    *_signed(),
    Index(None, "project_id"),
    sqlite_autoincrement=True,
)
