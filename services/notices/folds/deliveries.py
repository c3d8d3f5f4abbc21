"""Deliveries as they stand, the messages they went out in, and how far the notices have been looked through."""

from datetime import datetime

from schemas.documents import Json
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
    docs.put("plans", {"id": event.data["source"], "upto": event.data["upto"]})
    for planned in event.data["deliveries"]:
        bases = dict.fromkeys(("ready_at", "group_at"), planned["send_at"])
        known = bases | {
            name: value for name, value in planned.items() if name != "delivery"
        }
        delivery = {
            "id": planned["delivery"],
            **placed(planned["to"]),
            **known,
            "at": event.time,
            "attempts": 0,
            "message": "",
        }
        docs.put("deliveries", DELIVERY.begun(delivery))


def fold_begun(docs: Overlay, event: Event) -> None:
    said = {
        name: event.data[name]
        for name in ("channel", "to", "attempt", "until", "deliveries")
    }
    docs.put("messages", {"id": event.data["message"], **said, "state": "begun"})
    for delivery in _deliveries(docs, event):
        sent = {"message": event.data["message"], "attempts": event.data["attempt"]}
        docs.put("deliveries", DELIVERY.after({**delivery, **sent}, "begin"))


def fold_dropped(docs: Overlay, event: Event) -> None:
    docs.put(
        "messages",
        {
            "id": event.data["message"],
            "deliveries": event.data["deliveries"],
            "state": "dropped",
        },
    )
    _restate(docs, event, "drop", {"code": event.data["code"]})


def fold_put_off(docs: Overlay, event: Event) -> None:
    docs.put(
        "messages",
        {
            "id": event.data["message"],
            "deliveries": event.data["deliveries"],
            "state": "put_off",
        },
    )
    for delivery in _deliveries(docs, event):
        docs.put(
            "deliveries",
            DELIVERY.after({**delivery, "send_at": event.data["send_at"]}, "put_off"),
        )


def move(docs: Overlay, event: Event, to: str, channel: str, choices: Json) -> None:
    """What waits for these ears goes out when they want it from now on."""
    where = {"to": to, "channel": channel, "state": "waiting"}
    for delivery in list(every(docs, Find("deliveries", where, "send_at"))):
        moved = timing.send_at(delivery, choices, datetime.fromisoformat(event.time))
        docs.put("deliveries", {**delivery, "send_at": instant(moved)})


def fold_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        code = {"code": event.data["code"]} if "code" in event.data else {}
        _restate(docs, event, step, code)
        docs.put(
            "messages", {**docs.the("messages", event.data["message"]), "state": "over"}
        )

    return fold


def fold_failed(docs: Overlay, event: Event) -> None:
    fold_over("retry" if "retry_at" in event.data else "give_up")(docs, event)
    if "retry_at" in event.data:
        for delivery in _deliveries(docs, event):
            again = event.data["retry_at"]
            when = {
                name: event.data.get("ready_at", again)
                for name in ("ready_at", "group_at")
            }
            docs.put("deliveries", {**delivery, **when, "send_at": again})


def fold_interrupted(docs: Overlay, event: Event) -> None:
    """What was due by then may have gone out since the backup. What was on its way is given up for lost anyway."""
    at = event.data["at"]
    docs.put("interruptions", {"id": "last", "event": event.id, "at": at})
    for delivery in list(every(docs, Find("deliveries", {"state": "waiting"}, "at"))):
        if delivery["send_at"] <= at:
            docs.put(
                "deliveries", DELIVERY.after({**delivery, "code": "restored"}, "doubt")
            )


def fold_resent(docs: Overlay, event: Event) -> None:
    """It begins anew, with all its attempts."""
    docs.put(
        "resends",
        {"id": event.data["delivery"], "by": event.data["by"], "at": event.time},
    )
    delivery = docs.the("deliveries", event.data["delivery"])
    now = dict.fromkeys(("send_at", "ready_at", "group_at"), event.time)
    docs.put("deliveries", DELIVERY.after({**delivery, **now, "attempts": 0}, "resend"))


def _deliveries(docs: Overlay, event: Event) -> list[Json]:
    return [docs.the("deliveries", id) for id in event.data["deliveries"]]


def _restate(docs: Overlay, event: Event, step: str, told: Json) -> None:
    for delivery in _deliveries(docs, event):
        kept = {name: value for name, value in delivery.items() if name != "code"}
        docs.put("deliveries", DELIVERY.after({**kept, **told}, step))


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
