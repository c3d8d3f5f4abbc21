"""What still is and what is no more: at the very moment, number or hour where one becomes the other."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.cobuild.meetings import MOST_RESOLUTIONS
from schemas.documents import Json, without
from schemas.fields import instant
from services.cobuild.model.occurrences import occurrence_at
from services.cobuild.rules import commitments, meetings, offerings, points
from services.cobuild.rules.service_level import FARTHEST
from services.district.calendar import LOCAL, day_ends, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid
from services.kit.log import Fact
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
    take,
)

COMMANDS = examples.COMMANDS
SATURDAY = datetime.fromisoformat(examples.SATURDAY)
MOMENT = timedelta(milliseconds=1)


def claimed_at(now: datetime, starts: datetime) -> Fact:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    claim = {**COMMANDS["claim_need"], "starts_at": instant(starts)}
    return commitments.claim_need(docs, claim, Asked(LIAISON.actor, now, "C1"))


def test_what_begins_at_this_moment_is_claimed_no_more() -> None:
    assert claimed_at(SATURDAY - MOMENT, SATURDAY).type.startswith("need_claimed")
    with refused("in_the_past", Invalid):
        claimed_at(SATURDAY, SATURDAY)


def test_what_begins_in_a_year_to_the_moment_is_looked_for_and_later_is_not() -> None:
    with refused("expired"):
        claimed_at(NOW, NOW + FARTHEST)
    with refused("too_far_ahead", Invalid):
        claimed_at(NOW, NOW + FARTHEST + MOMENT)


def test_a_revision_leaves_as_much_as_is_booked_and_no_less() -> None:
    other = example_of(examples, "offering_reserved.v1", activity="A2")
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, other)
    revision = COMMANDS["revise_offering"]
    with refused("already_booked"):
        offerings.revise_offering(docs, {**revision, "capacity": 1}, LIAISON)
    take(docs, offerings.revise_offering(docs, {**revision, "capacity": 2}, LIAISON))


def test_a_revision_may_end_on_the_day_that_is_booked_and_no_sooner() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    booked = local_day(SATURDAY)
    revision = COMMANDS["revise_offering"]
    with refused("already_booked"):
        sooner = {"valid_until": local_day(SATURDAY - timedelta(days=1))}
        offerings.revise_offering(docs, revision | sooner, LIAISON)
    take(
        docs,
        offerings.revise_offering(docs, revision | {"valid_until": booked}, LIAISON),
    )


def test_an_offering_is_good_for_all_of_its_last_day() -> None:
    docs = stage(*UNIT, OFFERED)
    offering = docs.the("offerings", "F1")
    ends = day_ends(offering["valid_until"])
    for now, type in (
        (ends - MOMENT, "offering_renewed.v1"),
        (ends, "offering_expired.v1"),
    ):
        who = Asked(LIAISON.actor, now, "X1")
        fact = offerings.review_offering(docs, offering, who)
        assert fact is not None
        assert fact.type == type


def test_a_meeting_passes_as_many_resolutions_as_there_may_be() -> None:
    docs = stage(*UNIT, example_of(examples, "meeting_called.v1"))
    for number in range(MOST_RESOLUTIONS + 1):
        who = asked(
            ("street_admin", "510108015"),
            id="P4",
            now=NOW + timedelta(days=9),
            new_id=f"R{number:02}",
        )
        if number == MOST_RESOLUTIONS:
            with refused("too_many_resolutions"):
                meetings.pass_resolution(docs, COMMANDS["pass_resolution"], who)
        else:
            take(docs, meetings.pass_resolution(docs, COMMANDS["pass_resolution"], who))


@pytest.mark.parametrize(
    ("clock", "half"),
    [("11:59", "am"), ("12:00", "pm"), ("17:59", "pm"), ("18:00", "evening")],
)
def test_noon_is_in_the_afternoon_and_six_in_the_evening(clock: str, half: str) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    starts = datetime.fromisoformat(f"2026-06-06T{clock}").replace(tzinfo=LOCAL)
    offering = docs.the("offerings", "F1") | {"starts_at": instant(starts)}
    need = docs.the("needs", "N1")
    fits = {slot: points.time(pair(need | {"slots": [slot]}, offering)) for slot in (
        "SA-am", "SA-pm", "SA-evening")}  # fmt: skip
    assert [slot for slot, (share, _) in fits.items() if share] == [f"SA-{half}"]


@pytest.mark.parametrize(
    ("slots", "offering", "fit"),
    [
        (["SA-am"], {}, 1.0),
        ([], {"starts_at": "2026-06-06T01:00:00.000Z"}, 1.0),
        (["SU-am"], {"starts_at": "2026-06-06T01:00:00.000Z"}, 0.0),
    ],
)
def test_a_time_is_arranged_where_one_side_has_named_none(
    slots: list[str], offering: Json, fit: float
) -> None:
    once = {"minutes": 60, "valid_until": "2026-12-31"} | offering
    share, says = points.time(pair({"slots": slots}, once))
    assert share == fit
    assert (says == "时间可以约定") is bool(fit)


def pair(need: Any, offering: Any, **record: Any) -> points.Pair:
    nothing = {"confirmed": 0, "lapsed": 0, "withdrawn": 0}
    return points.Pair(need, offering, nothing | record, 0, lambda: 0, WORKER.now)


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_a_confirmation_that_is_disputed_counts_no_more(is_confirmed: bool) -> None:
    confirmed = (example_of(examples, "need_confirmed.v1"),) if is_confirmed else ()
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED, *confirmed)
    assert docs.the("records", "U1")["confirmed"] == len(confirmed)
    take(docs, example_of(examples, "need_disputed.v1"))
    assert docs.the("records", "U1")["confirmed"] == 0


@pytest.mark.parametrize("earlier_ms", [1, 0])
def test_an_offering_is_on_until_it_ends_whenever_it_began_first(
    earlier_ms: int,
) -> None:
    offering: Json = {"starts_at": "2020-06-01T01:00:00.000Z", "minutes": 24 * 60 - 1}
    offering |= {"valid_until": "2999-12-31", "repeats": "FREQ=DAILY"}
    began = datetime.fromisoformat("2026-06-01T01:00:00.000Z")
    ends = began + timedelta(minutes=offering["minutes"])
    on = occurrence_at(offering, ends - timedelta(milliseconds=earlier_ms))
    assert on == (began if earlier_ms else None)


@pytest.mark.parametrize(
    ("came", "share", "says"),
    [
        ({}, 1 / 2, "还没有记录"),
        ({"confirmed": 1}, 2 / 3, "确认完成 1 次，未做成 0 次"),
        ({"lapsed": 1, "withdrawn": 2}, 1 / 5, "确认完成 0 次，未做成 3 次"),
    ],
)
def test_one_promise_that_came_to_an_end_is_a_record(
    came: Any, share: float, says: str
) -> None:
    assert points.record(pair({}, {}, **came)) == (share, says)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_meeting_is_called_within_a_year_to_the_moment(sign: int) -> None:
    docs = stage(*UNIT)
    who = asked(("street_admin", "510108015"), id="P4")
    farthest = sign * meetings.FARTHEST
    called = {**examples.CONVENED, "held_at": instant(NOW + farthest)}
    assert meetings.call_meeting(docs, called, who).type == "meeting_called.v1"
    beyond = called | {"held_at": instant(NOW + farthest + sign * MOMENT)}
    with refused("too_far_ahead", Invalid):
        meetings.call_meeting(docs, beyond, who)


@pytest.mark.parametrize("sign", [1, -1])
def test_an_offering_begins_within_two_years_to_the_moment(sign: int) -> None:
    docs = stage(*UNIT)
    farthest = sign * offerings.FARTHEST
    offered = without(COMMANDS["publish_offering"], "repeats", "except_on")
    offered |= {"valid_until": "2029-12-31", "starts_at": instant(NOW + farthest)}
    if sign < 0:
        offered["repeats"] = "FREQ=DAILY"
    published = offerings.publish_offering(docs, offered, LIAISON)
    assert published.type.startswith("offering_published")
    beyond = offered | {"starts_at": instant(NOW + farthest + sign * MOMENT)}
    with refused("too_far_ahead", Invalid):
        offerings.publish_offering(docs, beyond, LIAISON)
