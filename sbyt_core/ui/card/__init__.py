"""The Card page: the technology card and its life."""
