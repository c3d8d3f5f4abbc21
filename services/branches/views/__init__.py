"""What the branches service shows."""
