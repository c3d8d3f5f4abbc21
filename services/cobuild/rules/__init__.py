"""What cobuild decides: pure functions of documents, command and circumstances."""

from services.cobuild.rules import (
    bookings,
    commitments,
    meetings,
    needs,
    offerings,
    standing,
    suggestions,
    talks,
    units,
    words,
)

__all__ = [
    "bookings",
    "commitments",
    "meetings",
    "needs",
    "offerings",
    "standing",
    "suggestions",
    "talks",
    "units",
    "words",
]
