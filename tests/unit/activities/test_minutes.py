"""Which minutes count where two sessions touch."""

from datetime import timedelta

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, STREAM
from tests.unit.activities.attending_stage import after_min, recount_all
from tests.unit.activities.stage import OPENED, fact, stage
from tests.unit.activities.test_settling import mark, minutes

LONG, SHORT = f"{ACTIVITY}.1", f"{ACTIVITY}.2"
ENDED_MIN = (
    -20
)  # Between the two sessions less time passes than counts before and after each.


def plan(session: str, begins_min: float, ends_min: float) -> Json:
    times = {"starts_at": after_min(begins_min), "ends_at": after_min(ends_min)}
    return {**CONTENT["sessions"][0], **times, "session": session}


def one_after_the_other() -> Overlay:
    """A session as long as any may be, and shortly after it another one; R1 has a seat in both."""
    longest = LONGEST_SESSION / timedelta(minutes=1)
    plans = [plan(LONG, ENDED_MIN - longest, ENDED_MIN), plan(SHORT, 0, 120)]
    party = [{"person": "R1", "relation": "self"}]
    signed_up = [
        fact(
            "signup_confirmed.v1",
            session=session,
            signup=f"G-{session}",
            by="R1",
            party=party,
            ticket=1,
        )
        for session in (LONG, SHORT)
    ]
    content = CONTENT | {"sessions": plans}
    return stage(Fact("activity_published.v2", STREAM, content), OPENED, *signed_up)


def test_what_overlaps_a_long_session_by_its_grace_counts_there_alone() -> None:
    docs = one_after_the_other()
    mark(docs, "R1", "in", -30, LONG)
    mark(docs, "R1", "in", -12, SHORT)
    mark(docs, "R1", "out", -8, LONG)
    mark(docs, "R1", "out", 30, SHORT)
    recount_all(docs)
    assert (minutes(docs, "R1", LONG), minutes(docs, "R1", SHORT)) == (22, 38)
