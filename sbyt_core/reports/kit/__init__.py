"""How every file looks: the workbook being written, native charts, plain sheets, a report as a story."""
