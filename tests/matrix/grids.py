"""What the doorstep knows, each in every state, from a member in office to a quarrel that is settled."""

from datetime import timedelta
from typing import Any

from services.grids.model import lifecycles
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from tests.examples import branches
from tests.examples import cobuild as of_cobuild
from tests.examples import grids as examples
from tests.given import DIVISIONS, NOW, example_of
from tests.matrix.subjects import Scene, Subject, told

LATER = NOW + timedelta(minutes=1)
OF_A_TEAM = ("team", "due", "due_at")


def happened(type: str, **changes: Any) -> Fact:
    return example_of(examples, type, **changes)


def without(fact: Fact, *names: str) -> Fact:
    kept = {name: value for name, value in fact.data.items() if name not in names}
    return Fact(fact.type, fact.stream, kept)


PLACES = (
    *DIVISIONS,
    example_of(branches, "courtyard_recorded.v1"),
    example_of(branches, "grid_recorded.v1"),
    example_of(branches, "grid_recorded.v1", grid="W-0102"),
)
BASIS = (
    happened("member_appointed.v1"),
    happened("door_recorded.v1"),
    happened("team_recorded.v1"),
    happened("round_announced.v1"),
    happened("round_opened.v1"),
    happened("visit_recorded.v1"),
)
NEED = example_of(of_cobuild, "need_raised.v1", need=examples.NEED, origin="F1")
TO_A_NEED = without(happened("finding_recorded.v1", route="need"), *OF_A_TEAM)
REFERRED = (TO_A_NEED, happened("finding_referred.v1"))
ADVISED = without(happened("finding_recorded.v1", route="advice"), *OF_A_TEAM)
CARE = happened("care_begun.v1")
OPENED = happened("mediation_opened.v1")
ANNOUNCED = happened("round_announced.v1", round="R2")


def scene(*facts: Fact) -> Scene:
    before = (*told("branches", *PLACES), *told("grids", *BASIS))
    return Scene((*before, *told("grids", *facts), *told("cobuild", NEED)), LATER)


def subject(life: LifeCycle, collection: str, id: str, **scenes: Scene) -> Subject:
    return Subject(
        life.subject,
        life.title,
        "grids",
        collection,
        id,
        examples.COMMUNITY,
        scenes,
        life,
        own="P20",
        names={"grid_member": examples.PERSON, "community_worker": "P6"},
    )


SUBJECTS = (
    subject(
        lifecycles.MEMBER,
        "members",
        examples.MEMBER,
        in_office=scene(),
        relieved=scene(happened("member_relieved.v1")),
    ),
    subject(
        lifecycles.TEAM,
        "teams",
        examples.TEAM,
        ready=scene(),
        dissolved=scene(happened("team_dissolved.v1")),
    ),
    subject(
        lifecycles.DOOR,
        "doors",
        examples.DOOR,
        open=scene(),
        closed=scene(happened("door_closed.v1")),
    ),
    subject(
        lifecycles.ROUND,
        "rounds",
        "R2",
        announced=scene(ANNOUNCED),
        open=scene(ANNOUNCED, happened("round_opened.v1", round="R2")),
        closed=scene(ANNOUNCED, happened("round_closed.v1", round="R2")),
        cancelled=scene(ANNOUNCED, happened("round_cancelled.v1", round="R2")),
    ),
    subject(
        lifecycles.VISIT,
        "visits",
        examples.VISIT,
        recorded=scene(),
        withdrawn=scene(happened("visit_withdrawn.v1")),
    ),
    subject(
        lifecycles.FINDING,
        "findings",
        examples.FINDING,
        open=scene(TO_A_NEED),
        referred=scene(*REFERRED),
        returned=scene(*REFERRED, happened("finding_returned.v1")),
        followup=scene(happened("finding_recorded.v1")),
        advised=scene(ADVISED),
        resolved=scene(
            happened("finding_recorded.v1"), happened("finding_resolved.v1")
        ),
    ),
    subject(
        lifecycles.CARE,
        "cares",
        examples.CARE,
        active=scene(CARE),
        paused=scene(CARE, happened("care_paused.v1")),
        ended=scene(CARE, happened("care_ended.v1")),
    ),
    subject(
        lifecycles.MEDIATION,
        "mediations",
        examples.MEDIATION,
        open=scene(OPENED),
        ended=scene(OPENED, happened("mediation_ended.v1")),
    ),
)
