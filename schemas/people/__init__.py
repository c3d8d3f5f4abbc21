"""People: persons, accounts, who acts for whom, roles, and the ways in."""

from schemas.people import (  # noqa: F401  # Declare their events.
    accounts,
    api_keys,
    consents,
    desk_codes,
    invitations,
    links,
    passwords,
    persons,
    roles,
    sent_codes,
    sessions,
    tokens,
)
