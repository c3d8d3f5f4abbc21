"""What is remembered of a posting: its content, whole, and the activity as it is read and listed."""

from schemas.documents import Json, if_any, pick, pick_present, without
from services.activities.folds.sessions import put_sessions
from services.activities.folds.subjects import the_activity
from services.activities.model import titles
from services.activities.model.contents import headed, told
from services.activities.model.lifecycles import ACTIVITY
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

UNSHOWN = ("draft", "submitted")
OF_THE_EVENT = ("changed", "moved", "reason", "left_behind")
NEW: Json = {"offerings": [], "shown": "hidden"}
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
    shown = "hidden" if activity["state"] in UNSHOWN else "public"
    docs.put("activities", activity | {"shown": shown})


def fold_posted(docs: Overlay, event: Event) -> None:
    """Drafted or revised; what is revised waits since it was submitted, if it ever was."""
    before = docs.get("activities", event.data["activity"]) or {}
    waits = pick_present(before, "waits_since")
    activity = _posted(docs, event) | waits | _warnings(event)
    put_activity(docs, ACTIVITY.begun(activity))


def _warnings(event: Event) -> Json:
    """What whoever posts it is to look at: what a copy has left behind, and a title that names another time."""
    content = event.data
    left_behind = list(map(_left, content.get("left_behind", ())))
    doubt = titles.doubt(content["title"], told(event)["sessions"])
    return if_any(left_behind=left_behind, title_warning=doubt)


def _left(left: Json) -> Json:
    text = LEFT_BEHIND[left["field"]].format(left["value"])
    return left | {"text": text}


def fold_published(docs: Overlay, event: Event) -> None:
    activity = ACTIVITY.after(_posted(docs, event), "publish")
    put_activity(docs, activity)
    put_sessions(docs, event, activity)


def fold_changed(docs: Overlay, event: Event) -> None:
    before = the_activity(docs, event)
    kept = pick(before, "state", "state_text", "held")
    activity = _posted(docs, event) | kept | pick(event.data, "reason")
    over = before["sessions_count"] - before["left"]
    left = activity["sessions_count"] - over
    put_activity(docs, activity | {"left": left})
    put_sessions(docs, event, activity)


def _posted(docs: Overlay, event: Event) -> Json:
    """The activity with what it says now, and its content remembered."""
    content = without(told(event), *OF_THE_EVENT)
    id = content["activity"]
    sessions = content["sessions"]
    docs.put("contents", content | {"id": id})
    before = docs.get("activities", id) or NEW
    numbers = [int(plan["session"].rpartition(".")[2]) for plan in sessions]
    posted = headed(content) | pick(before, "offerings", "shown")
    posted |= territory.placed(content["community"])
    return posted | {
        "id": id,
        "numbered": max(before.get("numbered", 0), *numbers),
        "sessions_count": len(sessions),
        "left": len(sessions),
        "held": 0,
    }


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        activity = the_activity(docs, event)
        put_activity(docs, ACTIVITY.after(activity, step))

    return fold


def fold_submitted(docs: Overlay, event: Event) -> None:
    activity = the_activity(docs, event)
    waiting = activity | {"waits_since": event.time}
    put_activity(docs, ACTIVITY.after(waiting, "submit"))


def fold_returned(docs: Overlay, event: Event) -> None:
    """What was sent back is remembered, so that it can be held against what is submitted next."""
    id = event.data["activity"]
    docs.put("returned", docs.the("contents", id))
    activity = docs.the("activities", id)
    waiting = activity | pick(event.data, "reason") | {"waits_since": event.time}
    put_activity(docs, ACTIVITY.after(waiting, "return"))


def fold_review_required(docs: Overlay, event: Event) -> None:
    street = event.data["street"]
    required = event.data["required"]
    docs.put("reviews", {"id": street, "required": required})


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
}
