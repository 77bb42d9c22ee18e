"""The hours of the team on the Strategies page."""
