"""What a port promises, tried on everything that claims to keep the promise."""
