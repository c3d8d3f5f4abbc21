"""Coverage and answers are a function of which visits there were: not of their order, nor of how often they came."""

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.grids.outcomes import OUTCOMES
from services.grids.rules import visits
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, example_of, refused
from tests.unit.grids.stage import OPENED, ROUND, member, stage, take

DOORS = ("D1", "D2")
GRID = f"{examples.COMMUNITY}:{examples.GRID}"
# What is counted once, by which doors are of it.
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "door": {door: (door,) for door in DOORS},
    "grid": {GRID: DOORS},
}
MINUTES = 600
SENT = NOW + timedelta(days=3)


@st.composite
def said_of_it(draw: st.DrawFn) -> Json:
    outcome = draw(st.sampled_from(OUTCOMES))
    gas = draw(st.sampled_from(("yes", "no", "")))
    answers = [{"item": "gas", "value": gas}] if gas and outcome == "met" else []
    if gas == "yes" and outcome == "met" and draw(st.booleans()):
        answers.append(
            {"item": "hose", "value": draw(st.sampled_from(("完好", "老化")))}
        )
    return {"outcome": outcome, "answers": answers}


@st.composite
def a_visit(draw: st.DrawFn) -> Json:
    about = {
        "door": draw(st.sampled_from(DOORS)),
        "minute": draw(st.integers(0, MINUTES)),
        "off_s": draw(st.sampled_from((0, 0, 240, -240))),
        "fate": draw(st.sampled_from(("", "", "withdrawn", "corrected", "put right"))),
        "truth": draw(said_of_it()),
    }
    return about | draw(said_of_it())


HISTORY = st.lists(a_visit(), max_size=8, unique_by=lambda said: said["minute"])


def tell(history: list[Json], order: list[int], per: str) -> Overlay:
    """Sends each visit in this order, twice, by clocks that are off; in between, what was not so is put right."""
    docs = take(stage(), example_of(examples, "round_announced.v1", per=per), OPENED)
    for place, number in enumerate(order):
        said = history[number]
        if "id" in said:
            _decide(docs, said)
        _send(docs, said, number, f"V{place}")
    return docs


def _decide(docs: Overlay, said: Json) -> None:
    """A correction says the answers anew, or leaves them as they are."""
    visit = {"visit": said["id"]}
    if said["fate"] == "withdrawn":
        take(docs, visits.withdraw(docs, visit, member()))
    elif said["fate"] == "corrected":
        take(docs, visits.correct(docs, visit | said["truth"], member()))
    elif said["fate"] == "put right":
        outcome = pick(said["truth"], "outcome")
        take(docs, visits.correct(docs, visit | outcome, member()))


def true(said: Json) -> Json:
    """As it was in truth."""
    if said["fate"] == "corrected":
        truth: Json = said["truth"]
        return said | truth
    if said["fate"] == "put right":
        outcome = said["truth"]["outcome"]
        answers = said["answers"] if outcome == "met" else []
        return said | {"outcome": outcome, "answers": answers}
    return said


def _send(docs: Overlay, said: Json, number: int, id: str) -> None:
    off = timedelta(seconds=said["off_s"])
    at = NOW + timedelta(minutes=said["minute"]) + off
    command = {name: said[name] for name in ("door", "outcome", "answers")}
    command |= {"round": ROUND, "told": [], "device": "phone-1", "nonce": f"n-{number}"}
    command |= {"at": instant(at), "device_now": instant(SENT + off)}
    if "id" in said:
        with refused("visit_known"):
            visits.record_late(docs, command, member(now=SENT, new_id=id))
        return
    said["id"] = id
    take(docs, visits.record_late(docs, command, member(now=SENT, new_id=id)), now=SENT)


def naive(history: list[Json], per: str) -> dict[str, Any]:
    """The same by looking at all visits at once, as whoever has them on paper would."""
    were = [true(said) for said in history if said["fate"] != "withdrawn"]
    real = sorted(were, key=lambda said: said["minute"])
    figures: Counter[str] = Counter()
    answers = {}
    for place, doors in PLACES[per].items():
        here = [said for said in real if said["door"] in doors]
        seen = {said["outcome"] for said in here}
        for outcome in ("met", "refused", "moved", "empty", "not_in"):
            if outcome in seen:
                figures[outcome] += 1
                break
        figures["tried"] += bool(here)
        last: dict[str, str] = {}
        for said in here:
            last |= {answer["item"]: answer["value"] for answer in said["answers"]}
        answers[place] = last
    return {"figures": figures, "answers": answers}


def told(docs: Overlay, per: str) -> dict[str, Any]:
    coverage = docs.get("coverage", f"{ROUND}:{GRID}") or {}
    figures = Counter({name: coverage.get(name, 0) for name in (*OUTCOMES, "tried")})
    answers = {}
    for place in PLACES[per]:
        asked_at = docs.get("asked_at", f"{ROUND}:{place}") or {"answers": []}
        answers[place] = {said["item"]: said["value"] for said in asked_at["answers"]}
    return {"figures": figures, "answers": answers}


@settings(max_examples=150, deadline=None)
@given_any(HISTORY, st.randoms(use_true_random=False), st.sampled_from(tuple(PLACES)))
def test_shuffled_doubled_and_late_they_come_to_the_same(
    history: list[Json], random: Any, per: str
) -> None:
    order = [*range(len(history)), *range(len(history))]
    random.shuffle(order)
    assert told(tell(history, order, per), per) == naive(history, per)
