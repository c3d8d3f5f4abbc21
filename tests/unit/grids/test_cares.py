"""Care: by consent, on time by the true time of a visit, and what is missed stays to be seen."""

from datetime import datetime, timedelta

from schemas.documents import Json, without
from services.grids.rules import cares, visits
from services.grids.views import cares as views
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, example_of, refused
from tests.unit.grids.stage import (
    CARE_BEGUN,
    COMMANDS,
    OTHER_WORKER,
    STRANGER,
    WORKER,
    late,
    member,
    stage,
    take,
)

SAID = COMMANDS["begin_care"]
DAY = timedelta(days=1)


def care(docs: Overlay) -> Json:
    return docs.the("cares", "C1")


def miss(docs: Overlay) -> Overlay:
    due = datetime.fromisoformat(care(docs)["next_at"])
    return take(docs, cares.miss(docs, care(docs), WORKER), now=due)


def meet(docs: Overlay, at: datetime, nonce: str, outcome: str = "met") -> None:
    """Told long afterwards."""
    now = NOW + 60 * DAY
    said = late(at, nonce, outcome, care="C1", device_now="2026-07-31T01:00:00.000Z")
    take(docs, visits.record_late(docs, said, member(now=now, new_id=nonce)), now=now)


def test_nobody_is_looked_in_on_without_their_consent() -> None:
    for left_out in ("consent", "consent_on"):
        with refused("care_without_consent"):
            cares.begin(stage(), without(SAID, left_out), WORKER)
    with refused("not_found", Unknown):
        cares.begin(stage(), SAID, OTHER_WORKER)
    with refused("in_the_future", Invalid):
        cares.begin(stage(), SAID | {"consent_on": "2026-06-02"}, WORKER)
    assert cares.begin(stage(), SAID | {"consent_on": "2026-06-01"}, WORKER)
    fact = cares.begin(stage(), SAID, WORKER)
    assert fact.notes == {"N1": SAID["words"]}
    assert SAID["words"] not in str(fact.data)


def test_it_is_due_at_the_end_of_the_day_so_many_days_later() -> None:
    assert care(stage(CARE_BEGUN))["next_at"] == "2026-06-08T16:00:00.000Z"


def test_in_the_morning_of_that_day_it_rings_once() -> None:
    docs = stage(CARE_BEGUN)
    assert care(docs)["rings_at"] == "2026-06-08T00:00:00.000Z"
    take(docs, cares.ring(docs, care(docs), WORKER))
    assert "rings_at" not in care(docs)
    meet(docs, NOW + 3 * DAY, "n-1")
    assert care(docs)["rings_at"] == "2026-06-11T00:00:00.000Z"
    meet(docs, NOW + DAY, "n-2")
    assert care(docs)["rings_at"] == "2026-06-11T00:00:00.000Z"


def test_what_is_missed_is_counted_until_somebody_is_met() -> None:
    docs = miss(miss(stage(CARE_BEGUN)))
    assert (care(docs)["missed"], care(docs)["next_at"]) == (
        2,
        "2026-06-22T16:00:00.000Z",
    )
    meet(docs, NOW + 16 * DAY, "n-1", "not_in")
    assert care(docs)["missed"] == 2
    meet(docs, NOW + 17 * DAY, "n-2")
    assert (care(docs)["missed"], care(docs)["next_at"]) == (
        0,
        "2026-06-25T16:00:00.000Z",
    )


def test_what_is_missed_counts_from_the_moment_somebody_was_met() -> None:
    docs = stage(CARE_BEGUN)
    meet(docs, NOW + 3 * DAY, "n-1")
    assert care(miss(docs))["missed"] == 1
    meet(docs, NOW + 3 * DAY + timedelta(milliseconds=1), "n-2")
    assert care(docs)["missed"] == 0


def test_a_visit_heard_of_late_was_in_time_after_all() -> None:
    docs = miss(stage(CARE_BEGUN))
    assert care(docs)["missed"] == 1
    meet(docs, NOW + 3 * DAY, "n-1")
    assert care(docs)["missed"] == 0
    assert care(docs)["met_at"] == "2026-06-04T01:00:00.000Z"


def test_the_order_in_which_visits_are_heard_of_is_of_no_matter() -> None:
    one, other = stage(CARE_BEGUN), stage(CARE_BEGUN)
    for docs, days in ((one, (1, 3)), (other, (3, 1))):
        for day in days:
            meet(docs, NOW + day * DAY, f"n-{day}")
    shown = [without(care(docs), "seq") for docs in (one, other)]
    assert shown[0] == shown[1]
    assert shown[0]["met_at"] == "2026-06-04T01:00:00.000Z"


def test_paused_it_is_not_due_and_resumed_it_counts_from_then() -> None:
    docs = take(stage(CARE_BEGUN), example_of(examples, "care_paused.v1"))
    resumed = example_of(examples, "care_resumed.v1")
    take(docs, resumed, now=NOW + 30 * DAY)
    assert care(docs)["next_at"] == "2026-07-08T16:00:00.000Z"


def test_why_is_read_by_who_goes_there_and_gone_when_it_ends() -> None:
    docs = stage(CARE_BEGUN)
    assert views.get_care(docs, {"care": "C1"}, member())["id"] == "C1"
    with refused("not_found", Unknown):
        views.get_care(docs, {"care": "C1"}, STRANGER)
    with refused("out_of_scope", Forbidden):
        question = {"division": "510108015001", "state": ["active"]}
        views.list_cares(docs, {**question, "after": None, "limit": 10}, OTHER_WORKER)
    ended = cares.end(docs, {"care": "C1", "reason": "已搬走"}, WORKER)
    assert ended.erases == ("C1",)


def test_with_its_door_goes_care_to_whoever_goes_there_now() -> None:
    elsewhere = example_of(
        examples, "member_appointed.v1", member="M2", person="P4", grid="W-0102"
    )
    docs = stage(CARE_BEGUN, elsewhere, example_of(examples, "door_moved.v1"))
    assert views.get_care(docs, {"care": "C1"}, member(id="P4"))["grid"] == "W-0102"
    with refused("not_found", Unknown):
        views.get_care(docs, {"care": "C1"}, member())
