"""What is told of joint meetings: to the unit that chairs one."""

from functools import partial

from schemas.documents import pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_unit

COLLECTIONS = (Collection("meetings"),)
tell = partial(notices.tell, "cobuild")


def fold_called(docs: Overlay, event: Event) -> None:
    content = event.data
    id = content["meeting"]
    chair = content["chair"]
    words = pick_present(content, "held_at", "place")
    docs.put("meetings", {"id": id, "chair": chair} | words)
    tell(docs, event, "meeting_called", [to_unit(chair)], words)


def fold_cancelled(docs: Overlay, event: Event) -> None:
    meeting = docs.the("meetings", event.data["meeting"])
    words = pick(meeting, "held_at") | pick_present(event.data, "reason")
    to = [to_unit(meeting["chair"])]
    tell(docs, event, "meeting_cancelled", to, words)


FOLDS: Folds = {
    "meeting_called.v1": fold_called,
    "meeting_cancelled.v1": fold_cancelled,
}
