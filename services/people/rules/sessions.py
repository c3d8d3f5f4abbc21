"""Sessions: begun by one of the ways in, ended by whose they are, by time, or with what they rest on."""

from datetime import datetime, timedelta

from schemas.documents import Json, if_any, pick_present
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads
from services.people.model import records, tries
from services.people.model.lasting import OF_A_RESIDENT, OF_STAFF
from services.people.model.lifecycles import ACCOUNT, SESSION
from services.people.rules import second_factors
from services.people.rules.accounts import must_not_be_own_word, password_note
from services.people.rules.person import PERSONS
from services.people.rules.rank import open_grants

SESSIONS = kind_of(SESSION, "sessions")
NOTHING: Json = {}


def enter_by_password(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """A session when password and second factor were right, else a failure. While an account is locked nothing is."""
    account = docs.get("accounts", payload.get("account", ""))
    if account and payload["right"] and lets_in(account, asked):
        proven = _proven(docs, account, payload, asked)
        if proven is not None:
            about = pick_present(payload, "for_program") | proven
            return begun(docs, account, payload["session"], "password", asked, about)
    locked = account is not None and is_locked(account, asked)
    return failed(account, "password", payload, asked, counts=not locked)


def _proven(docs: Reads, account: Json, payload: Json, asked: Asked) -> Json | None:
    """What is said of the session besides; None when there is a second factor, and what was said of it is wrong."""
    used: Json | None = {}
    if second_factors.is_on(account):
        used = second_factors.said_right(account, payload.get("code", ""), asked)
    if used is not None and second_factors.is_limited(docs, account, asked):
        return used | {"limited": True}
    return used


def begun(
    docs: Reads,
    account: Json,
    hash: str,
    way: str,
    asked: Asked,
    about: Json = NOTHING,
) -> Fact:
    until = asked.now + _lasts(docs, account["person"])
    content = about | {
        "account": account["id"],
        "person": account["person"],
        "way": way,
        "hash": hash,
        "until": instant(until),
    }
    return SESSION.fact("session_begun.v1", asked.new_id, content)


def failed(
    account: Json | None,
    way: str,
    payload: Json,
    asked: Asked,
    about: Json = NOTHING,
    *,
    counts: bool = True,
) -> Fact:
    """With a note of a number of nobody's too: so it takes as long."""
    whose = account["id"] if account else ""
    content = about | if_any(account=whose) | {"way": way, "counts": counts}
    seen = tries.written(payload)
    notes = {asked.new_id: seen} if seen else {}
    content |= if_any(note="".join(notes))
    stream = f"sign-in/{whose or way}"
    of = account["person"] if account else ""
    return Fact("sign_in_failed.v1", stream, content, notes, of=of)


def end(docs: Reads, payload: Json, asked: Asked) -> Fact:
    session = SESSIONS.found(docs, payload["session"], asked, sees=is_own)
    SESSION.must_allow(session, "end", "这次登录")
    content = {"person": session["person"], "by": asked.actor.id}
    return SESSION.fact("session_ended.v1", session["id"], content)


def end_all(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = PERSONS.found(docs, asked.actor.id, asked)
    content = {"person": person["id"], "by": asked.actor.id}
    return Fact("signed_out_everywhere.v1", f"person/{person['id']}", content)


def expire(docs: Reads, session: Json, asked: Asked) -> Fact:
    content = {"person": session["person"]}
    return SESSION.fact("session_expired.v1", session["id"], content)


def set_password(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """The gateway has seen the old one. Everybody who came in with that is out."""
    person = docs.the("persons", payload["person"])
    account = docs.the("accounts", person["account"])
    ACCOUNT.must_allow(account, "change_login", "这个账号")
    content = {"account": account["id"], "person": person["id"], "by": person["id"]}
    record = records.read(asked.note, person["id"])
    must_not_be_own_word(payload["password"], record)
    notes = {password_note(account["id"]): payload["hash"]}
    stream = f"account/{account['id']}"
    return Fact("password_set.v1", stream, content, notes, of=person["id"])


def is_own(docs: Reads, session: Json, asked: Asked) -> bool:
    return bool(session["person"] == asked.actor.id)


def lets_in(account: Json, asked: Asked) -> bool:
    return account["state"] == "open" and not is_locked(account, asked)


def is_locked(account: Json, asked: Asked) -> bool:
    until = str(account.get("locked_until", ""))
    return bool(until) and asked.now < datetime.fromisoformat(until)


def is_live(session: Json, asked: Asked) -> bool:
    until = datetime.fromisoformat(session["until"])
    return session["state"] == "live" and asked.now < until


def is_for_program(session: Json) -> bool:
    return bool(session.get("for_program"))


def _lasts(docs: Reads, person: str) -> timedelta:
    """Whoever may do more signs in more often."""
    return OF_STAFF if open_grants(docs, person) else OF_A_RESIDENT
