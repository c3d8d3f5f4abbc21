"""The second factor: offered, confirmed by who has it, asked with a password, taken off by an administrator alone."""

from datetime import datetime, timedelta

from schemas.documents import Json
from schemas.people.second_factors import all_of, hash_of_code
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.people.model import second_factors
from services.people.model.granting import ADMINISTRATORS
from services.people.model.lifecycles import ACCOUNT
from services.people.model.second_factors import OFFERED, ON
from services.people.rules.person import PERSONS, is_own, sees
from services.people.rules.rank import must_let_in, open_grants

INVITED_FOR = timedelta(minutes=1)


def offer(docs: Reads, payload: Json, asked: Asked) -> Fact:
    account = _own(docs, asked)
    if account.get("second_factor") == ON:
        says = "已设置动态口令；换手机请区管理员先取消"
        raise Refused("already_on", says, is_so=True)
    notes = {offered_note(account["id"]): payload["secret"]}
    return _fact("second_factor_offered.v1", account, {}, notes)


def confirm(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """From now on it is asked. Its digits of this half minute have been used."""
    account = _own(docs, asked)
    offered = offered_note(account["id"])
    secret = asked.note(offered)
    if account.get("second_factor") != OFFERED or not secret:
        raise Refused("nothing_offered", "请先扫描二维码")
    step = second_factors.step_of(secret, payload["code"], asked.now)
    if step is None:
        raise Refused("wrong_code", "动态口令不对，请核对手机的时间", path="code")
    notes = {
        _secret_note(account["id"]): secret,
        _recovery_note(account["id"]): second_factors.written(payload["hashes"]),
    }
    content = {"step": step, "codes": all_of(payload["hashes"])}
    return _fact("second_factor_confirmed.v1", account, content, notes, (offered,))


def take_off(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """By an administrator of the person's district, who ranks above them. Nobody's own, nor by a worker."""
    person = PERSONS.found(docs, payload["person"], asked, sees=sees)
    if is_own(person, asked):
        says = "不能取消自己的动态口令，请由区管理员办理"
        raise Forbidden(says, code="own_decision")
    if not asked.actor.covers("district_admin", person["community"]):
        raise Forbidden("动态口令由区管理员取消", code="not_yours_to_keep")
    must_let_in(docs, person, asked)
    account = docs.get("accounts", person.get("account", ""))
    if account is None or account.get("second_factor") != ON:
        raise Refused("not_on", "这个人没有设置动态口令", path="person", is_so=True)
    id = account["id"]
    content = {"reason": payload["reason"], "by": asked.actor.id}
    erases = _secret_note(id), _recovery_note(id)
    return _fact("second_factor_taken_off.v1", account, content, {}, erases)


def is_on(account: Json) -> bool:
    return account.get("second_factor") == ON


def is_outgrown(docs: Reads, account: Json) -> bool:
    """Whether the password is from before its owner administered others; a new invitation ends that."""
    return bool(account.get("password_outgrown")) and _administers(docs, account)


def without_one(docs: Reads, account: Json) -> Json:
    """What is said of a session that a way without a password began: as a resident only, where one is asked for."""
    is_asked = is_on(account) or _administers(docs, account)
    return {"limited": True} if is_asked else {}


def said_right(account: Json, said: str, asked: Asked) -> Json | None:
    """What is used up by it: the `{step}` of the digits, or which code on paper, `{recovery}`. None for a wrong one."""
    secret = asked.note(_secret_note(account["id"]))
    step = second_factors.step_of(secret, said, asked.now) if secret else None
    if step is not None:
        return {"step": step} if step > account["last_step"] else None
    return _recovered(account, said, asked)


def is_limited(docs: Reads, account: Json, asked: Asked) -> bool:
    """Whether a password lets in an administrator as a resident only: without a second factor, or chosen before.

    Not in the minute after an invitation was accepted: whoever chose the password then had the link as well. One that
    is older than the role, and a second factor set up with it, may be theirs who sent that link.
    """
    if not _administers(docs, account):
        return False
    is_enough = is_on(account) or _was_just_invited(account, asked)
    return not is_enough or is_outgrown(docs, account)


def _administers(docs: Reads, account: Json) -> bool:
    grants = open_grants(docs, account["person"])
    return any(grant["role"] in ADMINISTRATORS for grant in grants)


def _recovered(account: Json, said: str, asked: Asked) -> Json | None:
    hashes = second_factors.read(asked.note(_recovery_note(account["id"])))
    hash = hash_of_code(said)
    if hash not in hashes:
        return None
    index = hashes.index(hash)
    return None if index in account["recovery_used"] else {"recovery": index}


def _was_just_invited(account: Json, asked: Asked) -> bool:
    if "invited_at" not in account:
        return False
    return asked.now - datetime.fromisoformat(account["invited_at"]) < INVITED_FOR


def _own(docs: Reads, asked: Asked) -> Json:
    person = PERSONS.found(docs, asked.actor.id, asked)
    account = docs.get("accounts", person.get("account", ""))
    if account is None:
        raise Refused("no_account", "您还没有账号")
    ACCOUNT.must_allow(account, "change_login", "这个账号")
    return account


def _fact(
    type: str,
    account: Json,
    content: Json,
    notes: dict[str, str],
    erases: tuple[str, ...] = (),
) -> Fact:
    ids = {"account": account["id"], "person": account["person"]}
    stream = f"account/{account['id']}"
    return Fact(type, stream, ids | content, notes, erases, of=account["person"])


def _secret_note(account: str) -> str:
    return f"totp.{account}"


def offered_note(account: str) -> str:
    return f"totp_offer.{account}"


def _recovery_note(account: str) -> str:
    return f"recovery.{account}"
