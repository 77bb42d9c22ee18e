"""The first shape: projects, members, data sets, documents, versions, entries and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "project",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(8), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("archived_at", TIME, nullable=True),
        sa.Column("dataset_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
    )
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("original_sha256", sa.String(64), nullable=False),
        sa.Column("lines_sha256", sa.String(64), nullable=False),
        sa.Column("shape", sa.String(200), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("n_clients", sa.Integer(), nullable=False),
        sa.Column("revenue", sa.Float(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_dataset_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_dataset"),
        sa.UniqueConstraint("project_id", "lines_sha256", name="uq_dataset_project_id_lines_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document",
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_document_project_id_project"),
        sa.PrimaryKeyConstraint("project_id", "kind", "name", "version", name="pk_document"),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_entry_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_project_id_kind", "entry", ["project_id", "kind"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_event_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_project_id", "event", ["project_id"], unique=False)
    op.create_table(
        "member",
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(320), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_member_project_id_project"),
        sa.PrimaryKeyConstraint("project_id", "person", name="pk_member"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=True),
        sa.Column("classes_sha256", sa.String(64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_version_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("project_id", "kind", "name", name="uq_version_project_id_kind_name"),
        sa.UniqueConstraint("project_id", "kind", "number", name="uq_version_project_id_kind_number"),
        sqlite_autoincrement=True,
    )
