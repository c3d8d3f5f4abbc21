"""What the grids service decides."""
