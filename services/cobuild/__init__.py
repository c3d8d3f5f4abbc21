"""联建单位: the units that co-build, what they offer, and which activity gets it."""
