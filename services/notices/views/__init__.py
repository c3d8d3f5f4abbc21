"""What the notices service answers."""
