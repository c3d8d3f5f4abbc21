"""What the people service answers to, by what it is about."""
