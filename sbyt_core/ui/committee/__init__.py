"""The Committee page: situations, decisions, meetings."""
