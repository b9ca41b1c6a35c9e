"""Two records that are one: what merging them would move, merging, and undoing it."""
