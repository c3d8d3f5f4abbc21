"""Co-building: units and their joint meetings, what they offer, what is needed, and who takes it on."""

from schemas.cobuild import (
    commitments,
    matching,
    meetings,
    needs,
    offerings,
    suggestions,
    talks,
    units,
)

__all__ = [
    "commitments",
    "matching",
    "meetings",
    "needs",
    "offerings",
    "suggestions",
    "talks",
    "units",
]
