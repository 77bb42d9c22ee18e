"""The segments as files: the workbook with its sheets, and the criteria by heart."""
