"""Check-ins that come many at a time: a paper list, a device that was offline."""
