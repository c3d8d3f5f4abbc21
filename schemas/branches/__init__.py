"""Branches: divisions, courtyards and grids, committees, sites and homes, party branches, and who reports in."""
