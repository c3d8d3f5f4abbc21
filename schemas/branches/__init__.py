"""Branches: divisions, industry committees, sites and homes, party branches with their life, and who reports in."""

from schemas.branches import branches, chart, divisions, endings, places, reports  # noqa: F401  # Declare their events.
