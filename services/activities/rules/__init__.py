"""What the activities service decides: pure functions of documents, command and circumstances."""
