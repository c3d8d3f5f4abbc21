"""What the activities service remembers: its documents, folded from its own log and from those it follows."""

from services.activities.rules.lifecycle import ACTIVITY
from services.kit import territory
from services.kit.log import Event
from services.kit.views import Collection, Doc, Fold, Folds, Overlay

PUBLIC_STATES = {"published", "open", "running", "closed", "archived"}
PLACES = ("district", "street", "community")

COLLECTIONS = (
    Collection(
        "activities",
        (
            ("host", "starts_at"),
            ("shown", "starts_at"),
            ("shown", "category", "starts_at"),
            *(("shown", place, "starts_at") for place in PLACES),
            *(("shown", "category", place, "starts_at") for place in PLACES),
        ),
    ),
    Collection("sessions"),
    Collection(
        "signups",
        (
            ("session", "state", "size", "ticket"),
            ("session", "state", "ticket"),
            ("session", "ticket"),
            ("by", "starts_at"),
        ),
    ),
    Collection("seats", (("session", "person"),)),
    Collection("reviews"),
    Collection("branches"),
    Collection("units"),
    Collection("partners"),
    territory.DIVISIONS,
)


def fold_posted(docs: Overlay, event: Event) -> None:
    """Drafted, revised or published: the content as it is now."""
    content = {name: value for name, value in event.data.items() if name != "activity"}
    id, community = event.data["activity"], content["community"]
    before = docs.get("activities", id) or {"offerings": []}
    activity = {
        **content,
        "id": id,
        **territory.placed(community),
        "offerings": before["offerings"],
    }
    _put(docs, ACTIVITY.begun(activity))


def fold_published(docs: Overlay, event: Event) -> None:
    fold_posted(docs, event)
    activity = docs.the("activities", event.data["activity"])
    _put(docs, ACTIVITY.after(activity, "publish"))
    session = {
        "id": activity["session"],
        "activity": activity["id"],
        "capacity": activity["capacity"],
        "taken": 0,
        "waiting": 0,
        "tickets": 0,
    }
    docs.put("sessions", session)


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        activity = docs.the("activities", event.data["activity"])
        told: Doc = {name: event.data[name] for name in ("reason", "report") if name in event.data}
        _put(docs, ACTIVITY.after({**activity, **told}, step))

    return fold


def _put(docs: Overlay, activity: Doc) -> None:
    shown = "public" if activity["state"] in PUBLIC_STATES else "hidden"
    docs.put("activities", {**activity, "shown": shown})


def fold_review_required(docs: Overlay, event: Event) -> None:
    docs.put("reviews", {"id": event.data["street"], "required": event.data["required"]})


def fold_offering(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        activity = docs.the("activities", event.data["activity"])
        use = {"offering": event.data["offering"], "state": state}
        if "reason" in event.data:
            use["reason"] = event.data["reason"]
        others = [other for other in activity["offerings"] if other["offering"] != use["offering"]]
        docs.put("activities", {**activity, "offerings": [*others, use]})

    return fold


def fold_confirmed(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    taken = session["taken"] + len(event.data["party"])
    docs.put("sessions", {**session, "taken": taken, "tickets": event.data["ticket"]})
    _put_signup(docs, event, {"state": "confirmed", "state_text": "已确认", "position": 0})


def fold_waitlisted(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    docs.put("sessions", {**session, "waiting": session["waiting"] + 1, "tickets": event.data["ticket"]})
    _put_signup(docs, event, waiting_at(event.data["position"]))


def waiting_at(position: int) -> Doc:
    return {"state": "waiting", "state_text": f"候补第 {position} 位", "position": position}


def _put_signup(docs: Overlay, event: Event, standing: Doc) -> None:
    data = event.data
    activity = docs.the("activities", data["activity"])
    known = {name: data[name] for name in ("activity", "session", "by", "party", "ticket")}
    about = {"starts_at": activity["starts_at"], "title": activity["title"], "size": len(data["party"])}
    docs.put("signups", {"id": data["signup"], **known, **about, **standing})
    for member in data["party"]:
        seat = {
            "id": f"{data['session']}:{member['person']}",
            "activity": data["activity"],
            "session": data["session"],
            "person": member["person"],
            "relation": member["relation"],
            "signup": data["signup"],
            "state": standing["state"],
            "inside_since": None,
            "stays": [],
            "ways": [],
            "attended": False,
            "minutes": 0,
            "score": None,
        }
        docs.put("seats", seat)


def fold_signup_cancelled(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    given_up = docs.the("signups", event.data["signup"])
    promoted = [docs.the("signups", id) for id in event.data["promoted"]]
    freed = given_up["size"] if given_up["state"] == "confirmed" else 0
    taken = session["taken"] - freed + sum(group["size"] for group in promoted)
    waiting = session["waiting"] - len(promoted) - (given_up["state"] == "waiting")
    docs.put("sessions", {**session, "taken": taken, "waiting": waiting})
    _restate(docs, given_up, {"state": "cancelled", "state_text": "已取消", "position": 0})
    for group in promoted:
        _restate(docs, group, {"state": "confirmed", "state_text": "已确认", "position": 0})


def _restate(docs: Overlay, signup: Doc, standing: Doc) -> None:
    docs.put("signups", {**signup, **standing})
    for member in signup["party"]:
        seat = docs.the("seats", f"{signup['session']}:{member['person']}")
        docs.put("seats", {**seat, "state": standing["state"]})


def fold_checked_in(docs: Overlay, event: Event) -> None:
    seat = _seat(docs, event)
    ways = [*seat["ways"], event.data["way"]]
    docs.put("seats", {**seat, "inside_since": event.data["at"], "attended": True, "ways": ways})


def fold_checked_out(docs: Overlay, event: Event) -> None:
    seat = _seat(docs, event)
    stays = [*seat["stays"], {"since": seat["inside_since"], "until": event.data["at"]}]
    told = {"minutes": event.data["minutes"], "hours": event.data["hours"]}
    ways = [*seat["ways"], event.data["way"]]
    docs.put("seats", {**seat, **told, "inside_since": None, "stays": stays, "ways": ways})


def fold_rated(docs: Overlay, event: Event) -> None:
    docs.put("seats", {**_seat(docs, event), "score": event.data["score"]})


def _seat(docs: Overlay, event: Event) -> Doc:
    return docs.the("seats", f"{event.data['session']}:{event.data['person']}")


def fold_branch_established(docs: Overlay, event: Event) -> None:
    docs.put("branches", {"id": event.data["branch"], "terms": []})


def fold_branch_ended(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    docs.put("branches", {**branch, "ended_on": event.data["on"]})


def fold_secretary_appointed(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    term = {name: event.data[name] for name in ("person", "since", "until")}
    docs.put("branches", {**branch, "terms": [*branch["terms"], term]})


def fold_standing(collection: str, field: str, state: str) -> Fold:
    """A unit or partner as far as a host must be known: whether it is approved, and whether it is paused."""

    def fold(docs: Overlay, event: Event) -> None:
        docs.put(collection, {"id": event.data[field], "state": state})

    return fold


OWN: Folds = {
    "activity_drafted.v1": fold_posted,
    "activity_revised.v1": fold_posted,
    "activity_submitted.v1": fold_step("submit"),
    "activity_returned.v1": fold_step("return"),
    "activity_published.v1": fold_published,
    "activity_opened.v1": fold_step("open"),
    "activity_started.v1": fold_step("start"),
    "activity_closed.v1": fold_step("close"),
    "activity_archived.v1": fold_step("archive"),
    "activity_cancelled.v1": fold_step("cancel"),
    "review_required.v1": fold_review_required,
    "offering_requested.v1": fold_offering("requested"),
    "offering_request_withdrawn.v1": fold_offering("withdrawn"),
    "offering_granted.v1": fold_offering("granted"),
    "offering_refused.v1": fold_offering("refused"),
    "signup_confirmed.v1": fold_confirmed,
    "signup_waitlisted.v1": fold_waitlisted,
    "signup_cancelled.v1": fold_signup_cancelled,
    "checked_in.v1": fold_checked_in,
    "checked_out.v1": fold_checked_out,
    "activity_rated.v1": fold_rated,
}
FOLDS: dict[str, Folds] = {
    "activities": OWN,
    "branches": {
        **territory.DIVISION_FOLDS,
        "branch_established.v1": fold_branch_established,
        "branch_merged.v1": fold_branch_ended,
        "branch_dissolved.v1": fold_branch_ended,
        "secretary_appointed.v1": fold_secretary_appointed,
    },
    "cobuild": {
        "unit_registered.v1": fold_standing("units", "unit", "pending"),
        "unit_approved.v1": fold_standing("units", "unit", "approved"),
        "unit_rejected.v1": fold_standing("units", "unit", "rejected"),
    },
    "partners": {
        "partner_applied.v1": fold_standing("partners", "partner", "pending"),
        "partner_applied.v2": fold_standing("partners", "partner", "pending"),
        "partner_reapplied.v1": fold_standing("partners", "partner", "pending"),
        "partner_reapplied.v2": fold_standing("partners", "partner", "pending"),
        "partner_approved.v1": fold_standing("partners", "partner", "approved"),
        "partner_rejected.v1": fold_standing("partners", "partner", "rejected"),
        "partner_suspended.v1": fold_standing("partners", "partner", "suspended"),
        "partner_reinstated.v1": fold_standing("partners", "partner", "reinstated"),
        "partner_withdrawn.v1": fold_standing("partners", "partner", "withdrawn"),
    },
}
