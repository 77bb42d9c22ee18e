"""A made-up distributor of fasteners and industrial consumables, with everything about it known (truth.json)."""
