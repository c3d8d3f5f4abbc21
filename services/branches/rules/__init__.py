"""What the branches service decides."""
