"""Activities: what secretaries post, what residents ask, and the events that come of it."""
