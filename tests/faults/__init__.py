"""Faults: load from one process, an injury to another, and an account of what was acknowledged held against the logs."""
