"""Invitations, desk codes and sessions, and what failed sign-ins lead to."""

from datetime import datetime, timedelta

from schemas.fields import instant
from schemas.people.desk_codes import TRIES
from schemas.people.sessions import WAYS_IN_WORDS
from services.kit.lifecycle import LifeCycle
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.people.folds import letting_in, second_factors, sent_codes
from services.people.folds.accounts import end_sessions, open_account, take_number
from services.people.folds.ending import end_all, touch_access
from services.people.folds.identities import give_up_identities
from services.people.folds.retention import renew_by
from services.people.folds.roles import offices_of
from services.people.model.lifecycles import DESK_CODE, INVITATION, SESSION

COLLECTIONS = (
    Collection("invitations", (("person", "state", "id"), ("state", "until"))),
    Collection("desk_codes", (("person", "state", "id"), ("state", "until"))),
    Collection(
        "sessions", (("hash", "id"), ("person", "state", "id"), ("state", "until"))
    ),
)
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=1), timedelta(hours=1)
MOST_DOUBLINGS = 10
FIRST_TURN = 1
# What let somebody in once, and is no part of the session.
USED_UP = ("session", "desk_code", "sent_code", "step", "recovery")


def fold_invited(docs: Overlay, event: Event) -> None:
    """A new invitation ends any the person had."""
    end_all(docs, INVITATION, "invitations", {"person": event.data["person"]}, "vanish")
    invitation = event.without("invitation") | {"id": event.data["invitation"]}
    docs.put("invitations", INVITATION.begun(invitation))
    letting_in.note(docs, event)


def fold_accepted(docs: Overlay, event: Event) -> None:
    """Whatever else let in ends: somebody else may have had the account."""
    content = event.data
    _step(docs, INVITATION, "invitations", content["invitation"], "accept")
    if docs.get("accounts", content["account"]) is None:
        open_account(docs, content["account"], content["person"])
    take_number(docs, event)
    give_up_identities(docs, content["account"])
    docs.change(
        "accounts",
        content["account"],
        has_password=True,
        password_outgrown=False,
        chosen_as=offices_of(docs, content["person"]),
        chosen_by=docs.the("invitations", content["invitation"])["by"],
        failures=0,
        invited_at=event.time,
    )
    end_sessions(docs, content["person"])


def fold_invitation_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        _step(docs, INVITATION, "invitations", event.data["invitation"], step)

    return fold


def fold_code_given(docs: Overlay, event: Event) -> None:
    """A new code ends the one before."""
    end_all(docs, DESK_CODE, "desk_codes", {"person": event.data["person"]}, "replace")
    code = event.without("desk_code") | {
        "id": event.data["desk_code"],
        "tries_left": TRIES,
    }
    docs.put("desk_codes", DESK_CODE.begun(code))
    letting_in.note(docs, event)


def fold_code_expired(docs: Overlay, event: Event) -> None:
    _step(docs, DESK_CODE, "desk_codes", event.data["desk_code"], "expire")


def fold_session_begun(docs: Overlay, event: Event) -> None:
    content = event.data
    if "desk_code" in content:
        _step(docs, DESK_CODE, "desk_codes", content["desk_code"], "use")
    if "sent_code" in content:
        sent_codes.use(docs, content["sent_code"])
    second_factors.use(docs, event)
    session = event.without(*USED_UP) | {
        "id": content["session"],
        "begun_at": event.time,
        "way_text": WAYS_IN_WORDS[content["way"]],
    }
    if "for_program" in content:
        session["turn"] = FIRST_TURN
    docs.put("sessions", SESSION.begun(session))
    renew_by(docs, event, content["person"])
    docs.change("accounts", content["account"], failures=0, locked_until="")


def fold_failed(docs: Overlay, event: Event) -> None:
    """A code dies of five wrong tries; a password is not looked at for a while, longer each time."""
    content = event.data
    if "desk_code" in content:
        _fail_code(docs, content["desk_code"])
    elif "sent_code" in content:
        sent_codes.fail(docs, content["sent_code"])
    elif "account" in content and content["counts"]:
        _fail_account(docs, content["account"], event.time)


def _fail_code(docs: Overlay, id: str) -> None:
    code = docs.the("desk_codes", id)
    tries_left = code["tries_left"] - 1
    code = docs.change("desk_codes", id, tries_left=tries_left)
    if tries_left == 0:
        docs.put("desk_codes", DESK_CODE.after(code, "fail"))


def _fail_account(docs: Overlay, id: str, time: str) -> None:
    failures = docs.the("accounts", id)["failures"] + 1
    account = docs.change("accounts", id, failures=failures)
    if failures >= TRIES:
        until = datetime.fromisoformat(time) + locked_for(failures)
        docs.put("accounts", account | {"locked_until": instant(until)})


def locked_for(failures: int) -> timedelta:
    """A minute after the fifth failure, twice as long after each more, an hour at most."""
    doublings = min(failures - TRIES, MOST_DOUBLINGS)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def fold_session_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        _step(docs, SESSION, "sessions", event.data["session"], step)
        touch_access(docs, event.data["person"])

    return fold


def fold_refreshed(docs: Overlay, event: Event) -> None:
    """A turn that is said again changes nothing, so that it cannot be said for ever."""
    session, turn = docs.the("sessions", event.data["session"]), event.data["turn"]
    if turn != session["turn"]:
        docs.put("sessions", session | {"turn": turn, "turned_at": event.time})


def fold_out_everywhere(docs: Overlay, event: Event) -> None:
    end_sessions(docs, event.data["person"])


def fold_password_set(docs: Overlay, event: Event) -> None:
    docs.change("accounts", event.data["account"], has_password=True, failures=0)
    end_sessions(docs, event.data["person"])


def _step(docs: Overlay, life: LifeCycle, collection: str, id: str, step: str) -> None:
    docs.put(collection, life.after(docs.the(collection, id), step))


FOLDS: Folds = {
    "person_invited.v1": fold_invited,
    "invitation_accepted.v1": fold_accepted,
    "invitation_withdrawn.v1": fold_invitation_over("withdraw"),
    "invitation_expired.v1": fold_invitation_over("expire"),
    "desk_code_given.v1": fold_code_given,
    "desk_code_expired.v1": fold_code_expired,
    "session_begun.v1": fold_session_begun,
    "sign_in_failed.v1": fold_failed,
    "session_ended.v1": fold_session_over("end"),
    "session_expired.v1": fold_session_over("expire"),
    "session_refreshed.v1": fold_refreshed,
    "session_replayed.v1": fold_session_over("end"),
    "signed_out_everywhere.v1": fold_out_everywhere,
    "password_set.v1": fold_password_set,
}
