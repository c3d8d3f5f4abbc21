"""Faults: load from one process, an injury to another, and what was acknowledged held against the logs."""
