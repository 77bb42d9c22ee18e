"""The Practice page: how the card is followed."""
