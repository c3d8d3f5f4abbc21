"""Co-building: units and their joint meetings, what they offer, what is needed, and who takes it on."""

from schemas.cobuild import (  # noqa: F401  # Declare their events.
    commitments,
    matching,
    meetings,
    needs,
    offerings,
    suggestions,
    talks,
    units,
)
