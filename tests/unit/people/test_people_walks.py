"""Each life of people: every step from where it may be taken, and refused by its name from everywhere else."""

from collections.abc import Callable

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked, Due
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from services.kit.service import entrypoints
from services.kit.views import Overlay
from services.people.model import lifecycles, passwords, records
from services.people.model.lifecycles import (
    ACCOUNT,
    API_KEY,
    CONSENT,
    DESK_CODE,
    GRANT,
    INVITATION,
    LINK,
    MERGE,
    PERSON,
    SENT_CODE,
    SESSION,
)
from services.people.rules import (
    accounts,
    api_keys,
    consents,
    desk,
    invitations,
    links,
    merges,
    persons,
    roles,
    sent_codes,
    sessions,
)
from services.people.service import People
from tests.examples import people as examples
from tests.given import example_of
from tests.unit.people.stage import (
    BEGUN,
    CODE_ASKED,
    CODE_GIVEN,
    COMMANDS,
    INVITED,
    KEYS,
    LINKED,
    OPENED,
    World,
    recorded,
)
from tests.walk import Take, Walk

WORLD = recorded()
WORLD.notes["person.R1"] = (
    "R1",
    records.written({**examples.RECORD, "login": examples.PHONE}),
)
WORLD.notes[KEYS.phone_note(examples.PHONE)] = ("R1", examples.ACCOUNT)
ERASE = COMMANDS["erase_person"]
PLANNED = example_of(examples, "role_granted.v1", since="2026-06-02")
ACCEPT = passwords.with_hash(
    COMMANDS["accept_invitation"]
    | {"phone": "+8613700007777"}
    | {"secret": f"{examples.INVITATION}.{KEYS.invitation(examples.INVITATION)}"}
)
RIGHT = COMMANDS["enter_by_desk"] | {"digits": KEYS.digits(examples.CODE)}
WRONG = RIGHT | {"digits": "x"}
MADE = example_of(examples, "api_key_made.v1")
ONE_TRY = example_of(examples, "sign_in_failed.v1", way="desk", desk_code=examples.CODE)
RIGHT_SENT = COMMANDS["enter_by_code"] | {
    "digits": KEYS.sent_digits(examples.SENT_CODE)
}
ONE_TRY_SENT = example_of(
    examples, "sign_in_failed.v1", way="code", sent_code=examples.SENT_CODE
)
DISTRICT, PLATFORM, ONESELF = WORLD.district, WORLD.platform, WORLD.oneself()
Rule = Callable[[Overlay, Json, Asked], Fact]


def by(rule: Rule, payload: Json, who: Asked = DISTRICT) -> Take:
    return lambda docs: rule(docs, payload, who)


def in_time(name: str, id: str) -> Take:
    """What time does with the document, when it is due at all, as the host would ask."""
    due = next(mark for mark in entrypoints(People) if mark.name == name)
    assert isinstance(due, Due)

    def take(docs: Overlay) -> Fact | None:
        doc = docs.the(due.collection, id)
        is_due = due.ripe("9999").matches(doc)
        return due.rule(docs, doc, PLATFORM) if is_due else None

    return take


def begun(*facts: Fact) -> Callable[[], Overlay]:
    return lambda: World(*facts).docs


def walk(life: LifeCycle, collection: str, id: str, *facts: Fact, **take: Take) -> Walk:
    return Walk(People, life, collection, id, begun(*BASIS, *facts), take)


def changes_login(docs: Overlay) -> Fact:
    return accounts.change_login(docs, COMMANDS["change_login"], DISTRICT, KEYS)


def accepts(docs: Overlay) -> Fact:
    return invitations.accept(docs, ACCEPT, PLATFORM, KEYS)


def ends_office(docs: Overlay) -> Fact:
    """Whoever is to hold it never will: nobody does from the day before they begin."""
    office = {"role": PLANNED.data["role"], "scope": PLANNED.data["scope"]}
    return Fact("office_ended.v1", "office", office | {"on": "2026-06-01"})


def enters(payload: Json) -> Take:
    return lambda docs: desk.enter(docs, payload, PLATFORM, KEYS)


def enters_sent(payload: Json) -> Take:
    return lambda docs: sent_codes.enter(docs, payload, PLATFORM, KEYS)


BASIS = (
    example_of(examples, "person_recorded.v1"),
    example_of(examples, "person_recorded.v1", person="R2"),
)
ERASES = by(persons.erase, ERASE)
PROPOSED = example_of(examples, "merge_proposed.v1")
OF_R2 = example_of(examples, "account_opened.v1", account="N12", person="R2")
AWAY = example_of(examples, "merge_proposed.v1", person="R1", into="R2")
merges_away = by(merges.confirm, COMMANDS["confirm_merge"])
parts_again = by(merges.undo, COMMANDS["undo_merge"])
vanishes = by(persons.erase, ERASE | {"person": "R2"})
WALKS = (
    walk(
        PERSON,
        "persons",
        "R1",
        AWAY,
        change=by(persons.change, COMMANDS["change_person"]),
        move=by(persons.move, COMMANDS["move_person"]),
        reveal=by(persons.reveal, COMMANDS["reveal_person"]),
        erase=ERASES,
        merge=merges_away,
        part=parts_again,
        vanish=vanishes,
    ),
    walk(
        MERGE,
        "merges",
        examples.MERGE,
        example_of(examples, "account_opened.v1", by="P77"),
        BEGUN,
        PROPOSED,
        confirm=by(merges.confirm, COMMANDS["confirm_merge"], ONESELF),
        withdraw=by(merges.withdraw, COMMANDS["withdraw_merge"]),
        lapse=in_time("lapse_merge", examples.MERGE),
        undo=by(merges.undo, COMMANDS["undo_merge"]),
        vanish=ERASES,
    ),
    walk(
        ACCOUNT,
        "accounts",
        examples.ACCOUNT,
        OPENED,
        OF_R2,
        AWAY,
        merge=merges_away,
        change_login=changes_login,
        suspend=by(accounts.suspend, COMMANDS["suspend_account"]),
        reinstate=by(accounts.reinstate, COMMANDS["reinstate_account"]),
        close=ERASES,
    ),
    walk(
        LINK,
        "links",
        examples.LINK,
        LINKED,
        end=by(links.end, COMMANDS["end_link"]),
        lapse=in_time("lapse_link", examples.LINK),
        vanish=ERASES,
    ),
    walk(
        CONSENT,
        "consents",
        examples.AGREED,
        example_of(examples, "consent_given.v1"),
        withdraw=by(consents.withdraw, COMMANDS["withdraw_consent"]),
        vanish=ERASES,
    ),
    walk(
        GRANT,
        "grants",
        examples.GRANT,
        PLANNED,
        begin=in_time("begin_role", examples.GRANT),
        revoke=by(roles.revoke, COMMANDS["revoke_role"]),
        expire=in_time("expire_role", examples.GRANT),
        vanish=ERASES,
        give_way=ends_office,
    ),
    walk(
        INVITATION,
        "invitations",
        examples.INVITATION,
        INVITED,
        accept=accepts,
        withdraw=by(invitations.withdraw, COMMANDS["withdraw_invitation"]),
        expire=in_time("expire_invitation", examples.INVITATION),
        vanish=by(invitations.invite, COMMANDS["invite"]),
    ),
    walk(
        DESK_CODE,
        "desk_codes",
        examples.CODE,
        OPENED,
        CODE_GIVEN,
        *[ONE_TRY] * 4,
        use=enters(RIGHT),
        fail=enters(WRONG),
        replace=by(desk.give, COMMANDS["give_desk_code"]),
        expire=in_time("expire_desk_code", examples.CODE),
    ),
    walk(
        SENT_CODE,
        "sent_codes",
        examples.SENT_CODE,
        OPENED,
        CODE_ASKED,
        *[ONE_TRY_SENT] * 4,
        use=enters_sent(RIGHT_SENT),
        fail=enters_sent(RIGHT_SENT | {"digits": "x"}),
        vanish=changes_login,
        expire=in_time("expire_sent_code", examples.SENT_CODE),
    ),
    walk(
        SESSION,
        "sessions",
        examples.SESSION,
        OPENED,
        BEGUN,
        end=by(sessions.end, COMMANDS["end_session"], ONESELF),
        end_all=by(sessions.end_all, {}, ONESELF),
        expire=in_time("expire_session", examples.SESSION),
    ),
    walk(
        API_KEY,
        "api_keys",
        examples.API_KEY,
        OPENED,
        MADE,
        revoke=by(api_keys.revoke, COMMANDS["revoke_api_key"], ONESELF),
        expire=in_time("expire_api_key", examples.API_KEY),
        vanish=ERASES,
    ),
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.life.subject)
def test_every_step_is_taken_where_it_may_be_and_refused_where_not(walk: Walk) -> None:
    walk.try_everything()


def test_every_life_is_walked() -> None:
    assert {walk.life.subject for walk in WALKS} == {
        life.subject for life in lifecycles.ALL
    }
