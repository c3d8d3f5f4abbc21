"""Notices: what people and offices are told of, how they want to hear of it, and what became of the telling."""

from schemas.notices import choices, deliveries, inbox, news  # noqa: F401  # Declare their events.
