"""Codes that are sent: asked for by whoever says a number, carried by who sends them, good in one browser.

Whether a number is somebody's changes nothing but whether anything is sent: neither what is answered nor what is
written and counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from schemas.documents import Json, if_any
from schemas.fields import instant
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.config import Settings
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.kit.ways.configured import Ways
from services.people.model.keys import Keys, keys_of
from services.people.model.lifecycles import SENT_CODE
from services.people.rules.accounts import account_of
from services.people.rules.second_factors import without_one
from services.people.rules.sessions import begun, failed

CODES = kind_of(SENT_CODE, "sent_codes")
LASTS = timedelta(minutes=5)
OF_A_NUMBER = (
    (timedelta(minutes=1), 1),
    (timedelta(hours=1), 5),
    (timedelta(days=1), 10),
)
SENDING_TAKES = timedelta(seconds=30)  # No attempt is longer on its way.
FIRST_PAUSE = timedelta(seconds=2)
TOO_OFTEN, TOO_MANY = "asked_too_often", "too_many_codes"
MOST_LOOKED_AT = 20
TICK = timedelta(
    milliseconds=1
)  # A span of documents begins with its start and ends before its end.


@dataclass(frozen=True, slots=True)
class Means:
    """What the codes are made by, and the ways to send them."""

    keys: Keys
    ways: Ways


def means_of(settings: Settings) -> Means:
    return Means(keys_of(settings), settings.ways)


def ask(docs: Reads, payload: Json, asked: Asked, means: Means) -> Fact:
    """Raises `Refused` when the number, or everybody together, asked for enough."""
    number = means.keys.asked_number(payload["phone"])
    _must_not_be_too_often(docs, number, asked)
    _must_not_be_too_many(docs, payload["sender"], means.ways, asked)
    account = account_of(docs, payload["phone"], asked, means.keys)
    content = {
        "sender": payload["sender"],
        "number": number,
        "browser": payload["browser"],
        "until": instant(asked.now + LASTS),
    }
    if account and account["state"] == "open":
        content |= {"account": account["id"], "person": account["person"]}
    return SENT_CODE.fact("sign_in_code_asked.v1", asked.new_id, content)


def take(docs: Reads, payload: Json, asked: Asked) -> Fact | None:
    """The next one to be sent, if any. It is sent by who took it, or by somebody else when that was not heard of."""
    code = _next(docs, payload["sender"], asked)
    if code is None:
        return None
    content = {"again_at": instant(asked.now + SENDING_TAKES)}
    return SENT_CODE.fact("sign_in_code_taken.v1", code["id"], content)


def report(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """What came of an attempt. What may have arrived is sent again like what has not: it is the same code."""
    code = CODES.found(docs, payload["sent_code"], asked)
    if payload["outcome"] == "made":
        return SENT_CODE.fact("sign_in_code_sent.v1", code["id"])
    pause = FIRST_PAUSE * (1 << code["attempts"])
    content = {
        "code": payload.get("code", payload["outcome"]),
        "again_at": instant(asked.now + pause),
    }
    return SENT_CODE.fact("sign_in_code_not_sent.v1", code["id"], content)


def enter(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """A session, or a failure on record. The browser that asked is the only one the code is good in."""
    code = _open_code(docs, payload["browser"], asked)
    id = code["id"] if code else ""
    is_right = compare_digest(keys.sent_digits(id), payload["digits"])
    account = docs.get("accounts", code.get("account", "")) if code else None
    about = if_any(sent_code=id)
    if account and is_right and account["state"] == "open":
        about |= without_one(docs, account)
        return begun(docs, account, payload["session"], "code", asked, about)
    return failed(account, "code", payload, asked, about)


def expire(docs: Reads, code: Json, asked: Asked) -> Fact:
    return SENT_CODE.fact("sign_in_code_expired.v1", code["id"])


def is_open(code: Json, asked: Asked) -> bool:
    until = datetime.fromisoformat(code["until"])
    return code["state"] == "open" and asked.now < until


def _must_not_be_too_often(docs: Reads, number: str, asked: Asked) -> None:
    for within, most in OF_A_NUMBER:
        since = instant(asked.now - within + TICK)
        where = {"number": number}
        lately = Find("sent_codes", where, "asked_at", since=since, limit=most)
        if docs.count(lately) >= most:
            raise Refused(TOO_OFTEN, "验证码要得太多了，请过一会儿再试", path="phone")


def _must_not_be_too_many(docs: Reads, name: str, ways: Ways, asked: Asked) -> None:
    sender = ways.sender(name)
    if sender is None:
        raise Unknown("没有这种发送方式", path="sender")
    tally = docs.get("code_tallies", f"to {name}")
    if times_on(tally, local_day(asked.now)) >= sender.daily:
        says = "今天发送的验证码已经太多，请用别的方式登录，或到社区窗口办理"
        raise Refused(TOO_MANY, says)


def _next(docs: Reads, sender: str, asked: Asked) -> Json | None:
    where: dict[str, str | int] = {"sender": sender, "state": "open", "to_send": 1}
    until = instant(asked.now + TICK)
    ripe = Find("sent_codes", where, "next_at", until=until, limit=MOST_LOOKED_AT)
    return next((code for code in docs.find(ripe) if is_open(code, asked)), None)


def _open_code(docs: Reads, browser: str, asked: Asked) -> Json | None:
    where = {"browser": browser, "state": "open"}
    newest = Find("sent_codes", where, "id", limit=1, newest_first=True)
    codes = docs.find(newest)
    return next((code for code in codes if is_open(code, asked)), None)
