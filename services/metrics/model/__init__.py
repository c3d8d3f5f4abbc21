"""What folds and rules of metrics share."""
