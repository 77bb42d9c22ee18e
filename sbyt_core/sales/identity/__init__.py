"""Who stands behind a name, and what people decided on it."""
