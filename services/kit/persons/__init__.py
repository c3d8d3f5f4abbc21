"""Who is meant by an id, and who may act for whom: known to every service in the same way."""
