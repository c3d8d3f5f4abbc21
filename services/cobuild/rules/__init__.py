"""What cobuild decides: pure functions of documents, command and circumstances."""

from services.cobuild.rules import (
    bookings,
    commitments,
    ending,
    meetings,
    needs,
    offerings,
    suggestions,
    talks,
    units,
    words,
)

__all__ = [
    "bookings",
    "commitments",
    "ending",
    "meetings",
    "needs",
    "offerings",
    "suggestions",
    "talks",
    "units",
    "words",
]
