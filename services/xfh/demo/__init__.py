"""The demonstration: one invented day in the district, lived through the HTTP API."""
