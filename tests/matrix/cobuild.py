"""A unit, an offering, a need, a commitment and a joint meeting, each in every state."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.cobuild.model import lifecycles
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from tests.examples import cobuild as examples
from tests.given import DIVISIONS, NOW, example_of
from tests.matrix.subjects import Scene, Subject, told

NAMES = {"unit_liaison": "P2", "street_admin": "P4", "community_worker": "P6"}
FORMER = {"unit_liaison": "P11", "community_worker": "P16"}
LATER = NOW + timedelta(days=9)
OF_A_BOOKING = ("offering", "occurrence", "period")


def happened(type: str, without: tuple[str, ...] = (), **changes: object) -> Fact:
    fact = example_of(examples, type, **changes)
    return Fact(
        fact.type,
        fact.stream,
        {name: value for name, value in fact.data.items() if name not in without},
    )


def scene(*facts: Fact, now: datetime = NOW) -> Scene:
    return Scene((*told("branches", *DIVISIONS), *told("cobuild", *facts)), now)


def subject(
    life: LifeCycle,
    collection: str,
    id: str,
    scenes: Mapping[str, Scene],
    own: str = "P1",
) -> Subject:
    return Subject(
        life.subject,
        life.title,
        "cobuild",
        collection,
        id,
        examples.COMMUNITY,
        scenes,
        life,
        own,
        office={"unit_liaison": f"unit/{examples.UNIT}"},
        names=NAMES,
        former=FORMER,
        pending=frozenset({"registered", "rejected", "appealed", "ended"})
        if life is lifecycles.UNIT
        else frozenset(),
    )


REGISTERED = (happened("unit_registered.v1", by="P11"),)
UNIT = (*REGISTERED, happened("unit_approved.v1"))
OFFERED = (*UNIT, happened("offering_published.v2"))
RAISED = (*OFFERED, happened("need_raised.v1"))
WANTED = (happened("need_raised.v1"), happened("need_verified.v1"))
VERIFIED = (*RAISED, happened("need_verified.v1", by="P16"))
TOLD = (*VERIFIED, happened("need_suggested.v1"))
CLAIMED = (*VERIFIED, happened("need_claimed.v1", OF_A_BOOKING))
TALKED = (happened("commitment_discussed.v1"), happened("time_proposed.v1"))
FULFILLED = (*CLAIMED, happened("need_fulfilled.v1"))
CONFIRMED = (*FULFILLED, happened("need_confirmed.v1"))
DISPUTED = (*FULFILLED, happened("need_disputed.v1"))
SETTLED = (*DISPUTED, happened("need_closed.v1", by="P16"))
ANOTHER = (
    happened("unit_registered.v1", unit="U2", name="第二单位"),
    happened("unit_approved.v1", unit="U2"),
)
CALLED = (*UNIT, *ANOTHER, happened("meeting_called.v1"))
HELD = (
    *CALLED,
    happened("attendance_recorded.v1"),
    happened("minutes_recorded.v1"),
    happened("resolution_passed.v1"),
)

SUBJECTS = (
    subject(
        lifecycles.UNIT,
        "units",
        examples.UNIT,
        {
            "registered": scene(*REGISTERED),
            "approved": scene(*UNIT),
            "rejected": scene(*REGISTERED, happened("unit_rejected.v1")),
            "appealed": scene(
                *REGISTERED, happened("unit_rejected.v1"), happened("unit_appealed.v1")
            ),
            "suspended": scene(*UNIT, happened("unit_suspended.v1")),
            "ended": scene(*UNIT, happened("unit_ended.v1")),
        },
        own="P11",
    ),
    subject(
        lifecycles.OFFERING,
        "offerings",
        examples.OFFERING,
        {
            "published": scene(*OFFERED, *WANTED),
            "paused": scene(*OFFERED, happened("offering_paused.v1")),
            "retired": scene(*OFFERED, happened("offering_retired.v1")),
        },
    ),
    subject(
        lifecycles.NEED,
        "needs",
        examples.NEED,
        {
            "raised": scene(
                *RAISED, happened("resident_asked.v1", ("claim_left", "close_left"))
            ),
            "verified": scene(*TOLD),
            "rejected": scene(*RAISED, happened("need_rejected.v1", by="P16")),
            "appealed": scene(
                *RAISED,
                happened("need_rejected.v1", by="P16"),
                happened("need_appealed.v1"),
            ),
            "claimed": scene(*CLAIMED),
            "fulfilled": scene(*FULFILLED),
            "confirmed": scene(*CONFIRMED),
            "disputed": scene(*DISPUTED),
            "closed": scene(*SETTLED),
            "withdrawn": scene(*RAISED, happened("need_withdrawn.v1", ("commitment",))),
        },
    ),
    subject(
        lifecycles.COMMITMENT,
        "commitments",
        examples.COMMITMENT,
        {
            "held": scene(*VERIFIED, happened("need_dispatched.v1")),
            "underway": scene(*CLAIMED, happened("commitment_begun.v1"), *TALKED),
            "fulfilled": scene(*FULFILLED),
            "confirmed": scene(*CONFIRMED),
            "disputed": scene(*DISPUTED),
            "settled": scene(*SETTLED),
            "lapsed": scene(*CLAIMED, happened("commitment_lapsed.v1")),
            "declined": scene(
                *VERIFIED,
                happened("need_dispatched.v1"),
                happened("commitment_declined.v1"),
            ),
            "withdrawn": scene(*CLAIMED, happened("commitment_withdrawn.v1")),
            "cancelled": scene(*CLAIMED, happened("need_withdrawn.v1")),
        },
    ),
    subject(
        lifecycles.MEETING,
        "meetings",
        examples.MEETING,
        {
            "called": scene(*HELD, now=LATER),
            "concluded": scene(*HELD, happened("meeting_concluded.v1"), now=LATER),
            "cancelled": scene(*HELD, happened("meeting_cancelled.v1"), now=LATER),
        },
    ),
)
