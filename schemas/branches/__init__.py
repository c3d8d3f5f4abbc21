"""Branches: divisions, courtyards and grids, committees, sites and homes, party branches, and who reports in."""

from schemas.branches import (  # noqa: F401  # Declare their events.
    areas,
    branches,
    chart,
    divisions,
    endings,
    places,
    reports,
)
