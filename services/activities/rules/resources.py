"""Offerings an activity asks the units for: requested here, granted or declined by `cobuild`."""

from services.activities.rules.authority import must_keep
from services.activities.rules.lifecycle import postable, the_activity
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Data, Event, Fact
from services.kit.views import Doc, Overlay

MOST_OFFERINGS = 20
HELD = {"requested", "granted"}


def request_offering(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = postable(docs, command, asked, "request_offering")
    if _use(activity, command["offering"], HELD):
        raise Refused("already_requested", "已经申请过这项资源", path="offering")
    if len(activity["offerings"]) >= MOST_OFFERINGS:
        raise Refused("too_many_offerings", f"一个活动最多申请 {MOST_OFFERINGS} 项资源", path="offering")
    data = {**command, "host": activity["host"], "starts_at": activity["starts_at"]}
    return Fact("offering_requested.v1", f"activity/{activity['id']}", data)


def withdraw_offering_request(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    must_keep(docs, activity["host"], asked)
    if not _use(activity, command["offering"], HELD):
        raise Refused("not_requested", "没有申请这项资源，或申请已有结果", path="offering")
    return Fact("offering_request_withdrawn.v1", f"activity/{activity['id']}", command)


def note_reserved(docs: Overlay, event: Event, asked: Asked) -> Fact | None:
    return _noted(docs, event, "offering_granted.v1", {"requested"}, {})


def note_declined(docs: Overlay, event: Event, asked: Asked) -> Fact | None:
    """Also after a grant: withdrawn and asked for again at once, the first answer may seem to be the second's."""
    return _noted(docs, event, "offering_refused.v1", HELD, {"reason": event.data["reason"]})


def _noted(docs: Overlay, event: Event, type: str, states: set[str], more: Data) -> Fact | None:
    """None when the request was withdrawn meanwhile: what was reserved is released by that."""
    activity = docs.the("activities", event.data["activity"])
    if not _use(activity, event.data["offering"], states):
        return None
    data = {"activity": activity["id"], "offering": event.data["offering"], **more}
    return Fact(type, f"activity/{activity['id']}", data)


def _use(activity: Doc, offering: str, states: set[str]) -> bool:
    return any(use["offering"] == offering and use["state"] in states for use in activity["offerings"])
