"""What cobuild shows: answers to questions, each from an index."""
