"""Reservations: what activities ask for is reserved, declined or freed, and never overbooked."""

from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from services.cobuild.model.ids import usage_id
from services.cobuild.rules import bookings
from services.cobuild.service import Cobuild
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import asked, example_of, given, given_from, happened
from tests.unit.cobuild.stage import UNIT

SATURDAY = "2026-06-13T01:00:00.000Z"
NEXT_MONDAY_IN_SHANGHAI = "2026-06-14T16:00:00.000Z"


def any_time(**changes: object) -> Fact:
    """An offering whose times are agreed on each time."""
    data = {**examples.ABOUT, "unit": "U1", "offering": "F1", **changes}
    return Fact("offering_published.v2", "example/1", data)


PUBLISHED = any_time()


def offered(*facts: Fact) -> Overlay:
    """The documents after `facts`, of an approved unit."""
    return given(Cobuild, *UNIT, *facts)


def requested(
    activity: str = "A1", offering: str = "F1", starts_at: str = SATURDAY
) -> Event:
    data = {
        "activity": activity,
        "offering": offering,
        "host": "branch/B1",
        "starts_at": starts_at,
    }
    return happened(Fact("offering_requested.v1", f"activity/{activity}", data))


def withdrawn(activity: str = "A1", offering: str = "F1") -> Event:
    data = {"activity": activity, "offering": offering}
    return happened(Fact("offering_request_withdrawn.v1", f"activity/{activity}", data))


def cancelled(activity: str = "A1") -> Event:
    data = {
        "activity": activity,
        "session": f"{activity}.1",
        "reason": "下雨",
        "offerings": ["F1"],
    }
    return happened(Fact("activity_cancelled.v1", f"activity/{activity}", data))


def answer(docs: Overlay, event: Event) -> Fact | None:
    """What cobuild does about `event`, folded into `docs`."""
    react = {
        "offering_requested.v1": bookings.reserve,
        "offering_request_withdrawn.v1": bookings.release_one,
        "activity_cancelled.v1": bookings.release_all,
    }[event.type]
    fact = react(docs, event, asked())
    if fact is not None:
        given_from(docs, Cobuild, "cobuild", fact)
    return fact


def declined(docs: Overlay, event: Event) -> str:
    fact = answer(docs, event)
    assert fact is not None
    assert fact.type == "offering_declined.v1"
    return str(fact.data["code"])


def used(docs: Overlay, period: str, offering: str = "F1") -> int:
    usage = docs.get("usage", usage_id(offering, period))
    return usage["used"] if usage else 0


def test_a_request_reserves_one_booking_in_the_week_the_activity_starts_in() -> None:
    docs = offered(PUBLISHED)
    fact = answer(docs, requested())
    assert fact == Fact(
        "offering_reserved.v1",
        "offering/F1",
        {
            "offering": "F1",
            "activity": "A1",
            "period": "2026-W24",
            "occurrence": SATURDAY,
        },
    )
    assert used(docs, "2026-W24") == 1


def test_a_day_week_or_month_is_that_of_shanghai() -> None:
    for per, period in (
        ("day", "2026-06-15"),
        ("week", "2026-W25"),
        ("month", "2026-06"),
    ):
        docs = offered(any_time(per=per))
        fact = answer(docs, requested(starts_at=NEXT_MONDAY_IN_SHANGHAI))
        assert fact is not None
        assert fact.data["period"] == period


def test_what_is_used_up_is_declined_until_the_next_period() -> None:
    docs = offered(PUBLISHED)
    answer(docs, requested("A1"))
    answer(docs, requested("A2"))
    assert declined(docs, requested("A3")) == "used_up"
    fact = answer(docs, requested("A3", starts_at=NEXT_MONDAY_IN_SHANGHAI))
    assert fact is not None
    assert fact.type == "offering_reserved.v1"


def test_an_offering_nobody_knows_is_declined() -> None:
    assert declined(given(Cobuild), requested(offering="F9")) == "unknown_offering"


def test_a_paused_or_retired_offering_is_declined() -> None:
    for type in ("offering_paused.v1", "offering_retired.v1"):
        assert (
            declined(offered(PUBLISHED, example_of(examples, type)), requested())
            == "not_published"
        )


def test_an_offering_is_good_on_its_last_day_and_declined_the_day_after() -> None:
    docs = offered(PUBLISHED)
    assert (
        declined(docs, requested("A1", starts_at="2026-12-31T16:00:00.000Z"))
        == "expired"
    )
    last = answer(docs, requested("A1", starts_at="2026-12-31T15:59:00.000Z"))
    assert last is not None
    assert last.type == "offering_reserved.v1"


def test_an_activity_that_holds_the_offering_gets_no_second_booking() -> None:
    docs = offered(PUBLISHED)
    answer(docs, requested())
    assert answer(docs, requested()) is None
    assert used(docs, "2026-W24") == 1


def test_what_is_held_stays_held_when_the_offering_is_paused() -> None:
    docs = offered(PUBLISHED)
    answer(docs, requested())
    given_from(docs, Cobuild, "cobuild", example_of(examples, "offering_paused.v1"))
    assert answer(docs, requested()) is None


def test_a_withdrawn_request_frees_its_booking_at_once() -> None:
    docs = offered(PUBLISHED)
    answer(docs, requested("A1"))
    answer(docs, requested("A2"))
    freed = answer(docs, withdrawn("A1"))
    assert freed is not None
    assert (freed.stream, freed.data["offerings"]) == (
        "activity/A1",
        [{"offering": "F1", "period": "2026-W24"}],
    )
    again = answer(docs, requested("A3"))
    assert again is not None
    assert again.type == "offering_reserved.v1"


def test_one_cancellation_frees_everything_the_activity_holds_and_nothing_else() -> (
    None
):
    docs = offered(PUBLISHED, any_time(offering="F2", per="day"))
    for event in (requested("A1"), requested("A1", "F2"), requested("A2")):
        answer(docs, event)
    freed = answer(docs, cancelled("A1"))
    assert freed is not None
    assert [item["offering"] for item in freed.data["offerings"]] == ["F1", "F2"]
    assert (used(docs, "2026-W24"), used(docs, "2026-06-13", "F2")) == (1, 0)


def test_nothing_is_recorded_when_nothing_was_held() -> None:
    docs = offered(PUBLISHED)
    assert answer(docs, cancelled()) is None
    assert answer(docs, withdrawn()) is None
    answer(docs, requested())
    answer(docs, withdrawn())
    assert answer(docs, withdrawn()) is None
    assert answer(docs, cancelled()) is None


ACTIVITIES = st.sampled_from(["A1", "A2", "A3", "A4", "A5"])
NEWS = st.one_of(
    ACTIVITIES.map(requested),
    ACTIVITIES.map(withdrawn),
    ACTIVITIES.map(cancelled),
)


@settings(max_examples=60, deadline=None)
@given_any(st.lists(NEWS, max_size=30))
def test_i6_a_capacity_is_never_exceeded_and_the_count_is_that_of_the_bookings_held(
    news: list[Event],
) -> None:
    docs = offered(PUBLISHED)
    for event in news:
        answer(docs, event)
        held = [
            doc
            for (name, _), doc in docs.changed.items()
            if name == "bookings" and doc["state"] == "held"
        ]
        assert used(docs, "2026-W24") == len(held) <= examples.CONTENT["capacity"]


EVERY_SATURDAY = example_of(examples, "offering_published.v2")


def test_a_booking_names_the_occurrence_that_is_on_when_the_activity_starts() -> None:
    docs = offered(EVERY_SATURDAY)
    fact = answer(docs, requested(starts_at="2026-06-13T03:30:00.000Z"))
    assert fact is not None
    assert fact.data["occurrence"] == SATURDAY


def test_between_two_occurrences_there_is_nothing_to_be_had() -> None:
    docs = offered(EVERY_SATURDAY)
    assert (
        declined(docs, requested(starts_at="2026-06-13T04:00:00.000Z"))
        == "no_occurrence"
    )
    assert (
        declined(docs, requested(starts_at="2026-06-14T01:00:00.000Z"))
        == "no_occurrence"
    )
    assert (
        declined(docs, requested(starts_at="2026-10-03T01:00:00.000Z"))
        == "no_occurrence"
    )


def test_a_log_of_the_first_version_still_folds_and_books() -> None:
    docs = offered(example_of(examples, "offering_published.v1"))
    assert docs.the("offerings", "F1")["weekly"] == "FREQ=WEEKLY;BYDAY=SA"
    given_from(
        docs,
        Cobuild,
        "cobuild",
        Fact(
            "offering_reserved.v1",
            "offering/F1",
            {"offering": "F1", "activity": "A1", "period": "2026-W24"},
        ),
    )
    assert used(docs, "2026-W24") == 1
    assert docs.the("bookings", "A1:F1")["starts_at"] == "2026-06-07T16:00:00.000Z"
