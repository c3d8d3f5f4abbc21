"""What folds and rules of partners share."""
