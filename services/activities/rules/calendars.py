"""The address of a person's calendar: whoever knows it may read, so it is long, and can be ended."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from services.activities.lifecycles import CALENDAR
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads


def issue(docs: Overlay, asked: Asked, key: bytes) -> Fact:
    """A new address. Any other the person had is good for nothing from then on."""
    calendar = docs.get("calendars", asked.actor.id)
    if calendar is not None:
        CALENDAR.must_allow(calendar, "issue", "我的日历")
    return _fact("calendar_issued.v1", asked, asked.new_id, {"secret_hash": hashed(secret_of(asked.new_id, key))})


def revoke(docs: Overlay, asked: Asked) -> Fact:
    calendar = of_person(docs, asked)
    CALENDAR.must_allow(calendar, "revoke", "我的日历")
    return _fact("calendar_revoked.v1", asked, calendar["calendar"], {})


def of_person(docs: Reads, asked: Asked) -> Doc:
    calendar = docs.get("calendars", asked.actor.id)
    if calendar is None:
        raise Unknown("您还没有日历地址")
    return calendar


def secret_of(calendar: str, key: bytes) -> str:
    """256 bits that nobody can tell from the calendar's id without the key; so nothing secret is kept."""
    return urlsafe_b64encode(hmac.digest(key, f"calendar/{calendar}".encode(), "sha256")).rstrip(b"=").decode()


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _fact(type: str, asked: Asked, calendar: str, more: Data) -> Fact:
    person = asked.actor.id
    return Fact(type, f"calendar/{person}", {"person": person, "calendar": calendar, **more})
