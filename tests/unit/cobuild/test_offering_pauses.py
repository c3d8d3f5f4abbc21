"""Offerings that stand still and go on: suspended, used up, over, with bookings freed."""

from datetime import datetime, timedelta

import schemas.cobuild as schemas
from schemas.fields import instant
from services.cobuild import views
from services.cobuild.folds.bookings import NEVER
from services.cobuild.model.pauses import in_words
from services.cobuild.rules import bookings, commitments, offerings, units
from services.cobuild.service import Cobuild
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, given_from, refused
from tests.unit.cobuild.needs import CLAIM, COMMANDS, at
from tests.unit.cobuild.stage import (
    LIAISON,
    OFFERED,
    RAISED,
    STREET,
    UNIT,
    VERIFIED,
    stage,
    take,
)


def test_a_suspension_pauses_every_offering_and_its_end_resumes_exactly_those() -> None:
    other = example_of(examples, "offering_published.v2", offering="F2")
    docs = stage(*UNIT, OFFERED, other, RAISED, VERIFIED)
    take(docs, offerings.pause_offering(docs, COMMANDS["pause_offering"], LIAISON))
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    take(docs, units.halt(docs, news, asked()))
    assert units.halt(docs, news, asked()) is None
    assert pauses(docs, "F1") == ["unit", "suspension"]
    assert pauses(docs, "F2") == ["suspension"]
    listed = views.offerings.list_offerings(
        docs, schemas.offerings.ListOfferings().load({}), LIAISON
    )
    assert listed["items"] == []
    with refused("not_published"):
        bookings.booking(
            docs,
            docs.the("offerings", "F2"),
            "F2",
            datetime.fromisoformat(examples.SATURDAY),
        )
    with refused("unit_halted"):
        offerings.publish_offering(docs, COMMANDS["publish_offering"], LIAISON)
    with refused("unit_halted"):
        commitments.claim_need(docs, CLAIM, LIAISON)
    take(docs, units.free(docs, news, asked()))
    assert pauses(docs, "F1") == ["unit"]
    assert pauses(docs, "F2") == []


def pauses(docs: Overlay, offering: str) -> list[str]:
    found: list[str] = views.offerings.get_offering(
        docs, {"offering": offering}, LIAISON
    )["pauses"]
    return found


def test_of_units_with_the_code_of_a_suspended_partner_the_approved_one_is_halted_whichever_came_first() -> (
    None
):
    registered = (
        example_of(examples, "unit_registered.v1", unit=unit) for unit in ("U8", "U9")
    )
    docs = stage(*registered, example_of(examples, "unit_approved.v1", unit="U9"))
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    halted = units.halt(docs, news, asked())
    assert halted
    assert halted.data["unit"] == "U9"


def test_a_suspended_partner_is_not_approved_as_a_unit() -> None:
    docs = stage(UNIT[0])
    docs.put(
        "partner_codes", {"id": examples.REGISTRATION["credit_code"], "suspended": True}
    )
    with refused("partner_suspended"):
        units.approve_unit(docs, COMMANDS["approve_unit"], STREET)


def test_an_offering_pauses_itself_when_used_up_and_resumes_in_the_next_period() -> (
    None
):
    docs = stage(*UNIT, OFFERED)
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        booked = {"offering": "F1", "activity": activity, **week}
        given_from(docs, Cobuild, "cobuild", Fact("offering_reserved.v1", "x", booked))
    assert docs.the("watches", "F1")["check_at"] == "2026-06-01T01:00:00.000Z"
    take(docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET))
    offering = docs.the("offerings", "F1")
    assert (offering["state"], in_words(offering["pauses"])) == (
        "paused",
        "本期已约满",
    )
    assert docs.the("watches", "F1")["check_at"] == "2026-06-07T16:00:00.000Z"
    next_week = at(STREET, NOW + timedelta(days=7))
    take(docs, offerings.review_offering(docs, offering, next_week))
    assert docs.the("offerings", "F1")["state"] == "published"


def test_a_week_that_was_full_while_nobody_looked_is_over_and_done_with() -> None:
    docs = stage(*UNIT, OFFERED)
    for activity in ("A1", "A2"):
        week = {"period": "2026-W24", "occurrence": examples.SATURDAY}
        given_from(
            docs,
            Cobuild,
            "cobuild",
            Fact(
                "offering_reserved.v1",
                "x",
                {"offering": "F1", "activity": activity, **week},
            ),
        )
    assert docs.the("watches", "F1")["check_at"] == "2026-06-07T16:00:00.000Z"
    later = NOW + timedelta(days=30)
    take(
        docs,
        offerings.review_offering(docs, docs.the("offerings", "F1"), at(STREET, later)),
        later,
    )
    assert docs.the("watches", "F1")["check_at"] == "2026-12-31T16:00:00.000Z"


def test_an_offering_that_expired_while_used_up_is_looked_at_no_more_than_once() -> (
    None
):
    docs = stage(
        *UNIT, example_of(examples, "offering_published.v2", valid_until="2026-06-06")
    )
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        given_from(
            docs,
            Cobuild,
            "cobuild",
            Fact(
                "offering_reserved.v1",
                "x",
                {"offering": "F1", "activity": activity, **week},
            ),
        )
    for days, pauses_then in (
        (0, ["used_up"]),
        (6, ["used_up", "expired"]),
        (8, ["expired"]),
    ):
        then = NOW + timedelta(days=days)
        assert docs.the("watches", "F1")["check_at"] <= instant(then)
        take(
            docs,
            offerings.review_offering(
                docs, docs.the("offerings", "F1"), at(STREET, then)
            ),
            then,
        )
        assert docs.the("offerings", "F1")["pauses"] == pauses_then
    assert docs.the("watches", "F1")["check_at"] == NEVER


def test_a_freed_booking_ends_the_pause_at_once() -> None:
    docs = stage(*UNIT, OFFERED)
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        booked = {"offering": "F1", "activity": activity, **week}
        given_from(docs, Cobuild, "cobuild", Fact("offering_reserved.v1", "x", booked))
    take(docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET))
    freed = {"activity": "A1", "offerings": [{"offering": "F1", "period": "2026-W23"}]}
    given_from(docs, Cobuild, "cobuild", Fact("offerings_released.v1", "x", freed))
    fact = take(
        docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET)
    )
    assert fact.type == "offering_renewed.v1"
