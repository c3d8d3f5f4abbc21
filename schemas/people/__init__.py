"""People: persons, accounts, who acts for whom, roles, and the ways in."""

from schemas.people import (  # noqa: F401  # Declare their events.
    accounts,
    api_keys,
    audit,
    consents,
    desk_codes,
    identities,
    invitations,
    links,
    passwords,
    persons,
    retention,
    roles,
    second_factors,
    sent_codes,
    sessions,
    tokens,
)
