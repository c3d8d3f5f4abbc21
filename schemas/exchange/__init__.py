"""Tables people fill in: which there are, what their columns mean, and how they are read."""
