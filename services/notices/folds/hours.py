"""What is told of hours, each to the person whose they are: what was counted, what was put right and as what."""

from functools import partial

from schemas.documents import Json, pick, pick_present
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_activity, the_session
from services.notices.model.addressees import to_person

tell = partial(notices.tell, "activities")


def fold_corrected(docs: Overlay, event: Event) -> None:
    content = event.data
    activity = the_activity(docs, event)
    figures = pick(content, "minutes") | pick_present(content, "reason")
    words = pick(activity, "title") | figures
    to = [to_person(content["person"])]
    tell(docs, event, "hours_corrected", to, words)


def fold_settled(docs: Overlay, event: Event) -> None:
    """Each who did not check out is told what was counted and how to contest it."""
    session = the_session(docs, event)
    for seat in event.data["people"]:
        settled = event.data["count"] if seat["counted"] else "nothing"
        words = pick(session, "title", "starts_at")
        words |= {"settled": settled, "minutes": seat["minutes"]}
        _tell_apart(docs, event, "hours_settled", seat["person"], words)


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    """Each is told as what they count now, and why."""
    content = event.data
    activity = the_activity(docs, event)
    for seat in content["people"]:
        words = pick(activity, "title") | pick(content, "reason")
        words |= {"came_as": content["to"], "minutes": seat["minutes"]}
        _tell_apart(docs, event, "role_changed", seat["person"], words)


def _tell_apart(
    docs: Overlay, event: Event, kind: str, person: str, words: Json
) -> None:
    """Whoever brought guests hears of each of them apart: so the id ends with the person, not with a number."""
    notice = notices.notice(event, kind, to_person(person), words)
    id = f"{event.id}.{kind}.{person}"
    notices.put("activities", docs, id, notice)


FOLDS: Folds = {
    "hours_corrected.v1": fold_corrected,
    "roles_changed.v1": fold_roles_changed,
    "hours_settled.v1": fold_settled,
}
