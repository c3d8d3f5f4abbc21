"""The address of a person's calendar: whoever knows it may read, so it is long, and can be ended."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest

from schemas.documents import Json
from services.activities.model.lifecycles import CALENDAR
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.kit.views import Reads

NO_CALENDAR = "没有这个日历，或地址已停用、已更换"


def issue(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """A new address. Any other the person had is good for nothing from then on."""
    calendar = docs.get("calendars", asked.actor.id)
    if calendar is not None:
        CALENDAR.must_allow(calendar, "issue", "我的日历")
    return _fact(
        "calendar_issued.v1",
        asked,
        asked.new_id,
        {"secret_hash": hashed(secret_of(asked.new_id, key))},
    )


def revoke(docs: Reads, command: Json, asked: Asked) -> Fact:
    calendar = of_person(docs, asked)
    CALENDAR.must_allow(calendar, "revoke", "我的日历")
    return _fact("calendar_revoked.v1", asked, calendar["calendar"], {})


def of_person(docs: Reads, asked: Asked) -> Json:
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
    if compare_digest(own.encode(), secret_of(calendar["calendar"], key).encode()):
        return calendar
    if hashed(own) == calendar["secret_hash"]:
        raise Unknown(
            "地址已更换，请到“我的日历”查看新地址，重新订阅", code="address_changed"
        )
    raise Unknown(NO_CALENDAR)


def secret_now(calendar: Json, key: bytes) -> str:
    """What the address says. After a change of keys it names the calendar: of the new secret nothing is in the log."""
    secret = secret_of(calendar["calendar"], key)
    return (
        secret
        if hashed(secret) == calendar["secret_hash"]
        else f"{calendar['calendar']}.{secret}"
    )


def secret_of(calendar: str, key: bytes) -> str:
    """256 bits that nobody can tell from the calendar's id without the key; so nothing secret is kept."""
    return (
        urlsafe_b64encode(hmac.digest(key, f"calendar/{calendar}".encode(), "sha256"))
        .rstrip(b"=")
        .decode()
    )


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _fact(type: str, asked: Asked, calendar: str, more: Json) -> Fact:
    person = asked.actor.id
    return Fact(
        type, f"calendar/{person}", {"person": person, "calendar": calendar, **more}
    )
