"""Sending, step by step on the record: begun, then made, failed or lost; what may have arrived is never sent again."""

from datetime import timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.notices.deliveries import MOST_TOGETHER
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.lookup import Kind
from services.kit.views import Find, Reads
from services.notices.model import timing
from services.notices.model.choices import DEFAULTS, of_person
from services.notices.model.lifecycles import DELIVERY
from services.notices.rules.choices import wants
from services.notices.rules.inbox import find_notice

DELIVERIES = Kind("deliveries", "delivery", "发送")
PATIENCE = timedelta(minutes=5)


def begin(docs: Reads, command: Json, asked: Asked) -> Fact | None:
    """The longest overdue by the channel, with what else waits for the same ears when that is much."""
    first = _longest_overdue(docs, command["channel"], asked)
    if first is None:
        return None
    choices = _choices(docs, first)
    if choices is None:
        return _dropped(_beside(docs, first), "no_address", asked)
    if code := _why_not(docs, first, choices, asked):
        return _dropped([first], code, asked)
    wanted = _wanted(docs, first, choices, asked)
    put_off = _put_off(first, wanted, choices, asked)
    return put_off or _begun(first, wanted, choices, asked)


def _dropped(deliveries: list[Json], code: str, asked: Asked) -> Fact:
    reason = {"code": code}
    return _fact("deliveries_dropped.v1", asked.new_id, deliveries, reason)


def _longest_overdue(docs: Reads, channel: str, asked: Asked) -> Json | None:
    where = {"channel": channel, "state": "waiting"}
    now = instant(asked.now)
    overdue = docs.find(Find("deliveries", where, "send_at", until=now, limit=1))
    return overdue[0] if overdue else None


def _beside(docs: Reads, first: Json) -> list[Json]:
    """What waits for the same ears, itself among them."""
    where = pick(first, "to", "channel") | {"state": "waiting"}
    return docs.find(Find("deliveries", where, "send_at", limit=MOST_TOGETHER))


def _wanted(docs: Reads, first: Json, choices: Json, asked: Asked) -> list[Json]:
    waiting = _beside(docs, first)
    return [each for each in waiting if not _why_not(docs, each, choices, asked)]


def _begun(first: Json, wanted: list[Json], choices: Json, asked: Asked) -> Fact:
    are_many = choices["digest"] and len(wanted) > timing.AT_ONCE
    together = wanted if are_many else [first]
    attempts = max(delivery["attempts"] for delivery in together)
    message = pick(first, "channel", "to") | {
        "attempt": attempts + 1,
        "until": instant(asked.now + PATIENCE),
    }
    return _fact("delivery_begun.v1", asked.new_id, together, message)


def _put_off(
    first: Json, wanted: list[Json], choices: Json, asked: Asked
) -> Fact | None:
    """What ought to have gone out earlier and would disturb now, such as after an interruption."""
    later = timing.after_quiet(choices, asked.now)
    if later == asked.now or timing.is_urgent(first, asked.now):
        return None
    due = [each for each in wanted if _would_disturb(each, asked)]
    send_at = {"send_at": instant(later)}
    return _fact("deliveries_put_off.v1", asked.new_id, due, send_at)


def _would_disturb(delivery: Json, asked: Asked) -> bool:
    is_due = bool(delivery["send_at"] < instant(asked.now))
    return is_due and not timing.is_urgent(delivery, asked.now)


def report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What came of a message, told by whoever sent it. Late news of one given up for lost is still news."""
    message = docs.get("messages", command["message"])
    if message is None:
        raise Unknown("没有这个发送", path="message")
    outcome = command["outcome"]
    if outcome == "made":
        return succeed(docs, message)
    if outcome == "unknown":
        return lost(docs, message, command.get("code", "no_answer"))
    return _failed(docs, message, command.get("code", "not_accepted"), asked)


def _failed(docs: Reads, message: Json, code: str, asked: Asked) -> Fact:
    """It is tried again after a while, a few times, and never in quiet hours."""
    content = {"code": code}
    attempt = message["attempt"]
    if attempt > len(timing.RETRIES):
        return _over(docs, message, "give_up", "delivery_failed.v1", content)
    ready = asked.now + timing.RETRIES[attempt - 1]
    choices = _choices(docs, message) or DEFAULTS
    again = timing.after_quiet(choices, ready)
    content["retry_at"] = instant(again)
    content["ready_at"] = instant(ready)
    return _over(docs, message, "retry", "delivery_failed.v1", content)


def succeed(docs: Reads, message: Json) -> Fact:
    """The channel has taken the message."""
    return _over(docs, message, "succeed", "delivery_made.v1", {})


def lose(docs: Reads, message: Json, asked: Asked) -> Fact:
    """Time does, once nobody has told what became of a message on its way."""
    return lost(docs, message, "no_report")


def lost(docs: Reads, message: Json, code: str) -> Fact:
    """Nobody knows whether it arrived: it is not sent again."""
    return _over(docs, message, "lose", "delivery_lost.v1", {"code": code})


def resend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A person decides that it is to be sent again, perhaps a second time."""
    delivery = DELIVERIES.found(docs, command["delivery"], asked, sees=manages)
    id = delivery["id"]
    DELIVERY.must_allow(delivery, "resend", DELIVERY.title)
    content = command | {"by": asked.actor.id}
    return Fact("delivery_resent.v1", f"resend/{id}", content)


def manages(docs: Reads, delivery: Json, asked: Asked) -> bool:
    """True for the district of the office it was written to. Persons and organisations are of no district here."""
    if "district" in delivery:
        return asked.actor.covers("district_admin", delivery["district"])
    return asked.actor.holds_somewhere("district_admin", "system")


def _over(docs: Reads, message: Json, step: str, type: str, data: Json) -> Fact:
    """Of its deliveries those this is news of: one that was sent again since is another message's."""
    own = _still_its_own(docs, message)
    if not own:
        raise Refused("sent_again", "这些已经另行发送", path="message")
    before = DELIVERY.steps[step].before
    concerned = [delivery for delivery in own if delivery["state"] in before]
    if not concerned:
        DELIVERY.must_allow(own[0], step, DELIVERY.title)
    return _fact(type, message["id"], concerned, data)


def _still_its_own(docs: Reads, message: Json) -> list[Json]:
    deliveries = (docs.the("deliveries", id) for id in message["deliveries"])
    return [each for each in deliveries if each["message"] == message["id"]]


def _choices(docs: Reads, to: Json) -> Json | None:
    """Of whoever hears it by this channel; None for a person who has no address there any more."""
    kind, _, id = to["to"].partition("/")
    if kind != "person":
        return DEFAULTS
    choices = of_person(docs, id)
    return choices if to["channel"] in choices["notes"] else None


def _why_not(docs: Reads, delivery: Json, choices: Json, asked: Asked) -> str:
    """A reminder's time may not have come, or all is done; or a person wants this kind by this channel no more."""
    notice = find_notice(docs, delivery["notice"])
    now = instant(asked.now)
    if notice is None or "over" in notice or notice["at"] > now:
        return "not_true"
    is_wanted = wants(docs, choices, delivery["kind"], delivery["channel"])
    return "" if is_wanted else "not_wanted"


def _fact(type: str, message: str, deliveries: list[Json], data: Json) -> Fact:
    ids = [delivery["id"] for delivery in deliveries]
    content = data | {"message": message, "deliveries": ids}
    return Fact(type, f"message/{message}", content)
