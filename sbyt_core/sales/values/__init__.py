"""Cells as people and programs write them → text, numbers and dates."""
