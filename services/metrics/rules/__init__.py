"""What metrics decides."""
