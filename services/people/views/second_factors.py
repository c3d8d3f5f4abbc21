"""One's own second factor, as one sees it: the secret while it is offered, then only that it is there."""

from schemas.documents import Json
from schemas.people.second_factors import RECOVERY_CODES, STATES_IN_WORDS
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Reads
from services.people.model import records, second_factors
from services.people.model.second_factors import OFF, OFFERED, ON
from services.people.rules.second_factors import is_outgrown, offered_note


def get_second_factor(views: Reads, question: Json, asked: Asked) -> Json:
    """Of who asks: nobody else ever sees it. Raises `Unknown` for who has no account."""
    person = views.get("persons", asked.actor.id) or {}
    account = views.get("accounts", person.get("account", ""))
    if account is None:
        raise Unknown("您还没有账号")
    outgrown = {"invitation_needed": True} if is_outgrown(views, account) else {}
    return shown(account) | _offered(account, asked) | outgrown


def shown(account: Json) -> Json:
    """Without what nobody is to see."""
    state = account.get("second_factor", OFF)
    about = {
        "id": account["id"],
        "seq": account["seq"],
        "second_factor": state,
        "second_factor_text": STATES_IN_WORDS[state],
    }
    if state != ON:
        return about
    left = RECOVERY_CODES - len(account["recovery_used"])
    return about | {"recovery_left": left}


def _offered(account: Json, asked: Asked) -> Json:
    secret = asked.note(offered_note(account["id"]))
    if account.get("second_factor") != OFFERED or not secret:
        return {}
    login = records.read(asked.note, account["person"]).get("login", "")
    name = records.masked_phone(login) if login else "先锋荟"
    return {"uri": second_factors.uri(secret, name)}
