"""The ladder of evidence: which rung the data can bear, and what it says there."""
