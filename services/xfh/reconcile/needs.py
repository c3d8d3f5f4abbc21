"""What the log of cobuild adds up to: every need and commitment judged by its whole history, at the end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.kit.log import Event
from services.xfh.reconcile.cells import (
    Cells,
    day_of,
    ids_of,
    merged,
    periods_of,
    scopes_of,
)

History = list[Event]

TAKEN = ("need_claimed.v1", "need_dispatched.v1", "resolution_undertaken.v1")
FREED = ("commitment_declined.v1", "commitment_lapsed.v1", "commitment_withdrawn.v1")
IN_HAND = (
    "need_verified.v1",
    *TAKEN,
    *FREED,
    "need_sent_back.v1",
    "commitment_begun.v1",
)
JUDGED = ("need_confirmed.v1", "need_disputed.v1", "need_reopened.v1")
LEAVES = (
    "need_rejected.v1",
    "need_withdrawn.v1",
    "need_fulfilled.v1",
    "need_closed.v1",
    *JUDGED,
)


@dataclass(frozen=True)
class Counted:
    """Some figures of one day in one place."""

    community: str
    day: str
    values: tuple[str, ...]
    figures: dict[str, int]
    grid: str = ""


def recompute(events: Iterable[Event]) -> Cells:
    needs: dict[str, History] = defaultdict(list)
    for event in events:
        if "need" in event.data:
            needs[event.data["need"]].append(event)
    told = [history for history in needs.values() if "community" in history[0].data]
    return merged(
        *(_cells(counted) for history in told for counted in _counted(history))
    )


def _cells(counted: Counted) -> Cells:
    cells = dict.fromkeys(
        ids_of(counted.community, counted.day, counted.values), counted.figures
    )
    done = {name: counted.figures.get(name, 0) for name in ("closures", "fulfilments")}
    for period in periods_of(counted.day):
        cells[f"closing/{period}:{counted.community}"] = {"deeds": done["closures"]}
        if counted.grid:
            cells[f"closing_grids/{period}:{counted.community}:{counted.grid}"] = {
                "deeds": done["closures"]
            }
    for scope in scopes_of(counted.community):
        for unit in (
            value.removeprefix("unit:")
            for value in counted.values
            if value.startswith("unit:")
        ):
            cells[f"fulfilling/{scope}:{counted.day[:7]}:{unit}"] = {
                counted.day: done["fulfilments"]
            }
    return cells


def _counted(history: History) -> Iterator[Counted]:
    about = history[0].data
    values = (f"need_category:{about['category']}",)

    def counted(day: str, figures: dict[str, int], *more: str) -> Counted:
        return Counted(
            about["community"], day, (*values, *more), figures, about.get("grid", "")
        )

    yield counted(day_of(history[0].time), _received(history))
    for event in _of(history, "need_verified.v1")[:1]:
        yield counted(day_of(event.time), _verified(history))
    for event in _of(history, "need_confirmed.v1")[-1:]:
        yield counted(day_of(event.time), {"closures": int(_is_confirmed(history))})
    for taken in _of(history, *TAKEN):
        unit = f"unit:{taken.data['unit']}"
        own = [
            event
            for event in history
            if event.data.get("commitment") == taken.data["commitment"]
        ]
        yield counted(
            _of(own, *TAKEN, "commitment_postponed.v1", "need_sent_back.v1")[-1].data[
                "due"
            ],
            _due(own),
            unit,
        )
        for event in _of(own, "need_fulfilled.v1")[-1:]:
            yield counted(day_of(event.time), {"fulfilments": int(_is_done(own))}, unit)


def _received(history: History) -> dict[str, int]:
    confirmed, settled = _is_confirmed(history), _is_settled(history)
    since = max(
        (
            place
            for place, event in enumerate(history)
            if event.type == "need_reopened.v1"
        ),
        default=0,
    )
    scores = [event.data["score"] for event in history[since:] if "score" in event.data]
    rated = bool(scores) and (confirmed or settled)
    in_time = confirmed and _of(history, "need_confirmed.v1")[-1].data["in_time"]
    return {
        "needs_received": 1,
        "needs_rejected": int(_is_rejected(history)),
        "needs_withdrawn": len(_of(history, "need_withdrawn.v1")),
        "needs_confirmed": int(confirmed),
        "needs_confirmed_in_time": int(in_time),
        "needs_ended": int(confirmed or settled),
        "needs_rated": int(rated),
        "needs_satisfied": int(rated and scores[-1] > 3),
    }


def _verified(history: History) -> dict[str, int]:
    reopened = [
        place for place, event in enumerate(history) if event.type == "need_reopened.v1"
    ]
    first_round = history[: reopened[0]] if reopened else history
    answers = [event.data for event in first_round if "response_minutes" in event.data][
        :1
    ]
    waits = (
        not answers
        and not reopened
        and _of(history, *IN_HAND, *LEAVES)[-1].type in IN_HAND
    )
    figures = {
        "needs_verified": 1,
        "responses": len(answers),
        "needs_claimed_in_time": sum(answer["in_time"] for answer in answers),
        "responses_open": int(waits),
    }
    return {
        **figures,
        **{f"response_minutes_{answer['response_minutes']}": 1 for answer in answers},
    }


def _due(own: History) -> dict[str, int]:
    ends = _of(
        own, *FREED, "need_withdrawn.v1", "need_fulfilled.v1", "need_sent_back.v1"
    )
    last = ends[-1].type if ends else ""
    return {
        "commitments_due": int(
            last not in ("commitment_declined.v1", "need_withdrawn.v1")
        ),
        "commitments_fulfilled": int(last == "need_fulfilled.v1"),
        "commitments_open": int(last in ("", "need_sent_back.v1")),
    }


def _is_done(own: History) -> bool:
    return (
        _of(own, "need_fulfilled.v1", "need_sent_back.v1")[-1].type
        == "need_fulfilled.v1"
    )


def _is_rejected(history: History) -> bool:
    """Rejected, and neither upheld on appeal nor withdrawn since."""
    upheld = [
        event
        for event in _of(history, "need_appeal_decided.v1")
        if event.data["upheld"]
    ]
    turns = sorted(
        [*_of(history, "need_rejected.v1", "need_withdrawn.v1"), *upheld],
        key=lambda event: event.seq,
    )
    return [event.type for event in turns][-1:] == ["need_rejected.v1"]


def _is_confirmed(history: History) -> bool:
    return [event.type for event in _of(history, *JUDGED)][-1:] == ["need_confirmed.v1"]


def _is_settled(history: History) -> bool:
    """Closed by decision: a closing that nothing but a dispute came before."""
    judged = [
        event.type
        for event in _of(history, *JUDGED, "need_closed.v1", "need_sent_back.v1")
    ]
    return judged[-2:] == ["need_disputed.v1", "need_closed.v1"]


def _of(history: History, *types: str) -> History:
    return [event for event in history if event.type in types]
