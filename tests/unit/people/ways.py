"""Ways in, each gone in one line."""

from schemas.documents import Json
from services.kit.log import Fact
from services.people.model import passwords
from services.people.rules import desk, invitations
from services.people.views import accounts as views
from services.people.views import signing_in
from tests.examples import people as examples
from tests.unit.people.stage import KEYS, PERSON, World

OF_PERSON = {"person": PERSON}
HASH = examples.HASH
PAGE = {"after": None, "limit": 20}


def invited(world: World) -> str:
    """The secret of a link that was sent."""
    sent = world.happens(invitations.invite(world.docs, OF_PERSON, world.worker))
    question = {"invitation": sent.data["invitation"]}
    path: str = views.get_invitation(world.docs, question, world.worker, KEYS)["path"]
    return path.partition("=")[2]


def accept(world: World, secret: str, **changes: str) -> Fact:
    said = {"secret": secret, "phone": examples.PHONE, "password": examples.PASSWORD}
    payload = passwords.with_hash(said | changes)
    return world.happens(invitations.accept(world.docs, payload, world.platform, KEYS))


def given_code(world: World) -> Json:
    given = world.happens(desk.give(world.docs, OF_PERSON, world.worker))
    question = {"desk_code": given.data["desk_code"]}
    return views.get_desk_code(world.docs, question, world.worker, KEYS)


def enter(world: World, digits: str, phone: str = examples.PHONE) -> Fact:
    payload = {"phone": phone, "digits": digits, "session": HASH}
    return world.happens(desk.enter(world.docs, payload, world.platform, KEYS))


def check(world: World, password: str, phone: str = examples.PHONE) -> Json:
    question = {"phone": phone, "password": password}
    return signing_in.check_password(world.docs, question, world.platform, KEYS)
