"""What the activities service shows: answers to questions, each from an index."""
