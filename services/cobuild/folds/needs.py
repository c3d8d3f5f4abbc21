"""Needs as they stand, with their two clocks: until somebody takes it on, and until it is done.

A clock is `running` towards its moment, `stopped` while the resident is asked something, or `off`.
"""

from schemas.documents import Json
from services.cobuild.folds.tallies import count_begun, count_open, need_tally
from services.cobuild.model.lifecycles import NEED, OPEN
from services.district import territory
from services.district.appeals import rejected_by
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))
CLOCKS = ("claim", "close")
SUGGESTED = (
    "suggested_to",
    "answer_by",
    "suggest_at",
)  # While it is verified and nobody has taken it on.

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


def fold_raised(docs: Overlay, event: Event) -> None:
    told = event.without("need", "note")
    need = {
        **told,
        "id": event.data["need"],
        **territory.placed(told["community"]),
        "raised_at": event.time,
        "waits_since": event.time,
        "notes": {"words": event.data["note"]},
        "written": [_words(event, "words")],
        "waiting": False,
        "waited": 0,
        "overdue": [],
        "reopened": 0,
        "responded": False,
    }
    count_begun(docs, need_tally(need), event)
    put(docs, NEED.begun(need), claim="off", close="off")
    if "resolution" in told:
        resolution = docs.the("resolutions", told["resolution"])
        docs.put("resolutions", {**resolution, "outcome": "need", "need": need["id"]})


def fold_verified(docs: Overlay, event: Event) -> None:
    need = to_suggest(after(docs, event, "verify", event.without("need", "by")), event)
    put(
        docs,
        {**need, "verified_at": event.time, "waiting": False, "waited": 0},
        claim="running",
        close="running",
    )


def fold_rejected(docs: Overlay, event: Event) -> None:
    told = {"reason": event.data["reason"], "waiting": False, **rejected_by(event)}
    put(docs, after(docs, event, "reject", told), claim="off", close="off")


def fold_appealed(docs: Overlay, event: Event) -> None:
    before = docs.the("needs", event.data["need"])
    told = {
        "appealed": True,
        "appealed_by": event.data["by"],
        "waits_since": event.time,
    }
    put(docs, after(docs, event, "appeal", {**told, **_noted(before, event, "appeal")}))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    """Upheld, it waits to be verified as one raised now."""
    step = "uphold_appeal" if event.data["upheld"] else "dismiss_appeal"
    put(
        docs,
        after(
            docs,
            event,
            step,
            {"reason": event.data["reason"], "waits_since": event.time},
        ),
    )


def fold_asked(docs: Overlay, event: Event) -> None:
    before = docs.the("needs", event.data["need"])
    told = {
        "waiting": True,
        "asked_at": event.time,
        **_noted(before, event, "question"),
    }
    need = after(docs, event, "ask", told)
    left = {
        f"{clock}_left": event.data[f"{clock}_left"]
        for clock in CLOCKS
        if f"{clock}_left" in event.data
    }
    put(
        docs,
        {**need, **left},
        **{clock: "stopped" for clock in CLOCKS if f"{clock}_left" in left},
    )


def fold_answered(docs: Overlay, event: Event) -> None:
    before = docs.the("needs", event.data["need"])
    need = after(docs, event, "answer", _noted(before, event, "answer"))
    put_resumed(docs, need, event)


def put_resumed(docs: Overlay, need: Json, event: Event, **clocks: str) -> None:
    """The need, which waits for no answer any more."""
    told = {
        f"{clock}_by": event.data[f"{clock}_by"]
        for clock in CLOCKS
        if f"{clock}_by" in event.data
    }
    running = {clock: "running" for clock in CLOCKS if f"{clock}_by" in told}
    waited = need["waited"] + event.data.get("waited", 0)
    put(docs, {**need, **told, "waiting": False, "waited": waited}, **running | clocks)


def fold_overdue(docs: Overlay, event: Event) -> None:
    need = docs.the("needs", event.data["need"])
    clock = event.data["clock"]
    put(docs, {**need, "overdue": [*need["overdue"], clock]}, **{clock: "off"})


def fold_confirmed(docs: Overlay, event: Event) -> None:
    told: Json = {
        name: event.data[name] for name in ("close_at", "score") if name in event.data
    }
    told |= _rated(docs, event)
    put(docs, after(docs, event, "confirm", told), close="off")


def fold_rated(docs: Overlay, event: Event) -> None:
    put(
        docs,
        after(
            docs, event, "rate", {"score": event.data["score"], **_rated(docs, event)}
        ),
    )


def _rated(docs: Overlay, event: Event) -> Json:
    """The words of a rating, where it has any."""
    return (
        _noted(docs.the("needs", event.data["need"]), event, "rating")
        if "note" in event.data
        else {}
    )


def fold_disputed(docs: Overlay, event: Event) -> None:
    before = docs.the("needs", event.data["need"])
    told = {"waits_since": event.time, **_noted(before, event, "complaint")}
    put(docs, after(docs, event, "dispute", told))


def fold_sent_back(docs: Overlay, event: Event) -> None:
    """Not done after all: the clock of closing runs on, unless it has run out before or there is none."""
    need = after(docs, event, "send_back", {"reason": event.data["reason"]})
    runs = "close_by" in need and "close" not in need["overdue"]
    put(docs, need, close="running" if runs else "off")


def fold_closed(docs: Overlay, event: Event) -> None:
    """After a dispute it was settled, else time has closed it."""
    before = docs.the("needs", event.data["need"])
    settled = before["state"] == "disputed"
    told = {"reason": event.data["reason"]} if "reason" in event.data else {}
    told |= {"settled_at": event.time} if settled else {}
    put(docs, after(docs, event, "settle" if settled else "close", told), close="off")


def fold_reopened(docs: Overlay, event: Event) -> None:
    before = docs.the("needs", event.data["need"])
    again = {
        **{name: event.data[name] for name in ("claim_by", "close_by", "basis")},
        **_noted(before, event, "complaint"),
        "reopened": before["reopened"] + 1,
        "verified_at": event.time,
        "waited": 0,
        "overdue": [],
        "responded": False,
    }
    need = without(
        after(docs, event, "reopen", again), "commitment", "unit", "score", "settled_at"
    )
    need = to_suggest({**need, "notes": without(need["notes"], "rating")}, event)
    put(docs, need, claim="running", close="running")


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    told = {"reason": event.data["reason"], "waiting": False}
    put(docs, after(docs, event, "withdraw", told), claim="off", close="off")


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    need, gone = docs.the("needs", event.data["need"]), set(event.data["notes"])
    kept = {name: note for name, note in need["notes"].items() if note not in gone}
    put(
        docs,
        {
            **need,
            "notes": kept,
            "written": [one for one in need["written"] if one["note"] not in gone],
        },
    )


def written(need: Json, event: Event, kind: str) -> Json:
    """`{written}` with the event's words among those that can be deleted; nothing when it has none."""
    return (
        {"written": [*need["written"], _words(event, kind)]}
        if "note" in event.data
        else {}
    )


def _noted(need: Json, event: Event, kind: str) -> Json:
    """The event's words, shown with the need as the latest of their kind."""
    return {
        **written(need, event, kind),
        "notes": {**need["notes"], kind: event.data["note"]},
    }


def _words(event: Event, kind: str) -> Json:
    return {"note": event.data["note"], "by": event.data["by"], "kind": kind}


def after(docs: Overlay, event: Event, step: str, told: Json) -> Json:
    """The event's need, as `step` leaves it, with what was told."""
    return NEED.after({**docs.the("needs", event.data["need"]), **told}, step)


def to_suggest(need: Json, event: Event, *let_go: str) -> Json:
    """The need when units are to be told of it anew, but not those that have let it go."""
    return {
        **without(need, *SUGGESTED),
        "suggest_at": event.time,
        "told": [],
        "let_go": [*let_go],
    }


def without(need: Json, *names: str) -> Json:
    return {name: value for name, value in need.items() if name not in names}


def put(docs: Overlay, need: Json, **clocks: str) -> None:
    """The need, its clocks set as told and otherwise as they were; when it was asked about, while that is open."""
    before = docs.get("needs", need["id"])
    was_open = before is not None and before["state"] in OPEN
    count_open(docs, need_tally(need), was=was_open, now=need["state"] in OPEN)
    stand = {f"{clock}_clock": state for clock, state in clocks.items()}
    gone = {
        *(() if need["state"] == "verified" else SUGGESTED),
        *(() if need["waiting"] else ("asked_at",)),
    }
    docs.put("needs", without({**need, **stand}, *gone))


OWN: Folds = {
    "need_raised.v1": fold_raised,
    "need_verified.v1": fold_verified,
    "need_rejected.v1": fold_rejected,
    "need_appealed.v1": fold_appealed,
    "need_appeal_decided.v1": fold_appeal_decided,
    "resident_asked.v1": fold_asked,
    "resident_answered.v1": fold_answered,
    "need_overdue.v1": fold_overdue,
    "need_rated.v1": fold_rated,
    "need_words_deleted.v1": fold_words_deleted,
}
