"""The address of a person's calendar: whoever knows it may read, so it is long, and can be ended."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest

from schemas.documents import Json
from services.activities.model.lifecycles import CALENDAR
from services.district.acting import is_erased
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.kit.persons.aliases import survivor
from services.kit.persons.machines import must_be_a_person
from services.kit.views import Reads

NO_CALENDAR = "没有这个日历，或地址已停用、已更换"


def issue(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """A new address. Any other the person had is good for nothing from then on."""
    must_be_a_person(asked)
    calendar = docs.get("calendars", asked.actor.id)
    if calendar is not None:
        CALENDAR.must_allow(calendar, "issue", "我的日历")
    secret_hash = hashed(secret_of(asked.new_id, key))
    content = {
        "calendar": asked.new_id,
        "secret_hash": secret_hash,
    }
    return _of_the_person("calendar_issued.v1", content, asked)


def revoke(docs: Reads, command: Json, asked: Asked) -> Fact:
    """No address is good for anything from then on."""
    calendar = of_person(docs, asked)
    CALENDAR.must_allow(calendar, "revoke", "我的日历")
    content = {"calendar": calendar["calendar"]}
    return _of_the_person("calendar_revoked.v1", content, asked)


def _of_the_person(type: str, content: Json, asked: Asked) -> Fact:
    """In the stream of the person: all their calendars, one after another, are one story."""
    person = asked.actor.id
    return Fact(type, f"calendar/{person}", content | {"person": person})


def of_person(docs: Reads, asked: Asked) -> Json:
    """The actor's calendar. Raises `Unknown` when they never had one."""
    calendar = docs.get("calendars", asked.actor.id)
    if calendar is None:
        raise Unknown("您还没有日历地址")
    return calendar


def addressed(docs: Reads, secret: str, key: bytes) -> Json:
    """The live calendar behind an address. An address made with an earlier key is good for nothing, and told so."""
    named, _, own = secret.rpartition(".")
    address = docs.get("calendar_addresses", named or hashed(own))
    calendar = docs.get("calendars", address["person"]) if address else None
    if calendar is None or calendar["state"] != "live":
        raise Unknown(NO_CALENDAR)
    person = calendar["person"]
    if is_erased(docs, person) or survivor(docs, person) != person:
        raise Unknown(NO_CALENDAR)
    if compare_digest(own.encode(), secret_of(calendar["calendar"], key).encode()):
        return calendar
    if hashed(own) == calendar["secret_hash"]:
        says = "地址已更换，请到“我的日历”查看新地址，重新订阅"
        raise Unknown(says, code="address_changed")
    raise Unknown(NO_CALENDAR)


def secret_now(calendar: Json, key: bytes) -> str:
    """What the address says. After a change of keys it names the calendar: of the new secret nothing is in the log."""
    id = calendar["calendar"]
    secret = secret_of(id, key)
    if hashed(secret) == calendar["secret_hash"]:
        return secret
    return f"{id}.{secret}"


def secret_of(calendar: str, key: bytes) -> str:
    """256 bits that nobody can tell from the calendar's id without the key; so nothing secret is kept."""
    secret = hmac.digest(key, f"calendar/{calendar}".encode(), "sha256")
    return urlsafe_b64encode(secret).rstrip(b"=").decode()


def hashed(secret: str) -> str:
    """What is kept of a secret, and what an address is looked up by."""
    return sha256(secret.encode()).hexdigest()
