"""What the people service decides."""
