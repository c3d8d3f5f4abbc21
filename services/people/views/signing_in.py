"""What the gateway asks to let somebody in. None of it is asked by anybody outside."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Find, Reads
from services.people.model import passwords
from services.people.model.keys import Keys
from services.people.rules.accounts import account_of, password_note
from services.people.rules.second_factors import is_on
from services.people.rules.sessions import is_for_program, is_live, lets_in


def check_password(views: Reads, question: Json, asked: Asked, keys: Keys) -> Json:
    """`{account, right, second?}`, account "" for a number of none; takes as long whatever it finds. Blocks.

    With `second` the password was right, and a second factor is to be said besides: not told of a locked account.
    """
    account = account_of(views, question["phone"], asked, keys)
    whose = account["id"] if account else ""
    checked = _checked(whose, question["password"], asked)
    if account is None or not checked["right"]:
        return checked
    is_asked = lets_in(account, asked) and is_on(account)
    return checked | ({"second": True} if is_asked else {})


def check_own_password(views: Reads, question: Json, asked: Asked) -> Json:
    """The same for somebody who is signed in; while the account is locked nothing is right. Blocks."""
    person = views.get("persons", question["person"]) or {}
    id = person.get("account", "")
    checked = _checked(id, question["password"], asked)
    account = views.get("accounts", id)
    if account is None or not lets_in(account, asked):
        return checked | {"right": False}
    return checked | ({"second": True} if is_on(account) else {})


def find_session(views: Reads, question: Json, asked: Asked) -> Json:
    """The session a browser has the secret of, by its hash. Raises `Unknown` when there is none, or no more."""
    found = views.find(Find("sessions", {"hash": question["hash"]}, "id", limit=1))
    session = found[0] if found else None
    if session is None or is_for_program(session) or not is_live(session, asked):
        raise Unknown("登录已过期，请重新登录", code="session_over")
    return session


def _checked(account: str, password: str, asked: Asked) -> Json:
    kept = asked.note(password_note(account)) if account else ""
    return {"account": account, "right": passwords.is_right(kept, password)}
