"""What the people service shows."""
