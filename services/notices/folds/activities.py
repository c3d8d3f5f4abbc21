"""What is told of activities, hours and certificates: to who hosts and who reviews, and to whom they are about."""

from functools import partial

from schemas.documents import Json
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices, unclosed_sessions
from services.notices.folds.notices import person

COLLECTIONS = (
    Collection("activities"),
    Collection("sessions", (("comes_at",),)),  # Those that are published and not over.
    Collection("contests"),
    Collection("certificates"),
    Collection("commendations"),
)
tell = partial(notices.tell, "activities")


def sessions_of(data: Json) -> list[Json]:
    """Both versions of what was posted: the first had one session, told beside the rest."""
    several: list[Json] = data.get("sessions", [data])
    return several


def fold_posted(docs: Overlay, event: Event) -> None:
    before = docs.get("activities", event.data["activity"]) or {"submitted": False}
    known = {name: event.data[name] for name in ("title", "host", "community")}
    docs.put("activities", {**before, "id": event.data["activity"], **known})
    for said in sessions_of(event.data):
        plan: Json = {
            name: said[name]
            for name in ("starts_at", "ends_at", "place", "link")
            if name in said
        }
        was = docs.get("sessions", said["session"]) or {}
        known = {name: value for name, value in was.items() if name != "link"}
        about = {"activity": event.data["activity"], "title": event.data["title"]}
        docs.put("sessions", {**known, "id": said["session"], **about, **plan})


def fold_submitted(docs: Overlay, event: Event) -> None:
    activity = _mark(docs, event, submitted=True)
    tell(
        docs,
        event,
        "activity_to_review",
        [territory.street_of(activity["community"])],
        _titled(activity),
    )


def fold_changed(docs: Overlay, event: Event) -> None:
    """Published, or as it is after a change: when each session is over there is something to do."""
    fold_posted(docs, event)
    for said in sessions_of(event.data):
        session = docs.the("sessions", said["session"])
        if not session.get("over"):
            coming = {**session, "comes_at": session["starts_at"]}
            docs.put("sessions", coming)
            unclosed_sessions.remind(docs, event, coming, event.data["host"])


def fold_published(docs: Overlay, event: Event) -> None:
    fold_changed(docs, event)
    activity = docs.the("activities", event.data["activity"])
    if activity["submitted"]:
        _mark(docs, event, submitted=False)
        tell(
            docs,
            event,
            "activity_approved",
            [notices.host(activity["host"])],
            _titled(activity),
        )


def fold_returned(docs: Overlay, event: Event) -> None:
    activity = _mark(docs, event, submitted=False)
    words = {**_titled(activity), "reason": event.data["reason"]}
    tell(docs, event, "activity_returned", [notices.host(activity["host"])], words)


def fold_corrected(docs: Overlay, event: Event) -> None:
    activity = docs.the("activities", event.data["activity"])
    words = {
        **_titled(activity),
        "minutes": event.data["minutes"],
        **notices.said(event, "reason"),
    }
    tell(docs, event, "hours_corrected", [person(event.data["person"])], words)


def fold_settled(docs: Overlay, event: Event) -> None:
    """Each who did not check out is told what was counted and how to contest it."""
    session = docs.the("sessions", event.data["session"])
    for one in event.data["people"]:
        said = {
            "settled": event.data["count"] if one["counted"] else "nothing",
            "minutes": one["minutes"],
        }
        words = {**{name: session[name] for name in ("title", "starts_at")}, **said}
        notice = notices.notice(event, "hours_settled", person(one["person"]), words)
        notices.put(
            "activities", docs, f"{event.id}.hours_settled.{one['person']}", notice
        )


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    """Each is told as what they count now, and why."""
    activity = docs.the("activities", event.data["activity"])
    for one in event.data["people"]:
        said = {
            "came_as": event.data["to"],
            "minutes": one["minutes"],
            "reason": event.data["reason"],
        }
        notice = notices.notice(
            event, "role_changed", person(one["person"]), {**_titled(activity), **said}
        )
        notices.put(
            "activities", docs, f"{event.id}.role_changed.{one['person']}", notice
        )


def fold_contested(docs: Overlay, event: Event) -> None:
    data = event.data
    people = [person(id) for id in dict.fromkeys([data["person"], data["by"]])]
    docs.put(
        "contests",
        {"id": data["contest"], "activity": data["activity"], "people": people},
    )
    activity = docs.the("activities", data["activity"])
    words = {**_titled(activity), "due_at": data["due_at"]}
    tell(
        docs,
        event,
        "hours_contested",
        [notices.host(activity["host"])],
        words,
        soon=data["due_at"],
    )


def fold_contest_overdue(docs: Overlay, event: Event) -> None:
    activity = docs.the("activities", event.data["activity"])
    to = [
        notices.host(activity["host"]),
        territory.street_of(activity["community"]),
        activity["community"],
    ]
    tell(docs, event, "contest_overdue", to, _titled(activity))


def fold_contest_settled(docs: Overlay, event: Event) -> None:
    contest = docs.the("contests", event.data["contest"])
    words = {
        **_titled(docs.the("activities", contest["activity"])),
        **notices.said(event, "reason"),
    }
    tell(
        docs,
        event,
        "contest_upheld" if event.data["upheld"] else "contest_dismissed",
        contest["people"],
        words,
    )


def fold_certified(docs: Overlay, event: Event) -> None:
    data = event.data
    docs.put("certificates", {"id": data["certificate"], "person": data["person"]})
    words = {name: data[name] for name in ("since", "until", "minutes")}
    tell(docs, event, "certificate_issued", [person(data["person"])], words)


def fold_revoked(docs: Overlay, event: Event) -> None:
    certificate = docs.the("certificates", event.data["certificate"])
    tell(
        docs,
        event,
        "certificate_revoked",
        [person(certificate["person"])],
        notices.said(event, "reason"),
    )


def fold_commended(docs: Overlay, event: Event) -> None:
    data = event.data
    docs.put(
        "commendations",
        {"id": data["commendation"], "person": data["person"], "title": data["title"]},
    )
    tell(
        docs,
        event,
        "commended",
        [person(data["person"])],
        notices.said(event, "title", "on"),
    )


def fold_commendation_withdrawn(docs: Overlay, event: Event) -> None:
    given = docs.the("commendations", event.data["commendation"])
    words = {"title": given["title"], **notices.said(event, "reason")}
    tell(docs, event, "commendation_withdrawn", [person(given["person"])], words)


def _titled(activity: Json) -> Json:
    return {"title": activity["title"]}


def _mark(docs: Overlay, event: Event, *, submitted: bool) -> Json:
    activity = {
        **docs.the("activities", event.data["activity"]),
        "submitted": submitted,
    }
    docs.put("activities", activity)
    return activity


FOLDS: Folds = {
    "activity_drafted.v1": fold_posted,
    "activity_drafted.v2": fold_posted,
    "activity_revised.v1": fold_posted,
    "activity_revised.v2": fold_posted,
    "activity_changed.v1": fold_changed,
    "activity_published.v1": fold_published,
    "activity_published.v2": fold_published,
    "activity_submitted.v1": fold_submitted,
    "activity_returned.v1": fold_returned,
    "activity_closed.v1": unclosed_sessions.fold_over,
    "session_closed.v1": unclosed_sessions.fold_over,
    "activity_cancelled.v1": unclosed_sessions.fold_over,
    "activity_cancelled.v2": unclosed_sessions.fold_over,
    "sessions_cancelled.v1": unclosed_sessions.fold_over,
    "hours_corrected.v1": fold_corrected,
    "roles_changed.v1": fold_roles_changed,
    "hours_settled.v1": fold_settled,
    "hours_contested.v1": fold_contested,
    "contest_overdue.v1": fold_contest_overdue,
    "contest_settled.v1": fold_contest_settled,
    "certificate_issued.v1": fold_certified,
    "certificate_revoked.v1": fold_revoked,
    "person_commended.v1": fold_commended,
    "commendation_withdrawn.v1": fold_commendation_withdrawn,
}
