"""The technology card as files: job descriptions, checklist, service sheet, sheets to sign."""
