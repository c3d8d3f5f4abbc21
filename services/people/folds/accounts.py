"""Accounts, and what of their standing lets somebody in or keeps them out."""

from schemas.documents import without
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.people.folds import letting_in
from services.people.folds.ending import end_all, end_sent_codes, touch_access
from services.people.model.keys import is_index
from services.people.model.lifecycles import ACCOUNT, SESSION

COLLECTIONS = (
    Collection("accounts"),
    Collection("numbers", (("account", "id"),)),
    letting_in.LET_IN,
)
MOST_NUMBERS = 10


def fold_opened(docs: Overlay, event: Event) -> None:
    open_account(docs, event.data["account"], event.data["person"])
    letting_in.note(docs, event)
    take_number(docs, event)


def open_account(docs: Overlay, id: str, person: str) -> None:
    account = {"id": id, "person": person, "has_password": False, "failures": 0}
    docs.put("accounts", ACCOUNT.begun(account))
    docs.change("persons", person, account=id)
    touch_access(docs, person)


def fold_login_changed(docs: Overlay, event: Event) -> None:
    """Who had the old number may have had the telephone: every session ends."""
    docs.change("accounts", event.data["account"], failures=0)
    letting_in.note(docs, event)
    take_number(docs, event)
    end_sent_codes(docs, event.data["person"])
    end_sessions(docs, event.data["person"])


def take_number(docs: Overlay, event: Event) -> None:
    """Whose a number is follows from the log alone, in which nothing can be of two replicas' making.

    The index of the notes is written before the event, and may be of one that never came to be.
    """
    account = event.data["account"]
    give_up_number(docs, account)
    for id in filter(is_index, event.notes):
        docs.put("numbers", {"id": id, "account": account})


def give_up_number(docs: Overlay, account: str) -> None:
    held = Find("numbers", {"account": account}, "id", limit=MOST_NUMBERS)
    for number in docs.find(held):
        docs.put("numbers", number | {"account": ""})


def fold_suspended(docs: Overlay, event: Event) -> None:
    account = docs.the("accounts", event.data["account"])
    reason = {"reason": event.data["reason"]}
    docs.put("accounts", ACCOUNT.after(account | reason, "suspend"))
    end_sessions(docs, event.data["person"])


def fold_reinstated(docs: Overlay, event: Event) -> None:
    account = without(docs.the("accounts", event.data["account"]), "reason")
    docs.put("accounts", ACCOUNT.after(account, "reinstate"))
    touch_access(docs, event.data["person"])


def outgrow_password(docs: Overlay, person: str, office: str, by: str) -> None:
    """Unless it was chosen in that office, or by a link from who appoints: another may be of lesser rank."""
    account = docs.get("accounts", docs.the("persons", person).get("account", ""))
    if account is None or office in account.get("chosen_as", ()):
        return
    if account["has_password"] and account.get("chosen_by") != by:
        docs.put("accounts", account | {"password_outgrown": True})


def end_sessions(docs: Overlay, person: str) -> None:
    end_all(docs, SESSION, "sessions", {"person": person}, "end_all")
    touch_access(docs, person)


FOLDS: Folds = {
    "account_opened.v1": fold_opened,
    "login_changed.v1": fold_login_changed,
    "account_suspended.v1": fold_suspended,
    "account_reinstated.v1": fold_reinstated,
}
