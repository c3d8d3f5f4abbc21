"""What the grids service answers to, by what it is about."""
