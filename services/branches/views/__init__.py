"""What the branches service shows, each answer from an index."""
