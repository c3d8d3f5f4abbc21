"""What is remembered of contests: what was said against hours, until when it is to be settled, and how it was."""

from schemas.documents import Json, pick, without
from schemas.persons import principal
from services.activities.folds import tallies
from services.activities.folds.subjects import the_activity, the_contest, the_seat
from services.activities.model.lifecycles import CONTEST, STANDING_CONTEST
from services.district.tallies import share
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

PLACES = ("host", "community", "street", "district")
COLLECTIONS = (
    Collection(
        "contests",
        (
            ("host", "state", "asked_at"),
            ("community", "state", "asked_at"),
            ("street", "state", "asked_at"),
            ("person", "asked_at"),
            ("state", "press_at"),
            ("state", "due_at"),
            ("settle_by",),
            *((place, "settle_by") for place in PLACES),
        ),
    ),
)


def contesting_tally(person: str, by: str) -> str:
    """Of whoever answers for the person; what a worker raises for them is counted apart."""
    return share("contests", principal(person), by)


def fold_contested(docs: Overlay, event: Event) -> None:
    content = event.data
    seat = the_seat(docs, event)
    contest = _contest(event, the_activity(docs, event), seat)
    docs.put("contests", CONTEST.begun(contest))
    docs.change("seats", seat["id"], contest=contest["id"])
    tally = contesting_tally(content["person"], content["by"])
    tallies.count(docs, tally, event)


def _contest(event: Event, activity: Json, seat: Json) -> Json:
    """Events of before do not say how many minutes were contested: then it is as many as the seat has."""
    content = event.data
    known = pick(content, "activity", "session", "person", "by")
    known |= pick(content, "note", "press_at", "due_at")
    known |= pick(activity, *PLACES)
    return known | {
        "id": content["contest"],
        "asked_at": event.time,
        "settle_by": content["due_at"],
        "minutes": content.get("minutes", seat["minutes"]),
        "corrected": False,
    }


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        contest = the_contest(docs, event)
        _put(docs, CONTEST.after(contest, step))

    return fold


def fold_settled(docs: Overlay, event: Event) -> None:
    step = "uphold" if event.data["upheld"] else "dismiss"
    contest = the_contest(docs, event)
    reasoned = contest | pick(event.data, "reason")
    _put(docs, CONTEST.after(reasoned, step))


def _put(docs: Overlay, contest: Json) -> None:
    """The contest, which is to be settled by nobody any more once it no longer stands."""
    stands = contest["state"] in STANDING_CONTEST
    docs.put("contests", contest if stands else without(contest, "settle_by"))


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    contest = the_contest(docs, event)
    docs.put("contests", without(contest, "note"))


def put_right(docs: Overlay, seat: Json) -> None:
    """What was contested about the seat is corrected, as long as that is not settled."""
    contest = docs.get("contests", seat["contest"]) if "contest" in seat else None
    if contest and contest["state"] in STANDING_CONTEST:
        docs.change("contests", contest["id"], corrected=True)


OWN: Folds = {
    "hours_contested.v1": fold_contested,
    "contest_pressed.v1": fold_step("press"),
    "contest_overdue.v1": fold_step("escalate"),
    "contest_settled.v1": fold_settled,
    "contest_withdrawn.v1": fold_step("withdraw"),
    "contest_words_deleted.v1": fold_words_deleted,
}
