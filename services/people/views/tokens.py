"""What a program is given: asked by the gateway alone, right after the turn was taken."""

from schemas.documents import Json
from schemas.people.tokens import LASTS_S
from services.kit.actor import Actor, Role
from services.kit.bearers.signing_keys import Signer
from services.kit.bearers.tokens import sign
from services.kit.config import Settings
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.people.model.keys import Keys, keys_of
from services.people.rules.rank import roles_of
from services.people.rules.tokens import programs
from services.people.views.roles import SOURCE

Given = tuple[Keys, Signer]


def given(settings: Settings) -> Given:
    return keys_of(settings), Signer(settings)


def get_tokens(views: Reads, question: Json, asked: Asked, given: Given) -> Json:
    """`{session, person, until, turn, proof, token, lasts_s}`; the roles are those held at the `seq` in the token."""
    keys, signer = given
    session = programs(views, question["hash"], asked)
    seq = views.cursor(
        SOURCE
    )  # Before the roles: what changes while they are read is later.
    held = roles_of(views, session["person"])
    roles = tuple(Role(each["role"], each["scope"]) for each in held)
    if session.get("limited"):
        roles = roles[:1]  # A resident's comes first, if there are any.
    actor = Actor(session["person"], roles)
    return {
        "session": session["id"],
        "person": session["person"],
        "until": session["until"],
        "turn": session["turn"],
        "proof": keys.turn(question["hash"], session["turn"]),
        "token": sign(signer.key(), actor, LASTS_S, seq),
        "lasts_s": LASTS_S,
    }
