"""Invitations: a link for one person, good once and for a week, with which an account is opened or let in again."""

from datetime import datetime, timedelta
from hmac import compare_digest

from schemas.documents import Json, pick
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads
from services.people.model import records
from services.people.model.keys import Keys
from services.people.model.lifecycles import ACCOUNT, INVITATION
from services.people.rules.accounts import (
    login_notes,
    must_be_old_enough,
    must_not_be_own_word,
    outdated_index,
    password_note,
)
from services.people.rules.person import keeps, kept, must_be_recorded
from services.people.rules.rank import is_still_above, must_let_in

INVITATIONS = kind_of(INVITATION, "invitations")
LASTS = timedelta(days=7)
NO_INVITATION = "邀请链接不对，或已失效，请重新索取"


def invite(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = kept(docs, payload["person"], asked)
    must_be_recorded(person)
    must_let_in(docs, person, asked)
    must_be_old_enough(person["id"], asked)
    until = instant(asked.now + LASTS)
    content = {"person": person["id"], "until": until, "by": asked.actor.id}
    return INVITATION.fact("person_invited.v1", asked.new_id, content)


def accept(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """Whoever has the link chooses a login number and a password. An account that is there gets these instead."""
    invitation = _of_secret(docs, payload["secret"], asked, keys)
    person = docs.the("persons", invitation["person"])
    account = _account_of(docs, person, asked)
    before = records.read(asked.note, person["id"])
    notes = login_notes(docs, person["id"], account, payload, asked, keys)
    erases = outdated_index(before, notes, keys)
    must_not_be_own_word(payload["password"], before | pick(payload, "phone"))
    notes[password_note(account)] = payload["hash"]
    id, of = invitation["id"], person["id"]
    content = {"invitation": id, "person": of, "account": account}
    stream = f"invitation/{id}"
    return Fact("invitation_accepted.v1", stream, content, notes, erases, of=of)


def _account_of(docs: Reads, person: Json, asked: Asked) -> str:
    """The one that is there and may be changed, or a new one's id."""
    if "account" not in person:
        return asked.new_id
    account = docs.the("accounts", person["account"])
    ACCOUNT.must_allow(account, "change_login", "这个账号")
    return str(account["id"])


def withdraw(docs: Reads, payload: Json, asked: Asked) -> Fact:
    invitation = INVITATIONS.admitted(
        docs, payload["invitation"], asked, may=sees, sees=sees
    )
    INVITATION.must_allow(invitation, "withdraw", "这份邀请")
    content = {"by": asked.actor.id}
    return INVITATION.fact("invitation_withdrawn.v1", invitation["id"], content)


def expire(docs: Reads, invitation: Json, asked: Asked) -> Fact:
    return INVITATION.fact("invitation_expired.v1", invitation["id"])


def sees(docs: Reads, invitation: Json, asked: Asked) -> bool:
    """Who keeps the record of who is invited: whoever sent it may do so no more."""
    return keeps(docs, docs.the("persons", invitation["person"]), asked)


def secret_of(invitation: Json, keys: Keys) -> str:
    """What the link says: which invitation it is, and the proof."""
    return f"{invitation['id']}.{keys.invitation(invitation['id'])}"


def is_good(docs: Reads, invitation: Json, asked: Asked) -> bool:
    """Whether it is open, and from somebody who might send it now."""
    until = datetime.fromisoformat(invitation["until"])
    if invitation["state"] != "open" or asked.now >= until:
        return False
    return is_still_above(docs, invitation["person"], invitation["by"], asked)


def _of_secret(docs: Reads, secret: str, asked: Asked, keys: Keys) -> Json:
    """The open invitation behind a link. One answer for whatever is wrong with it."""
    id, _, proof = secret.partition(".")
    invitation = docs.get("invitations", id)
    is_proven = compare_digest(proof.encode(), keys.invitation(id).encode())
    if not invitation or not is_proven or not is_good(docs, invitation, asked):
        raise Unknown(NO_INVITATION, path="secret")
    return invitation
