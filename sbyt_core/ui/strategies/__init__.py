"""The Strategies page: the book of standards, the team, the calls."""
