"""Metrics: the district's figures, folded from what the other services recorded."""
