"""What is remembered of a posting: its content, whole, and the activity as it is read and listed."""

from schemas.documents import Json
from services.activities.folds.sessions import put_sessions
from services.activities.model.contents import headed, told
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.titles import doubt as doubt_about
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

UNSHOWN = {"draft", "submitted"}
OF_THE_EVENT = {"changed", "moved", "reason", "left_behind"}
LEFT_BEHIND = {
    "campaign": "主题活动“{}”届时已结束或不在这里开展，没有带过来",
    "repeats": "重复规则 {} 届时已到期，没有带过来",
    "cohosts": "协办支部 {} 已并入其他支部或撤销，没有带过来",
    "grid": "微网格 {} 届时已重新划分，没有带过来，请改填现在的微网格",
}

# Listed by its sessions; while it is not published, by itself.
ACTIVITIES = Collection(
    "activities",
    (
        ("host", "shown", "starts_at"),
        ("state", "waits_since"),
        *(
            (where, "state", "waits_since")
            for where in ("host", "community", "street", "district")
        ),
    ),
    searched=("title", "summary", "category", "audience", "campaign", "place"),
)
COLLECTIONS = (
    ACTIVITIES,
    Collection("contents"),
    Collection("returned"),
    Collection("reviews"),
)


def put_activity(docs: Overlay, activity: Json) -> None:
    """The activity, shown to all from its publication on."""
    docs.put(
        "activities",
        {**activity, "shown": "hidden" if activity["state"] in UNSHOWN else "public"},
    )


def fold_posted(docs: Overlay, event: Event) -> None:
    """Drafted or revised."""
    left = [
        {**one, "text": LEFT_BEHIND[one["field"]].format(one["value"])}
        for one in event.data.get("left_behind", ())
    ]
    doubt = doubt_about(event.data["title"], told(event)["sessions"])
    warned: Json = ({"left_behind": left} if left else {}) | (
        {"title_warning": doubt} if doubt else {}
    )
    before = docs.get("activities", event.data["activity"]) or {}
    kept = {
        name: before[name] for name in ("waits_since",) if name in before
    }  # Revised, and not submitted again.
    put_activity(docs, ACTIVITY.begun(_posted(docs, event) | kept | warned))


def fold_published(docs: Overlay, event: Event) -> None:
    activity = ACTIVITY.after(_posted(docs, event), "publish")
    put_activity(docs, activity)
    put_sessions(docs, event, activity)


def fold_changed(docs: Overlay, event: Event) -> None:
    before = docs.the("activities", event.data["activity"])
    kept = {name: before[name] for name in ("state", "state_text", "held")}
    activity = {**_posted(docs, event), **kept, "reason": event.data["reason"]}
    over = before["sessions_count"] - before["left"]
    put_activity(docs, {**activity, "left": activity["sessions_count"] - over})
    put_sessions(docs, event, activity)


def _posted(docs: Overlay, event: Event) -> Json:
    """The activity with what it says now, and its content remembered."""
    content = told(event)
    id = content["activity"]
    about = {name: value for name, value in content.items() if name not in OF_THE_EVENT}
    docs.put("contents", {"id": id, **about})
    before: Json = docs.get("activities", id) or {"offerings": [], "shown": "hidden"}
    many = len(content["sessions"])
    numbers = [int(plan["session"].rpartition(".")[2]) for plan in content["sessions"]]
    return {
        **headed(about),
        "id": id,
        **territory.placed(content["community"]),
        "offerings": before["offerings"],
        "shown": before["shown"],
        "numbered": max(before.get("numbered", 0), *numbers),
        "sessions_count": many,
        "left": many,
        "held": 0,
    }


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        put_activity(
            docs, ACTIVITY.after(docs.the("activities", event.data["activity"]), step)
        )

    return fold


def fold_submitted(docs: Overlay, event: Event) -> None:
    activity = docs.the("activities", event.data["activity"])
    put_activity(
        docs, ACTIVITY.after({**activity, "waits_since": event.time}, "submit")
    )


def fold_returned(docs: Overlay, event: Event) -> None:
    """What was sent back is remembered, so that it can be held against what is submitted next."""
    id = event.data["activity"]
    docs.put("returned", {**docs.the("contents", id), "id": id})
    activity = docs.the("activities", id)
    told = {"reason": event.data["reason"], "waits_since": event.time}
    put_activity(docs, ACTIVITY.after({**activity, **told}, "return"))


def fold_review_required(docs: Overlay, event: Event) -> None:
    docs.put(
        "reviews", {"id": event.data["street"], "required": event.data["required"]}
    )


def fold_offering(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        data = event.data
        activity = docs.the("activities", data["activity"])
        said: Json = {
            name: data[name]
            for name in ("session", "offering", "reason")
            if name in data
        }
        use = {"session": activity["session"], **said, "state": state}
        others = [other for other in activity["offerings"] if not _same(other, use)]
        docs.put("activities", {**activity, "offerings": [*others, use]})

    return fold


def _same(one: Json, other: Json) -> bool:
    return (one["offering"], one["session"]) == (other["offering"], other["session"])


OWN: Folds = {
    "activity_drafted.v1": fold_posted,
    "activity_drafted.v2": fold_posted,
    "activity_revised.v1": fold_posted,
    "activity_revised.v2": fold_posted,
    "activity_submitted.v1": fold_submitted,
    "activity_returned.v1": fold_returned,
    "activity_published.v1": fold_published,
    "activity_published.v2": fold_published,
    "activity_changed.v1": fold_changed,
    "activity_opened.v1": fold_step("open"),
    "activity_archived.v1": fold_step("archive"),
    "review_required.v1": fold_review_required,
    "offering_requested.v1": fold_offering("requested"),
    "offering_request_withdrawn.v1": fold_offering("withdrawn"),
    "offering_granted.v1": fold_offering("granted"),
    "offering_refused.v1": fold_offering("refused"),
}
