"""People: persons, accounts, who acts for whom, roles, and the ways in."""

from schemas.people import (  # noqa: F401  # Declare their events.
    accounts,
    consents,
    desk_codes,
    invitations,
    keeping,
    links,
    passwords,
    persons,
    roles,
    sessions,
)
