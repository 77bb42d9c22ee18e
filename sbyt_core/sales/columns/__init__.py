"""Which column plays which role, and the money and branches that come of it."""
