"""Whether an account has a second factor, and what of it has been used."""

from schemas.people.second_factors import STATES_IN_WORDS
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.people.folds.accounts import end_sessions
from services.people.model.second_factors import OFF, OFFERED, ON


def fold_offered(docs: Overlay, event: Event) -> None:
    _is_now(docs, event, OFFERED)


def fold_confirmed(docs: Overlay, event: Event) -> None:
    """Who is limited for want of it signs in again with it: nobody else's session becomes more by it."""
    _is_now(docs, event, ON)
    account, content = event.data["account"], event.data
    used = {"last_step": content["step"], "recovery_of": content["codes"]}
    docs.change("accounts", account, recovery_used=[], **used)


def fold_taken_off(docs: Overlay, event: Event) -> None:
    _is_now(docs, event, OFF)
    end_sessions(docs, event.data["person"])


def _is_now(docs: Overlay, event: Event, state: str) -> None:
    text = STATES_IN_WORDS[state]
    account = event.data["account"]
    docs.change("accounts", account, second_factor=state, second_factor_text=text)


def use(docs: Overlay, event: Event) -> None:
    """What a sign-in used up: the digits of a half minute, or one code on paper."""
    account = docs.the("accounts", event.data["account"])
    if "step" in event.data:
        docs.change("accounts", account["id"], last_step=event.data["step"])
    if "recovery" in event.data:
        used = [*account["recovery_used"], event.data["recovery"]]
        docs.change("accounts", account["id"], recovery_used=used)


FOLDS: Folds = {
    "second_factor_offered.v1": fold_offered,
    "second_factor_confirmed.v1": fold_confirmed,
    "second_factor_taken_off.v1": fold_taken_off,
}
