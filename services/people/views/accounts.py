"""Accounts, invitations, desk codes and sessions, as whom they concern sees them."""

from schemas.documents import Json, without
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.model.keys import Keys
from services.people.rules import desk, invitations
from services.people.rules.accounts import ACCOUNTS, sees_account
from services.people.rules.desk import CODES
from services.people.rules.invitations import INVITATIONS

# What a session is found by, and how one of a program is refreshed.
KEPT = ("hash", "turn", "turned_at")
PAGE = "/invite#invitation="  # After the #, so that no server on the way ever sees it.


def get_account(views: Reads, question: Json, asked: Asked) -> Json:
    return ACCOUNTS.found(views, question["account"], asked, sees=sees_account)


def get_invitation(views: Reads, question: Json, asked: Asked, keys: Keys) -> Json:
    """With the link for who sent it, while it is good."""
    invitation = INVITATIONS.found(
        views, question["invitation"], asked, sees=invitations.sees
    )
    is_sender = invitation["by"] == asked.actor.id
    if not is_sender or not invitations.is_good(views, invitation, asked):
        return invitation
    return invitation | {"path": PAGE + invitations.secret_of(invitation, keys)}


def get_desk_code(views: Reads, question: Json, asked: Asked, keys: Keys) -> Json:
    """The digits for who gave them, while they are good."""
    code = CODES.found(views, question["desk_code"], asked, sees=desk.is_givers)
    if not desk.is_good(views, code, asked):
        return code
    return code | {"digits": keys.digits(code["id"])}


def list_signed_in(views: Reads, question: Json, asked: Asked) -> Json:
    """Where the actor is signed in."""
    where = {"person": asked.actor.id, "state": "live"}
    found = page(views, question, Find("sessions", where, "id", newest_first=True))
    return found | {"items": [without(one, *KEPT) for one in found["items"]]}
