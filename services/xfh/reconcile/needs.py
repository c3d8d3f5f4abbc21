"""What the log of cobuild adds up to: every need and commitment judged by its whole history, at the end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from schemas.documents import Json
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
UNIT = "unit:"
DONE = ("need_fulfilled.v1", "need_sent_back.v1")

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
    """Every cell of needs and commitments, and the deeds that closing and fulfilling are."""
    needs: dict[str, History] = defaultdict(list)
    for event in events:
        if "need" in event.data:
            needs[event.data["need"]].append(event)
    cells: list[Cells] = []
    for history in needs.values():
        if "community" in history[0].data:
            cells += map(_cells, _counted(history))
    return merged(*cells)


def _cells(counted: Counted) -> Cells:
    place = counted.community, counted.day
    cells = dict.fromkeys(ids_of(*place, counted.values), counted.figures)
    return cells | _closing(counted) | _fulfilling(counted)


def _closing(counted: Counted) -> Cells:
    deeds = {"deeds": counted.figures.get("closures", 0)}
    cells: Cells = {}
    for period in periods_of(counted.day):
        place = f"{period}:{counted.community}"
        cells[f"closing/{place}"] = deeds
        if counted.grid:
            cells[f"closing_grids/{place}:{counted.grid}"] = deeds
    return cells


def _fulfilling(counted: Counted) -> Cells:
    units = [value for value in counted.values if value.startswith(UNIT)]
    done = {counted.day: counted.figures.get("fulfilments", 0)}
    month = counted.day[:7]
    cells: Cells = {}
    for scope, unit in product(scopes_of(counted.community), units):
        cells[f"fulfilling/{scope}:{month}:{unit.removeprefix(UNIT)}"] = done
    return cells


def _counted(history: History) -> Iterator[Counted]:
    """What a need and its commitments are counted as, by each of their days."""
    about = history[0].data
    category = (f"need_category:{about['category']}",)
    community = about["community"]
    grid = about.get("grid", "")
    for day, figures in _of_need(history):
        yield Counted(community, day, category, figures, grid)
    for taken in _of(history, *TAKEN):
        values = (*category, f"{UNIT}{taken.data['unit']}")
        for day, figures in _of_commitment(history, taken.data["commitment"]):
            yield Counted(community, day, values, figures, grid)


def _of_need(history: History) -> Iterator[tuple[str, dict[str, int]]]:
    yield day_of(history[0].time), _received(history)
    for event in _of(history, "need_verified.v1")[:1]:
        yield day_of(event.time), _verified(history)
    for event in _of(history, "need_confirmed.v1")[-1:]:
        yield day_of(event.time), {"closures": int(_is_confirmed(history))}


def _of_commitment(
    history: History, commitment: str
) -> Iterator[tuple[str, dict[str, int]]]:
    own = [event for event in history if event.data.get("commitment") == commitment]
    said_when = _of(own, *TAKEN, "commitment_postponed.v1", "need_sent_back.v1")
    yield said_when[-1].data["due"], _due(own)
    for event in _of(own, "need_fulfilled.v1")[-1:]:
        yield day_of(event.time), {"fulfilments": int(_is_done(own))}


def _received(history: History) -> dict[str, int]:
    confirmed = _is_confirmed(history)
    ended = confirmed or _is_settled(history)
    scores = _scores(history)
    rated = ended and bool(scores)
    in_time = confirmed and _of(history, "need_confirmed.v1")[-1].data["in_time"]
    return {
        "needs_received": 1,
        "needs_rejected": int(_is_rejected(history)),
        "needs_withdrawn": len(_of(history, "need_withdrawn.v1")),
        "needs_confirmed": int(confirmed),
        "needs_confirmed_in_time": int(in_time),
        "needs_ended": int(ended),
        "needs_rated": int(rated),
        "needs_satisfied": int(rated and scores[-1] > 3),
    }


def _scores(history: History) -> list[int]:
    """Given since it was last opened again."""
    reopened = _places(history, "need_reopened.v1")
    since = history[reopened[-1] :] if reopened else history
    return [event.data["score"] for event in since if "score" in event.data]


def _verified(history: History) -> dict[str, int]:
    reopened = _places(history, "need_reopened.v1")
    first_round = history[: reopened[0]] if reopened else history
    answers = [event.data for event in first_round if "response_minutes" in event.data]
    last = _of(history, *IN_HAND, *LEAVES)[-1].type
    waits = not answers and not reopened and last in IN_HAND
    verified = {"needs_verified": 1, "responses_open": int(waits)}
    return verified | _answered(answers[:1])


def _answered(answers: list[Json]) -> dict[str, int]:
    """The first answer, if there is one."""
    figures = {
        "responses": len(answers),
        "needs_claimed_in_time": sum(answer["in_time"] for answer in answers),
    }
    minutes = [f"response_minutes_{answer['response_minutes']}" for answer in answers]
    return figures | dict.fromkeys(minutes, 1)


def _places(history: History, type: str) -> list[int]:
    return [place for place, event in enumerate(history) if event.type == type]


def _due(own: History) -> dict[str, int]:
    ends = _of(own, *FREED, "need_withdrawn.v1", *DONE)
    last = ends[-1].type if ends else ""
    released = last in ("commitment_declined.v1", "need_withdrawn.v1")
    return {
        "commitments_due": int(not released),
        "commitments_fulfilled": int(last == "need_fulfilled.v1"),
        "commitments_open": int(last in ("", "need_sent_back.v1")),
    }


def _is_done(own: History) -> bool:
    return _of(own, *DONE)[-1].type == "need_fulfilled.v1"


def _is_rejected(history: History) -> bool:
    """Rejected, and neither upheld on appeal nor withdrawn since."""
    appeals = _of(history, "need_appeal_decided.v1")
    turns = [event for event in appeals if event.data["upheld"]]
    turns += _of(history, "need_rejected.v1", "need_withdrawn.v1")
    turns.sort(key=lambda event: event.seq)
    return _types(turns)[-1:] == ["need_rejected.v1"]


def _is_confirmed(history: History) -> bool:
    return _types(_of(history, *JUDGED))[-1:] == ["need_confirmed.v1"]


def _is_settled(history: History) -> bool:
    """Closed by decision: a closing that nothing but a dispute came before."""
    judged = _types(_of(history, *JUDGED, "need_closed.v1", "need_sent_back.v1"))
    return judged[-2:] == ["need_disputed.v1", "need_closed.v1"]


def _of(history: History, *types: str) -> History:
    return [event for event in history if event.type in types]


def _types(events: History) -> list[str]:
    return [event.type for event in events]
