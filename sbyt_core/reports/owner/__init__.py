"""The report for the owner: one story as slides, as a document, as figures."""
