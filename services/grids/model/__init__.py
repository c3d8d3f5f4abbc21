"""What folds and rules of grids share."""
