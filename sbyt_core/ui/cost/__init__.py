"""The cost of service on the Strategies page."""
