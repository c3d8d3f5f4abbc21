"""A person in every state, and what they have: an account, a link, a role, an invitation, a code, a session, a key."""

from datetime import timedelta
from typing import Any

from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from services.people.model import lifecycles, records
from tests.examples import people as examples
from tests.given import DIVISIONS, NOW, example_of
from tests.matrix.subjects import Scene, Subject, told

WRITTEN = "写过的话"


def happened(type: str, **changes: Any) -> Fact:
    return example_of(examples, type, **changes)


RECORDED = (happened("person_recorded.v1"), happened("person_recorded.v1", person="R2"))
OPENED, LINKED = happened("account_opened.v1"), happened("link_begun.v1")
BY_ANOTHER = happened("account_opened.v1", by="P77")
GIVEN = happened("consent_given.v1")
PLANNED = happened("role_granted.v1", since="2026-06-02")
GRANTED = happened("role_granted.v1")
INVITED, CODE = happened("person_invited.v1"), happened("desk_code_given.v1")
BEGUN = happened("session_begun.v1")
MADE = happened("api_key_made.v1")
ERASED = happened("person_erased.v1")
PROPOSED = happened("merge_proposed.v1")
MERGED = happened("persons_merged.v1")
WRONG = happened("sign_in_failed.v1", way="desk", desk_code=examples.CODE)
SENT = happened("sign_in_code_asked.v1")
WRONG_SENT = happened("sign_in_failed.v1", way="code", sent_code=examples.SENT_CODE)


def scene(*facts: Fact) -> Scene:
    return Scene(
        (*told("branches", *DIVISIONS), *told("people", *RECORDED, *facts)),
        NOW + timedelta(minutes=1),
    )


def subject(
    name: str, life: LifeCycle, collection: str, id: str, **scenes: Scene
) -> Subject:
    return Subject(
        name,
        life.title,
        "people",
        collection,
        id,
        examples.COMMUNITY,
        scenes,
        life,
        own=examples.PERSON,
        names={"community_worker": examples.KEEPER, "district_admin": "P6"},
    )


PERSON = subject(
    "person",
    lifecycles.PERSON,
    "persons",
    examples.PERSON,
    recorded=scene(happened("person_revealed.v1")),
    merged=scene(
        happened("person_revealed.v1"),
        happened("merge_proposed.v1", person=examples.PERSON, into="R2"),
        happened("persons_merged.v1", person=examples.PERSON, into="R2"),
    ),
    erased=scene(happened("person_revealed.v1"), ERASED),
)
ACCOUNT = subject(
    "account",
    lifecycles.ACCOUNT,
    "accounts",
    examples.ACCOUNT,
    open=scene(OPENED),
    suspended=scene(OPENED, happened("account_suspended.v1")),
    closed=scene(OPENED, ERASED),
)
LINK = subject(
    "link",
    lifecycles.LINK,
    "links",
    examples.LINK,
    active=scene(LINKED),
    ended=scene(LINKED, happened("link_ended.v1")),
    lapsed=scene(LINKED, happened("link_lapsed.v1")),
)
CONSENT = subject(
    "consent",
    lifecycles.CONSENT,
    "consents",
    examples.AGREED,
    given=scene(GIVEN),
    withdrawn=scene(GIVEN, happened("consent_withdrawn.v1")),
)
GRANT = subject(
    "grant",
    lifecycles.GRANT,
    "grants",
    examples.GRANT,
    planned=scene(PLANNED),
    held=scene(GRANTED),
    revoked=scene(GRANTED, happened("role_revoked.v1")),
    expired=scene(GRANTED, happened("role_expired.v1")),
)
INVITATION = subject(
    "invitation",
    lifecycles.INVITATION,
    "invitations",
    examples.INVITATION,
    open=scene(INVITED),
    accepted=scene(INVITED, happened("invitation_accepted.v1")),
    withdrawn=scene(INVITED, happened("invitation_withdrawn.v1")),
    expired=scene(INVITED, happened("invitation_expired.v1")),
)
DESK_CODE = subject(
    "desk_code",
    lifecycles.DESK_CODE,
    "desk_codes",
    examples.CODE,
    open=scene(OPENED, CODE),
    used=scene(
        OPENED, CODE, happened("session_begun.v1", way="desk", desk_code=examples.CODE)
    ),
    dead=scene(OPENED, CODE, *[WRONG] * 5),
    expired=scene(OPENED, CODE, happened("desk_code_expired.v1")),
)
SENT_CODE = subject(
    "sent_code",
    lifecycles.SENT_CODE,
    "sent_codes",
    examples.SENT_CODE,
    open=scene(OPENED, SENT),
    used=scene(
        OPENED,
        SENT,
        happened("session_begun.v1", way="code", sent_code=examples.SENT_CODE),
    ),
    dead=scene(OPENED, SENT, *[WRONG_SENT] * 5),
    expired=scene(OPENED, SENT, happened("sign_in_code_expired.v1")),
)
SESSION = subject(
    "signed_in",
    lifecycles.SESSION,
    "sessions",
    examples.SESSION,
    live=scene(OPENED, BEGUN),
    ended=scene(OPENED, BEGUN, happened("session_ended.v1")),
    expired=scene(OPENED, BEGUN, happened("session_expired.v1")),
)
MERGE = subject(
    "merge",
    lifecycles.MERGE,
    "merges",
    examples.MERGE,
    proposed=scene(BY_ANOTHER, BEGUN, PROPOSED),
    merged=scene(PROPOSED, MERGED),
    withdrawn=scene(PROPOSED, happened("merge_withdrawn.v1")),
    lapsed=scene(PROPOSED, happened("merge_lapsed.v1")),
    undone=scene(PROPOSED, MERGED, happened("merge_undone.v1")),
)
API_KEY = subject(
    "api_key",
    lifecycles.API_KEY,
    "api_keys",
    examples.API_KEY,
    live=scene(OPENED, MADE),
    revoked=scene(OPENED, MADE, happened("api_key_revoked.v1")),
    expired=scene(OPENED, MADE, happened("api_key_expired.v1")),
)
SUBJECTS = (
    PERSON,
    ACCOUNT,
    LINK,
    CONSENT,
    GRANT,
    INVITATION,
    DESK_CODE,
    SENT_CODE,
    SESSION,
    API_KEY,
    MERGE,
)


def noted(id: str) -> str:
    """What a note of people says: everybody's record is the same, and every number is free."""
    kind = id.partition(".")[0]
    record = {**examples.RECORD, "login": examples.PHONE}
    return {"person": records.written(record), "phone": ""}.get(kind, WRITTEN)
