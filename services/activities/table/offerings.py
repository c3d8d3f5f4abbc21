"""Offerings an activity asks the units for, and what `cobuild` says to that."""

from schemas.activities import offerings as asks
from services.activities.rules import offerings
from services.activities.table.columns import ACTIVITY, KEEPERS
from services.kit.entrypoints import command, follows


class Offerings:
    """The part of the table for offerings."""

    # A table: an entry a line.
    # fmt: off
    request_offering = command(
        asks.OfOffering, offerings.request_offering, by=KEEPERS, shows=ACTIVITY)
    withdraw_offering_request = command(
        asks.OfOffering, offerings.withdraw_offering_request, by=KEEPERS, shows=ACTIVITY)
    note_reserved = follows("cobuild", "offering_reserved.v1", offerings.note_reserved)
    note_declined = follows("cobuild", "offering_declined.v1", offerings.note_declined)
    # fmt: on
