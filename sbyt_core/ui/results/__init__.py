"""The Results page: what changed since the rollout, how well it is known, where it came from."""
