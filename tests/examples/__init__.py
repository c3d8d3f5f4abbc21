"""One canonical example of every command, event and resource, by service."""
