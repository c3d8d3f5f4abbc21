"""What the people service remembers."""
