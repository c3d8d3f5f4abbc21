"""Activities: what secretaries post, what residents ask, and the events that come of it."""

from schemas.activities import (  # noqa: F401  # Declare their events.
    calendars,
    campaigns,
    certificates,
    commendations,
    door,
    hours,
    messages,
    offerings,
    postings,
    scans,
    sessions,
    signups,
    templates,
)
