"""What the partners service remembers, of its own log and of others."""
