"""Identities: linked by who is signed in, and then a way in. Nobody gets an account by one."""

from schemas.documents import Json, pick
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads
from services.people.model.keys import Keys
from services.people.rules.second_factors import without_one
from services.people.rules.sessions import begun, failed


def link(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """The gateway has seen a session of the person's, and what the provider says. Raises `Refused`."""
    account = _open_account(docs, payload["person"])
    id = keys.identity(payload["issuer"], payload["subject"])
    held = docs.get("identities", id)
    if held is not None and held["account"] not in ("", account["id"]):
        raise Refused("identity_taken", "这个身份已绑定另一个账号")
    content = pick(payload, "provider") | _of(account, id)
    return Fact("identity_linked.v1", f"account/{account['id']}", content)


def unlink(docs: Reads, payload: Json, asked: Asked) -> Fact:
    account = _open_account(docs, payload["person"])
    identity = docs.get("identities", payload["identity"])
    if identity is None or identity["account"] != account["id"]:
        raise Unknown("没有绑定这个身份", path="identity")
    content = _of(account, identity["id"])
    return Fact("identity_unlinked.v1", f"account/{account['id']}", content)


def enter(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """A session, or a failure on record."""
    id = keys.identity(payload["issuer"], payload["subject"])
    identity = docs.get("identities", id)
    account = docs.get("accounts", identity["account"]) if identity else None
    if account and account["state"] == "open":
        about = without_one(docs, account)
        return begun(docs, account, payload["session"], "foreign", asked, about)
    return failed(account, "foreign", payload, asked, counts=False)


def _open_account(docs: Reads, person: str) -> Json:
    """The person's. Raises `Refused` where there is none to be let in to."""
    id = docs.the("persons", person).get("account", "")
    account = docs.get("accounts", id)
    if account is None or account["state"] != "open":
        raise Refused("account_not_open", "没有可以绑定的账号")
    return account


def _of(account: Json, identity: str) -> Json:
    ids = {"account": account["id"], "person": account["person"]}
    return ids | {"identity": identity}
