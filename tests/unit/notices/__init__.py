"""The notices service, tried in memory."""
