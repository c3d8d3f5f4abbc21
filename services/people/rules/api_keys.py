"""Keys of machines: made by a person of what they may do themself, and good for nothing beyond that at any time."""

from dataclasses import replace
from hmac import compare_digest

from schemas.documents import Json, without
from services.district.calendar import local_day
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.people.model.ages import years_after
from services.people.model.granting import Office
from services.people.model.lifecycles import ACCOUNT, API_KEY
from services.people.rules.roles import may_grant

API_KEYS = kind_of(API_KEY, "api_keys")
MOST_LIVE = 20


def make(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """Only a person makes one: no key makes another, and no token of a developer."""
    _must_have_account(docs, asked)
    _must_be_soon(payload["until"], asked)
    for held in payload["roles"]:
        _must_not_be_above(docs, held, asked)
    _must_not_be_too_many(docs, asked)
    content = without(payload, "name") | {"person": asked.actor.id}
    notes = {name_note(asked.new_id): payload["name"]}
    return API_KEY.fact("api_key_made.v2", asked.new_id, content, notes=notes)


def revoke(docs: Reads, payload: Json, asked: Asked) -> Fact:
    key = API_KEYS.found(docs, payload["api_key"], asked, sees=is_own)
    API_KEY.must_allow(key, "revoke", "这把密钥")
    content = {"by": asked.actor.id}
    return API_KEY.fact("api_key_revoked.v1", key["id"], content)


def expire(docs: Reads, key: Json, asked: Asked) -> Fact:
    return API_KEY.fact("api_key_expired.v1", key["id"])


def name_note(key: str) -> str:
    """What its maker calls it, who may name anybody in it."""
    return f"api_key.{key}"


def is_own(docs: Reads, key: Json, asked: Asked) -> bool:
    return bool(key["person"] == asked.actor.id)


def is_good(key: Json | None, hash: str, asked: Asked) -> bool:
    """Whether somebody with the secret of that hash has this key, and it still is one."""
    known = key["hash"] if key else ""
    is_known = compare_digest(known, hash)
    if key is None or key["state"] != "live":
        return False
    return is_known and local_day(asked.now) <= key["until"]


def worth(docs: Reads, key: Json, maker: list[Json], asked: Asked) -> list[Json]:
    """Of the key's roles those that its maker, who holds these now, might still give away."""
    roles = tuple(Role(each["role"], each["scope"]) for each in maker)
    as_maker = replace(asked, actor=Actor(key["person"], roles))
    return [held for held in key["roles"] if not is_above(docs, held, as_maker)]


def is_above(docs: Reads, held: Json, asked: Asked) -> bool:
    """Whether it is neither a role the actor holds there, nor one they might grant."""
    if asked.actor.covers(held["role"], held["scope"]):
        return False
    return not may_grant(docs, Office(held["role"], held["scope"]), asked)


def _must_not_be_above(docs: Reads, held: Json, asked: Asked) -> None:
    if is_above(docs, held, asked):
        raise Forbidden("密钥不能比自己的任职多，范围也不能更大", code="above_own")
    if not Office(held["role"], held["scope"]).is_possible:
        says = "这个角色不能有这样的范围"
        raise Refused("scope_does_not_fit", says, path="roles")


def _must_have_account(docs: Reads, asked: Asked) -> None:
    person = docs.get("persons", asked.actor.id)
    account = docs.get("accounts", person.get("account", "")) if person else None
    if account is None:
        raise Forbidden("请用自己的账号登录后再做密钥", code="only_by_account")
    ACCOUNT.must_allow(account, "change_login", "这个账号")


def _must_be_soon(until: str, asked: Asked) -> None:
    today = local_day(asked.now)
    if not today <= until <= years_after(today, 1):
        raise Refused("too_long", "有效的最后一天应在今天起一年以内", path="until")


def _must_not_be_too_many(docs: Reads, asked: Asked) -> None:
    where = {"person": asked.actor.id, "state": "live"}
    if docs.count(Find("api_keys", where, "id", limit=MOST_LIVE)) >= MOST_LIVE:
        raise Refused("too_many_keys", f"一个人最多有 {MOST_LIVE} 把可用的密钥")
