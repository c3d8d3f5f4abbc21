"""What folds and rules of branches share."""
