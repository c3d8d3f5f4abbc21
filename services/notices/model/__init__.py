"""What folds and rules of notices share."""
