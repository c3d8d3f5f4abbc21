"""What the partners service decides."""
