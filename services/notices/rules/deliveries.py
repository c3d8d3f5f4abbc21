"""Sending, step by step on the record: begun, then made, failed or lost; what may have arrived is never sent again."""

from datetime import timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.notices.deliveries import MOST_TOGETHER
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.lookup import Kind
from services.kit.views import Find, Reads
from services.notices.model.lifecycles import DELIVERY
from services.notices.rules import timing
from services.notices.rules.choices import DEFAULTS, of_person, wants
from services.notices.rules.inbox import find_notice

DELIVERIES = Kind("deliveries", "delivery", "发送")
PATIENCE = timedelta(minutes=5)


def begin(docs: Reads, command: Json, asked: Asked) -> Fact | None:
    """The longest overdue by the channel, with what else waits for the same ears when that is much."""
    now = instant(asked.now)
    due = {"channel": command["channel"], "state": "waiting"}
    first = next(
        iter(docs.find(Find("deliveries", due, "send_at", until=now, limit=1))), None
    )
    if first is None:
        return None
    where = {"to": first["to"], "channel": first["channel"], "state": "waiting"}
    waiting = docs.find(Find("deliveries", where, "send_at", limit=MOST_TOGETHER))
    choices = _choices(docs, first)
    if choices is None:
        return _fact(
            "deliveries_dropped.v1", asked.new_id, waiting, {"code": "no_address"}
        )
    if code := _why_not(docs, first, choices, now):
        return _fact("deliveries_dropped.v1", asked.new_id, [first], {"code": code})
    told = [
        delivery for delivery in waiting if not _why_not(docs, delivery, choices, now)
    ]
    return _put_off(first, told, choices, asked) or _begun(first, told, choices, asked)


def _begun(first: Json, told: list[Json], choices: Json, asked: Asked) -> Fact:
    together = told if choices["digest"] and len(told) > timing.AT_ONCE else [first]
    attempt = 1 + max(delivery["attempts"] for delivery in together)
    about = {
        "channel": first["channel"],
        "to": first["to"],
        "attempt": attempt,
        "until": instant(asked.now + PATIENCE),
    }
    return _fact("delivery_begun.v1", asked.new_id, together, about)


def _put_off(first: Json, told: list[Json], choices: Json, asked: Asked) -> Fact | None:
    """What ought to have gone out earlier and would disturb now, such as after an interruption."""
    later = timing.after_quiet(choices, asked.now)
    if later == asked.now or timing.is_urgent(first, asked.now):
        return None
    now = instant(asked.now)
    due = [
        each
        for each in told
        if each["send_at"] < now and not timing.is_urgent(each, asked.now)
    ]
    return _fact(
        "deliveries_put_off.v1", asked.new_id, due, {"send_at": instant(later)}
    )


def report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What came of a message, told by whoever sent it. Late news of one given up for lost is still news."""
    message = docs.get("messages", command["message"])
    if message is None:
        raise Unknown(f"没有编号为 {command['message']} 的发送", path="message")
    if command["outcome"] == "made":
        return succeed(docs, message)
    if command["outcome"] == "unknown":
        return lost(docs, message, command.get("code", "no_answer"))
    code = command.get("code", "not_accepted")
    if message["attempt"] > len(timing.RETRIES):
        return _over(docs, message, "give_up", "delivery_failed.v1", {"code": code})
    ready = asked.now + timing.RETRIES[message["attempt"] - 1]
    again = timing.after_quiet(_choices(docs, message) or DEFAULTS, ready)
    when = {"retry_at": instant(again), "ready_at": instant(ready)}
    return _over(docs, message, "retry", "delivery_failed.v1", {"code": code, **when})


def succeed(docs: Reads, message: Json) -> Fact:
    return _over(docs, message, "succeed", "delivery_made.v1", {})


def lose(docs: Reads, message: Json, asked: Asked) -> Fact:
    return lost(docs, message, "no_report")


def lost(docs: Reads, message: Json, code: str) -> Fact:
    return _over(docs, message, "lose", "delivery_lost.v1", {"code": code})


def resend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A person decides that it is to be sent again, perhaps a second time."""
    delivery = DELIVERIES.found(docs, command["delivery"], asked, sees=manages)
    DELIVERY.must_allow(delivery, "resend", delivery["id"])
    return Fact(
        "delivery_resent.v1",
        f"resend/{delivery['id']}",
        {**command, "by": asked.actor.id},
    )


def manages(docs: Reads, delivery: Json, asked: Asked) -> bool:
    """True for the district of the office it was written to. Persons and organisations are of no district here."""
    if "district" in delivery:
        return asked.actor.covers("district_admin", delivery["district"])
    return asked.actor.holds_somewhere("district_admin", "system")


def _over(docs: Reads, message: Json, step: str, type: str, data: Json) -> Fact:
    """Of its deliveries those this is news of: one that was sent again since is another message's."""
    own = [docs.the("deliveries", id) for id in message["deliveries"]]
    own = [delivery for delivery in own if delivery["message"] == message["id"]]
    if not own:
        raise Refused("sent_again", "这些已经另行发送", path="message")
    concerned = [
        delivery for delivery in own if delivery["state"] in DELIVERY.steps[step].before
    ]
    if not concerned:
        DELIVERY.must_allow(own[0], step, own[0]["id"])
    return _fact(type, message["id"], concerned, data)


def _choices(docs: Reads, to: Json) -> Json | None:
    """Of whoever hears it by this channel; None for a person who has no address there any more."""
    kind, _, id = to["to"].partition("/")
    if kind != "person":
        return DEFAULTS
    choices = of_person(docs, id)
    return choices if to["channel"] in choices["notes"] else None


def _why_not(docs: Reads, delivery: Json, choices: Json, now: str) -> str:
    """A reminder's time may not have come, or all is done; or a person wants this kind by this channel no more."""
    notice = find_notice(docs, delivery["notice"])
    if notice is None or "over" in notice or notice["at"] > now:
        return "not_true"
    return "" if wants(choices, delivery["kind"], delivery["channel"]) else "not_wanted"


def _fact(type: str, message: str, deliveries: list[Json], data: Json) -> Fact:
    ids = [delivery["id"] for delivery in deliveries]
    return Fact(
        type, f"message/{message}", {"message": message, "deliveries": ids, **data}
    )
