"""What the notices service decides."""
