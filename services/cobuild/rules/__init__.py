"""What cobuild decides: pure functions of documents, command and circumstances."""
