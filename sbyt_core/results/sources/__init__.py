"""Where the change came from: parts that add up to the kopeck."""
