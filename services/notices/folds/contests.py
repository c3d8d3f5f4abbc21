"""What is told of contests: to the host that is to settle one, to who helps when it does not, and to who raised it."""

from functools import partial

from schemas.documents import pick, pick_present
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_activity
from services.notices.model.addressees import to_host, to_person

COLLECTIONS = (Collection("contests"),)
tell = partial(notices.tell, "activities")


def fold_contested(docs: Overlay, event: Event) -> None:
    content = event.data
    person = content["person"]
    people = [to_person(person)]
    if content["by"] != person:
        people.append(to_person(content["by"]))
    contest = pick(content, "activity") | {"people": people}
    docs.put("contests", contest | {"id": content["contest"]})
    activity = the_activity(docs, event)
    due_at = content["due_at"]
    words = pick(activity, "title") | {"due_at": due_at}
    to = [to_host(activity["host"])]
    tell(docs, event, "hours_contested", to, words, soon=due_at)


def fold_overdue(docs: Overlay, event: Event) -> None:
    activity = the_activity(docs, event)
    community = activity["community"]
    to = [to_host(activity["host"]), territory.street_of(community), community]
    words = pick(activity, "title")
    tell(docs, event, "contest_overdue", to, words)


def fold_settled(docs: Overlay, event: Event) -> None:
    content = event.data
    contest = docs.the("contests", content["contest"])
    activity = docs.the("activities", contest["activity"])
    words = pick(activity, "title") | pick_present(content, "reason")
    kind = "contest_upheld" if content["upheld"] else "contest_dismissed"
    tell(docs, event, kind, contest["people"], words)


FOLDS: Folds = {
    "hours_contested.v1": fold_contested,
    "contest_overdue.v1": fold_overdue,
    "contest_settled.v1": fold_settled,
}
