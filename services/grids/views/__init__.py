"""What the grids service shows."""
