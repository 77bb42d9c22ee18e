"""Service as files: the strategy book, the hours plan, the calls of a manager, net profit."""
