"""People on stage: a world of documents and notes, in which rules are asked and what they decide happens."""

from dataclasses import replace
from datetime import timedelta

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from services.people.model import records
from services.people.model.keys import Keys
from services.people.rules import accounts
from services.people.service import People
from tests.examples import people as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from

KEYS = Keys(b"phone key of the tests, 32 bytes", b"door key of the tests, 32 bytes!")
COMMANDS = examples.COMMANDS
PERSON, ACCOUNT = examples.PERSON, examples.ACCOUNT
RECORDED = example_of(examples, "person_recorded.v1")
HOLDER = example_of(examples, "person_recorded.v1", person="R2")
OPENED = example_of(examples, "account_opened.v1")
LINKED = example_of(examples, "link_begun.v1")
GRANTED = example_of(examples, "role_granted.v1")
INVITED = example_of(examples, "person_invited.v1")
CODE_GIVEN = example_of(examples, "desk_code_given.v1")
CODE_ASKED = example_of(examples, "sign_in_code_asked.v1")
BEGUN = example_of(examples, "session_begun.v1")
DISMISSED = example_of(examples, "role_revoked.v1", grant="HIRED")


class World:
    """Documents, and notes that are erased with whose they are."""

    def __init__(self, *facts: Fact) -> None:
        docs = given_from(given(People), People, "branches", *DIVISIONS)
        self.docs: Overlay = given_from(docs, People, "people", *facts)
        self.notes: dict[str, tuple[str, str]] = {}
        self.now = NOW
        self._ids = 0
        self._worker = examples.KEEPER

    def note(self, id: str) -> str:
        return self.notes.get(id, ("", ""))[1]

    def who(self, *roles: tuple[str, str], id: str = "P1") -> Asked:
        who = asked(*roles, id=id, now=self.now, new_id=f"NEW{self._ids}")
        return replace(who, note=self.note)

    @property
    def worker(self) -> Asked:
        return self.who(("community_worker", examples.COMMUNITY), id=self._worker)

    def worker_is(self, id: str) -> None:
        """From now on the worker is somebody of whom there is a record."""
        self._worker = id

    @property
    def street(self) -> Asked:
        return self.who(("street_admin", "510108015"), id="P5")

    @property
    def district(self) -> Asked:
        return self.who(("district_admin", "510108"), id=examples.GRANTER)

    @property
    def platform(self) -> Asked:
        return self.who(("system", "*"), id="system")

    def oneself(self, id: str = PERSON) -> Asked:
        return self.who(("resident", examples.COMMUNITY), id=id)

    def happens(self, fact: Fact) -> Fact:
        """The fact folded, its notes written and erased."""
        for id in fact.erases:
            self.notes.pop(id, None)
        for whose in fact.erases_of:
            self.notes = {
                id: note for id, note in self.notes.items() if note[0] != whose
            }
        for id, text in fact.notes.items():
            self.notes[id] = (fact.of, text)
        given_from(self.docs, People, "people", fact, now=self.now)
        self._ids += 1
        return fact

    def later(self, by: timedelta) -> None:
        self.now += by

    def record(self, id: str = PERSON, **changes: object) -> Json:
        """Writes down who somebody is, who has been recorded already."""
        record: Json = {**examples.RECORD, **changes}
        self.notes[records.note_of(id)] = (id, records.written(record))
        return record

    def open_account(self, id: str = PERSON, phone: str = examples.PHONE) -> str:
        """Gives somebody an account, and returns its id."""
        return self.open_account_by(self.worker, id, phone)

    def open_account_by(
        self, who: Asked, id: str = PERSON, phone: str = examples.PHONE
    ) -> str:
        payload = {"person": id, "phone": phone}
        opened = self.happens(accounts.open(self.docs, payload, who, KEYS))
        account: str = opened.data["account"]
        return account


def recorded(*facts: Fact) -> World:
    """A world in which somebody is recorded, and what has happened since."""
    world = World(RECORDED, HOLDER, *facts)
    world.record()
    world.record("R2", name="李国强", born="1962", contacts=[])
    return world


def hired(world: World, id: str) -> None:
    """Somebody recorded works in the community, with an account of their own: the worker from now on."""
    world.open_account(id, phone="+8613700007777")
    world.happens(example_of(examples, "role_granted.v1", grant="HIRED", person=id))
    world.worker_is(id)


def has_second_factor(world: World, person: str = PERSON) -> None:
    """They have set one up."""
    about = {"account": world.docs.the("persons", person)["account"], "person": person}
    for type in ("second_factor_offered.v1", "second_factor_confirmed.v1"):
        world.happens(example_of(examples, type, **about))
