"""Presences: one person at one session, and whose signer answers for them.

A guest's id says who. Of a party told before there were guests its members had ids of their own; the sign-up by which
they were seated when they first came says who answers for them.
"""

from collections.abc import Iterable

from schemas.activities.roles import PARTICIPANT
from schemas.documents import Json
from schemas.persons import principal
from services.kit.views import Collection, Overlay

PRESENCES = "presences"
COLLECTIONS = (Collection(PRESENCES, (("id",),)),)

ABSENT: Json = {
    "attended": False,
    "walked_in": False,
    "minutes": 0,
    "hours": "scanned",
    "role": PARTICIPANT,
}


def presence(docs: Overlay, session: str, person: str) -> Json:
    """The person's; of one who has not come yet, that they are absent."""
    id = f"{session}:{person}"
    known = docs.get(PRESENCES, id)
    return (
        known
        or {
            "id": id,
            "session": session,
            "person": person,
        }
        | ABSENT
    )


def seat_companions(
    docs: Overlay, session: str, signup: str, by: str, people: Iterable[str]
) -> None:
    """Remembers whom somebody has seated besides themself, where their ids do not say so."""
    for person in people:
        if principal(person) != by:
            seated = {"by": by, "signup": signup}
            there = presence(docs, session, person)
            docs.put(PRESENCES, there | {"seated": seated})


def signer_of(docs: Overlay, session: str, person: str) -> str:
    """Who answers for the person at the session."""
    return signer(docs, presence(docs, session, person))


def signer(docs: Overlay, there: Json) -> str:
    """Who answers for the person there: as it was when they first came, as it is now for who has not."""
    if "signer" in there:
        return str(there["signer"])
    seated = there.get("seated")
    if seated and docs.the("signups", seated["signup"])["confirmed"]:
        return str(seated["by"])
    return principal(there["person"])
