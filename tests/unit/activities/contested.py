"""Hours that somebody contests, and each step of it."""

from services.activities.rules import contests, corrections
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import asked
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    happens,
    held,
    record_all,
    scan,
)
from tests.unit.activities.stage import resident

FIRST = SESSIONS[0]
ME = resident("R1", now=LATER, new_id="C1")
WORKER = asked(("community_worker", "510108002001"), id="W1", now=LATER, new_id="C1")
OF_SESSION = {"activity": ACTIVITY, "session": FIRST}


def been() -> Overlay:
    return record_all(
        held("R1"), [scan("R1", "in", 5, "N1"), scan("R1", "out", 35, "N2")]
    )


def contest(docs: Overlay, who: Asked = ME, **said: str) -> Fact:
    return contests.contest_hours(
        docs, {**OF_SESSION, "words": "我一直帮到十一点才走", **said}, who
    )


def raised() -> Overlay:
    docs = been()
    happens(docs, contest(docs))
    return docs


def correct(docs: Overlay) -> None:
    command = {
        **OF_SESSION,
        "person": "R1",
        "attended": True,
        "minutes": 100,
        "reason": "按纸质签到表",
    }
    happens(docs, corrections.correct_hours(docs, command, WORKER))


def settle(docs: Overlay, who: Asked = WORKER, upheld: bool = True) -> Fact:
    return contests.settle_contest(
        docs, {"contest": "C1", "upheld": upheld, "reason": "已核对"}, who
    )
