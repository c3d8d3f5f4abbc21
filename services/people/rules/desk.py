"""Desk codes: six digits that a worker gives to a person in front of them, for one sign-in within ten minutes."""

from datetime import datetime, timedelta
from hmac import compare_digest

from schemas.documents import Json, if_any
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.people.model.keys import Keys
from services.people.model.lifecycles import DESK_CODE
from services.people.rules.accounts import account_of
from services.people.rules.person import kept, must_be_recorded
from services.people.rules.rank import is_still_above, must_let_in
from services.people.rules.sessions import begun, failed

CODES = kind_of(DESK_CODE, "desk_codes")
LASTS = timedelta(minutes=10)


def give(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = kept(docs, payload["person"], asked)
    must_be_recorded(person)
    must_let_in(docs, person, asked)
    content = {
        "account": _open_account(docs, person),
        "person": person["id"],
        "until": instant(asked.now + LASTS),
        "by": asked.actor.id,
    }
    return DESK_CODE.fact("desk_code_given.v1", asked.new_id, content)


def enter(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """A session, or a failure on record. Who asks is told neither whether the number nor whether the code is known."""
    account = account_of(docs, payload["phone"], asked, keys)
    code = _open_code(docs, account, asked)
    digits = keys.digits(code["id"] if code else "")
    is_right = compare_digest(digits, payload["digits"])
    about = if_any(desk_code=code["id"] if code else "")
    if account and code and is_right and account["state"] == "open":
        return begun(docs, account, payload["session"], "desk", asked, about)
    return failed(account, "desk", payload, asked, about)


def expire(docs: Reads, code: Json, asked: Asked) -> Fact:
    return DESK_CODE.fact("desk_code_expired.v1", code["id"])


def is_givers(docs: Reads, code: Json, asked: Asked) -> bool:
    return bool(code["by"] == asked.actor.id)


def is_good(docs: Reads, code: Json, asked: Asked) -> bool:
    """Whether it is open, and from somebody who might give it now."""
    until = datetime.fromisoformat(code["until"])
    if code["state"] != "open" or asked.now >= until:
        return False
    return is_still_above(docs, code["person"], code["by"], asked)


def _open_account(docs: Reads, person: Json) -> str:
    account = docs.get("accounts", person.get("account", ""))
    if account is None:
        raise Refused("no_account", "这个人还没有账号，请先开通", path="person")
    if account["state"] != "open":
        raise Refused("account_not_open", "这个人的账号已停用", path="person")
    return str(account["id"])


def _open_code(docs: Reads, account: Json | None, asked: Asked) -> Json | None:
    """Looked for as well for a number of nobody's: so it takes as long."""
    where = {"person": account["person"] if account else "", "state": "open"}
    codes = docs.find(Find("desk_codes", where, "id", limit=1))
    return next((code for code in codes if is_good(docs, code, asked)), None)
