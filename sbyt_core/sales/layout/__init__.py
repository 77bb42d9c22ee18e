"""A sheet of any layout → one flat table."""
