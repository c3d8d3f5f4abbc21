"""Notices: what people and offices are told of, how they want to hear of it, and what became of the telling."""
