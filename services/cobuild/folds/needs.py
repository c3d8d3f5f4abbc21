"""Needs as they stand, with their two clocks: until somebody takes it on, and until it is done.

A clock is `running` towards its moment, `stopped` while the resident is asked something, or `off`.
"""

from schemas.documents import Json, pick, pick_present, without
from services.cobuild.folds.tallies import count_begun, count_open
from services.cobuild.model.lifecycles import NEED, OPEN
from services.cobuild.model.tallies import need_tally
from services.district import appeals, territory
from services.district.indexes import PLACES
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

CLOCKS = ("claim", "close")
# While it is verified and nobody has taken it on.
SUGGESTED = ("suggested_to", "answer_by", "suggest_at")

NEEDS = Collection(
    "needs",
    (
        *(
            (*place, *kind, "state", "raised_at")
            for place in reversed(PLACES)
            for kind in (("category",), ())
        ),
        *(("by", *place, "raised_at") for place in PLACES),
        ("beneficiary", "raised_at"),
        ("claim_clock", "claim_by"),
        ("close_clock", "close_by"),
        ("state", "close_at"),
        ("state", "suggest_at"),
        *(
            (*place, "state", since)
            for place in PLACES
            for since in ("waits_since", "claim_by")
        ),
        ("beneficiary", "state", "waits_since"),
        ("beneficiary", "asked_at"),
        ("by", "asked_at"),
    ),
    searched=("title", "category", "audience"),
)
COLLECTIONS = (NEEDS,)
# Of a need nobody has done anything about yet.
NEW: Json = {
    "waiting": False,
    "waited": 0,
    "overdue": [],
    "reopened": 0,
    "responded": False,
}


def fold_raised(docs: Overlay, event: Event) -> None:
    need = event.without("need", "note") | NEW
    need |= territory.placed(need["community"])
    need |= {
        "id": event.data["need"],
        "raised_at": event.time,
        "waits_since": event.time,
        "notes": {},
        "written": [],
    }
    need = noted(need, event, "words")
    count_begun(docs, need_tally(need), event)
    put(docs, NEED.begun(need), claim="off", close="off")
    if "resolution" in need:
        carried_out = {"outcome": "need", "need": need["id"]}
        docs.change("resolutions", need["resolution"], **carried_out)


def fold_verified(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | event.without("need", "by")
    need |= {"verified_at": event.time, "waiting": False, "waited": 0}
    need = to_suggest(NEED.after(need, "verify"), event)
    put(docs, need, claim="running", close="running")


def fold_rejected(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | pick(event.data, "reason")
    need |= appeals.rejected_by(event) | {"waiting": False}
    put(docs, NEED.after(need, "reject"), claim="off", close="off")


def fold_appealed(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | appeals.appealed_by(event)
    put(docs, NEED.after(noted(need, event, "appeal"), "appeal"))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    """Upheld, it waits to be verified as one raised now."""
    need = need_of(docs, event) | pick(event.data, "reason")
    need["waits_since"] = event.time
    put(docs, NEED.after(need, appeals.step_of(event.data)))


def fold_asked(docs: Overlay, event: Event) -> None:
    left = pick_present(event.data, "claim_left", "close_left")
    need = noted(need_of(docs, event), event, "question") | left
    need |= {"waiting": True, "asked_at": event.time}
    put(docs, NEED.after(need, "ask"), **_clocks(left, "left", "stopped"))


def _clocks(moments: Json, kind: str, state: str) -> dict[str, str]:
    """`{clock: state}` of those whose `<clock>_<kind>` is told."""
    return {clock: state for clock in CLOCKS if f"{clock}_{kind}" in moments}


def fold_answered(docs: Overlay, event: Event) -> None:
    need = noted(need_of(docs, event), event, "answer")
    put_resumed(docs, NEED.after(need, "answer"), event)


def put_resumed(docs: Overlay, need: Json, event: Event, **clocks: str) -> None:
    """The need, which waits for no answer any more; the clocks that were stopped run on, but for those told."""
    moments = pick_present(event.data, "claim_by", "close_by")
    running = _clocks(moments, "by", "running")
    after = need | moments
    after["waiting"] = False
    after["waited"] += event.data.get("waited", 0)
    put(docs, after, **running | clocks)


def fold_overdue(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event)
    clock = event.data["clock"]
    overdue = [*need["overdue"], clock]
    put(docs, need | {"overdue": overdue}, **{clock: "off"})


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | pick(event.data, "reason")
    need["waiting"] = False
    put(docs, NEED.after(need, "withdraw"), claim="off", close="off")


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event)
    gone = event.data["notes"]
    notes = need["notes"]
    deleted = [kind for kind in notes if notes[kind] in gone]
    left = [words for words in need["written"] if words["note"] not in gone]
    put(docs, need | {"notes": without(notes, *deleted), "written": left})


def need_of(docs: Overlay, event: Event) -> Json:
    return docs.the("needs", event.data["need"])


def noted(need: Json, event: Event, kind: str) -> Json:
    """The need with the event's words, if it has any: shown as the latest of their kind, and among those to delete."""
    if "note" not in event.data:
        return need
    notes = need["notes"] | {kind: event.data["note"]}
    return written(need, event, kind) | {"notes": notes}


def written(need: Json, event: Event, kind: str, note: str = "note") -> Json:
    """The need with words of the event, named by its field `note`, among those that can be deleted."""
    words = {"note": event.data[note], "by": event.data["by"], "kind": kind}
    return need | {"written": [*need["written"], words]}


def to_suggest(need: Json, event: Event, *let_go: str) -> Json:
    """The need when units are to be told of it anew, but not those that have let it go."""
    anew: Json = {"suggest_at": event.time, "told": [], "let_go": [*let_go]}
    return without(need, *SUGGESTED) | anew


def put(docs: Overlay, need: Json, **clocks: str) -> None:
    """The need, its clocks set as told and otherwise as they were; when it was asked about, while that is open."""
    _count_if_open(docs, need)
    told = {f"{clock}_clock": state for clock, state in clocks.items()}
    need = need | told
    if need["state"] != "verified":
        need = without(need, *SUGGESTED)
    if not need["waiting"]:
        need = without(need, "asked_at")
    docs.put("needs", need)


def _count_if_open(docs: Overlay, need: Json) -> None:
    """For whom it is has one more open need, or one less."""
    before = docs.get("needs", need["id"])
    was_open = before is not None and before["state"] in OPEN
    is_open = need["state"] in OPEN
    count_open(docs, need_tally(need), was=was_open, now=is_open)


OWN: Folds = {
    "need_raised.v1": fold_raised,
    "need_verified.v1": fold_verified,
    "need_rejected.v1": fold_rejected,
    "need_appealed.v1": fold_appealed,
    "need_appeal_decided.v1": fold_appeal_decided,
    "resident_asked.v1": fold_asked,
    "resident_answered.v1": fold_answered,
    "need_overdue.v1": fold_overdue,
    "need_words_deleted.v1": fold_words_deleted,
}
