"""A data set may be put together of others: their hashes instead of a file of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add `parts`; `original_sha256` may be missing."""
    with op.batch_alter_table("dataset", table_kwargs={"sqlite_autoincrement": True}) as dataset:
        dataset.alter_column("original_sha256", existing_type=sa.String(64), nullable=True)
        dataset.add_column(sa.Column("parts", sa.Text(), nullable=True))
