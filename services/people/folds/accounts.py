"""Accounts, and what of their standing lets somebody in or keeps them out."""

from schemas.documents import without
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.people.folds.ending import end_all, touch_access
from services.people.model.lifecycles import ACCOUNT, SESSION

COLLECTIONS = (Collection("accounts"),)


def fold_opened(docs: Overlay, event: Event) -> None:
    open_account(docs, event.data["account"], event.data["person"])


def open_account(docs: Overlay, id: str, person: str) -> None:
    account = {"id": id, "person": person, "has_password": False, "failures": 0}
    docs.put("accounts", ACCOUNT.begun(account))
    docs.change("persons", person, account=id)
    touch_access(docs, person)


def fold_login_changed(docs: Overlay, event: Event) -> None:
    """Who had the old number may have had the telephone: every session ends."""
    docs.change("accounts", event.data["account"], failures=0)
    end_sessions(docs, event.data["person"])


def fold_suspended(docs: Overlay, event: Event) -> None:
    account = docs.the("accounts", event.data["account"])
    reason = {"reason": event.data["reason"]}
    docs.put("accounts", ACCOUNT.after(account | reason, "suspend"))
    end_sessions(docs, event.data["person"])


def fold_reinstated(docs: Overlay, event: Event) -> None:
    account = without(docs.the("accounts", event.data["account"]), "reason")
    docs.put("accounts", ACCOUNT.after(account, "reinstate"))
    touch_access(docs, event.data["person"])


def end_sessions(docs: Overlay, person: str) -> None:
    end_all(docs, SESSION, "sessions", {"person": person}, "end_all")
    touch_access(docs, person)


FOLDS: Folds = {
    "account_opened.v1": fold_opened,
    "login_changed.v1": fold_login_changed,
    "account_suspended.v1": fold_suspended,
    "account_reinstated.v1": fold_reinstated,
}
