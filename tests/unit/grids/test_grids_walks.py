"""Each life of the doorstep: every step from where it may be taken, and refused by its name from everywhere else."""

from collections.abc import Callable
from typing import Any

import pytest

from schemas.documents import Json
from services.grids.model import lifecycles
from services.grids.model.lifecycles import (
    CARE,
    DOOR,
    FINDING,
    MEDIATION,
    MEMBER,
    ROUND,
    TEAM,
    VISIT,
)
from services.grids.rules import (
    cares,
    doors,
    findings,
    mediations,
    members,
    rounds,
    visits,
)
from services.grids.service import Grids
from services.kit.entrypoints import Asked, Due
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from services.kit.service import entrypoints
from services.kit.views import Overlay
from tests.examples import branches, cobuild
from tests.examples import grids as examples
from tests.given import example_of, given_from, happened
from tests.unit.grids.stage import (
    CARE_BEGUN,
    COMMANDS,
    VISITED,
    WORKER,
    member,
    stage,
    told_of_a_need,
    visit,
)
from tests.walk import Take, Walk

Rule = Callable[[Overlay, Json, Asked], Fact]
NEED = example_of(cobuild, "need_raised.v1", need=examples.NEED, origin="F1")
RECORDED = {**examples.EVENTS["finding_recorded.v1"], "route": "need"}
LEFT_OUT = ("team", "due", "due_at")
TO_A_NEED = Fact(
    "finding_recorded.v1",
    "finding/F1",
    {name: value for name, value in RECORDED.items() if name not in LEFT_OUT},
)


def by(rule: Rule, payload: Json, who: Asked = WORKER) -> Take:
    return lambda docs: rule(docs, payload, who)


def in_time(name: str, id: str) -> Take:
    """What time does with the document, when it is due at all, as the host would ask."""
    due = next(mark for mark in entrypoints(Grids) if mark.name == name)
    assert isinstance(due, Due)

    def took(docs: Overlay) -> Fact | None:
        doc = docs.the(due.collection, id)
        return due.rule(docs, doc, WORKER) if due.ripe("9999").matches(doc) else None

    return took


def heard(follow: Callable[..., Fact | None], type: str, **more: Any) -> Take:
    """What becomes of it when cobuild tells this of its need."""
    event = happened(example_of(cobuild, type, need=examples.NEED, **more))
    return lambda docs: follow(docs, event, WORKER)


def begun(*facts: Fact) -> Callable[[], Overlay]:
    return lambda: (
        told_of_a_need(stage(*facts), NEED) if TO_A_NEED in facts else stage(*facts)
    )


def walk(
    life: LifeCycle, collection: str, id: str, *facts: Fact, **steps: Take
) -> Walk:
    return Walk(Grids, life, collection, id, begun(*facts), steps)


def of_a_grid_that_ends() -> Overlay:
    here = {"community": examples.COMMUNITY, "grid": examples.GRID}
    ended = example_of(branches, "grid_ended.v1", **here)
    return given_from(stage(), Grids, "branches", ended)


ANOTHER = example_of(examples, "round_announced.v1", round="R2")
FOLLOW = {"finding": "F1", "route": "followup", "team": "T1", "due": "2026-06-05"}
WALKS = (
    Walk(
        Grids,
        MEMBER,
        "members",
        "M1",
        of_a_grid_that_ends,
        {
            "relieve": by(members.relieve, COMMANDS["relieve_member"]),
            "expire": in_time("expire_member", "M1"),
        },
    ),
    walk(
        TEAM,
        "teams",
        "T1",
        dissolve=by(members.dissolve_team, COMMANDS["dissolve_team"]),
    ),
    walk(
        DOOR,
        "doors",
        "D1",
        VISITED,
        renumber=by(doors.renumber, {"door": "D1", "walk": 7}),
        move=by(doors.move, COMMANDS["move_door"]),
        visit=by(visits.record, visit("not_in"), member()),
        find=by(findings.record, {**COMMANDS["record_finding"]} | {"visit": "V1"}),
        care_for=by(cares.begin, COMMANDS["begin_care"]),
        close=by(doors.close, COMMANDS["close_door"]),
    ),
    walk(
        ROUND,
        "rounds",
        "R2",
        ANOTHER,
        open=in_time("open_round", "R2"),
        close=in_time("close_round", "R2"),
        cancel=by(rounds.cancel, {"round": "R2", "reason": "改期"}),
    ),
    walk(
        VISIT,
        "visits",
        "V1",
        VISITED,
        correct=by(visits.correct, COMMANDS["correct_visit"], member()),
        withdraw=by(visits.withdraw, COMMANDS["withdraw_visit"], member()),
    ),
    walk(
        FINDING,
        "findings",
        "F1",
        VISITED,
        TO_A_NEED,
        refer=heard(findings.follow_raised, "need_raised.v1", origin="F1"),
        reopen=heard(findings.follow_reopened, "need_reopened.v1"),
        resume=heard(findings.follow_appealed, "need_appeal_decided.v1", upheld=True),
        give_back=heard(findings.follow_given_up, "need_rejected.v1"),
        settle=heard(findings.follow_done, "need_confirmed.v1"),
        resolve=by(findings.resolve, COMMANDS["resolve_followup"]),
        route_need=by(findings.route, {"finding": "F1", "route": "need"}),
        route_followup=by(findings.route, FOLLOW),
        route_advice=by(findings.route, {"finding": "F1", "route": "advice"}),
        expire=in_time("note_overdue", "F1"),
        forget=in_time("forget_finding", "F1"),
    ),
    walk(
        CARE,
        "cares",
        "C1",
        CARE_BEGUN,
        pause=by(cares.pause, COMMANDS["pause_care"]),
        resume=by(cares.resume, COMMANDS["resume_care"]),
        miss=in_time("miss_care", "C1"),
        end=by(cares.end, COMMANDS["end_care"]),
        vanish=by(doors.close, COMMANDS["close_door"]),
    ),
    walk(
        MEDIATION,
        "mediations",
        "Q1",
        example_of(examples, "mediation_opened.v1"),
        end=by(mediations.end, COMMANDS["end_mediation"]),
        forget=in_time("forget_words", "Q1"),
    ),
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.life.subject)
def test_every_step_is_taken_where_it_may_be_and_refused_where_not(walk: Walk) -> None:
    walk.try_everything()


def test_every_life_is_walked() -> None:
    walked = {walk.life.subject for walk in WALKS}
    assert walked == {life.subject for life in lifecycles.ALL}
