"""Seals: what was in a log on a day, said under a signature and kept in the log of another service."""
