"""What comes many at a time: a paper list, a device that was offline."""
