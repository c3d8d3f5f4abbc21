"""Deliveries as they stand, the messages they went out in, and how far the notices have been looked through."""

from datetime import datetime

from schemas.documents import Json, pick, pick_present, without
from schemas.fields import instant
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Fold, Folds, Overlay
from services.notices.model import timing
from services.notices.model.addressees import placed
from services.notices.model.lifecycles import DELIVERY

COLLECTIONS = (
    Collection("plans"),
    Collection("interruptions"),
    Collection("resends"),
    Collection("messages", (("state", "until"),)),
    Collection(
        "deliveries",
        (
            ("channel", "state", "send_at"),
            ("to", "channel", "state", "send_at"),
            ("to", "channel", "at"),
            ("to", "state", "at"),
            ("level", "street", "state", "at"),
            ("level", "district", "state", "at"),
            ("state", "at"),
        ),
    ),
)


def fold_planned(docs: Overlay, event: Event) -> None:
    content = event.data
    docs.put("plans", {"id": content["source"], "upto": content["upto"]})
    for planned in content["deliveries"]:
        docs.put("deliveries", DELIVERY.begun(_planned(planned, event)))


def _planned(planned: Json, event: Event) -> Json:
    """Events of before what was ready and what went together were told apart know of one moment alone."""
    delivery = dict.fromkeys(("ready_at", "group_at"), planned["send_at"])
    delivery |= without(planned, "delivery")
    delivery |= placed(planned["to"])
    return delivery | {
        "id": planned["delivery"],
        "at": event.time,
        "attempts": 0,
        "message": "",
    }


def fold_begun(docs: Overlay, event: Event) -> None:
    content = event.data
    message = {"id": content["message"], "state": "begun"}
    message |= pick(content, "channel", "to", "attempt", "until", "deliveries")
    docs.put("messages", message)
    sent = {"message": content["message"], "attempts": content["attempt"]}
    for delivery in _deliveries(docs, event):
        docs.put("deliveries", DELIVERY.after(delivery | sent, "begin"))


def fold_dropped(docs: Overlay, event: Event) -> None:
    _put_unsent(docs, event, "dropped")
    _restate(docs, event, "drop", pick(event.data, "code"))


def fold_put_off(docs: Overlay, event: Event) -> None:
    _put_unsent(docs, event, "put_off")
    later = pick(event.data, "send_at")
    for delivery in _deliveries(docs, event):
        docs.put("deliveries", DELIVERY.after(delivery | later, "put_off"))


def _put_unsent(docs: Overlay, event: Event, state: str) -> None:
    """A message that was to be, and that nobody is sent."""
    message = {"id": event.data["message"], "state": state}
    docs.put("messages", message | pick(event.data, "deliveries"))


def move(docs: Overlay, event: Event, to: str, channel: str, choices: Json) -> None:
    """What waits for these ears goes out when they want it from now on."""
    where = {"to": to, "channel": channel, "state": "waiting"}
    waiting = Find("deliveries", where, "send_at")
    now = datetime.fromisoformat(event.time)
    for delivery in list(every(docs, waiting)):
        send_at = timing.send_at(delivery, choices, now)
        docs.change("deliveries", delivery["id"], send_at=instant(send_at))


def fold_over(step: str) -> Fold:
    """A message that was begun, and what came of it."""

    def fold(docs: Overlay, event: Event) -> None:
        _restate(docs, event, step, pick_present(event.data, "code"))
        docs.change("messages", event.data["message"], state="over")

    return fold


def fold_failed(docs: Overlay, event: Event) -> None:
    content = event.data
    if "retry_at" not in content:
        fold_over("give_up")(docs, event)
        return
    fold_over("retry")(docs, event)
    again = content["retry_at"]
    ready = content.get("ready_at", again)
    for id in content["deliveries"]:
        docs.change("deliveries", id, ready_at=ready, group_at=ready, send_at=again)


def fold_interrupted(docs: Overlay, event: Event) -> None:
    """What was due by then may have gone out since the backup. What was on its way is given up for lost anyway."""
    at = event.data["at"]
    docs.put("interruptions", {"id": "last", "event": event.id, "at": at})
    waiting = Find("deliveries", {"state": "waiting"}, "at")
    for delivery in list(every(docs, waiting)):
        if delivery["send_at"] <= at:
            doubtful = delivery | {"code": "restored"}
            docs.put("deliveries", DELIVERY.after(doubtful, "doubt"))


def fold_resent(docs: Overlay, event: Event) -> None:
    """It begins anew, with all its attempts."""
    content = event.data
    id = content["delivery"]
    docs.put("resends", {"id": id, "by": content["by"], "at": event.time})
    delivery = docs.the("deliveries", id) | {"attempts": 0}
    delivery |= dict.fromkeys(("send_at", "ready_at", "group_at"), event.time)
    docs.put("deliveries", DELIVERY.after(delivery, "resend"))


def _deliveries(docs: Overlay, event: Event) -> list[Json]:
    return [docs.the("deliveries", id) for id in event.data["deliveries"]]


def _restate(docs: Overlay, event: Event, step: str, reason: Json) -> None:
    """Takes the step for each of its deliveries; `reason` is `{code}`, or nothing."""
    for delivery in _deliveries(docs, event):
        after = without(delivery, "code") | reason
        docs.put("deliveries", DELIVERY.after(after, step))


OWN: Folds = {
    "deliveries_planned.v1": fold_planned,
    "delivery_begun.v1": fold_begun,
    "deliveries_dropped.v1": fold_dropped,
    "deliveries_put_off.v1": fold_put_off,
    "delivery_made.v1": fold_over("succeed"),
    "delivery_failed.v1": fold_failed,
    "delivery_lost.v1": fold_over("lose"),
    "delivery_resent.v1": fold_resent,
    "sending_interrupted.v1": fold_interrupted,
}
