"""A person's record: every service in it, totals that add up, and no more shown than concerns who asks."""

from schemas.documents import Json
from services.activities.views import records
from services.kit.errors import Forbidden, Invalid
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import asked, refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    held,
    record_all,
    scan,
)
from tests.unit.activities.stage import resident

PAGE: Json = {"after": None, "limit": 20, "role": "helper"}
FIRST, _, THIRD = SESSIONS
ME = resident("R1", now=LATER)


def been() -> Overlay:
    """R1 was at the first session for 90 minutes and at the third for 60."""
    pairs = ((FIRST, 5, 95), (THIRD, 310, 370))
    scans = [
        scan("R1", direction, at, f"N{at}", session)
        for session, *times in pairs
        for direction, at in zip(("in", "out"), times, strict=True)
    ]
    return record_all(held("R1", "R2"), scans)


def test_a_service_has_every_field_of_the_volunteer_service_rules() -> None:
    found = records.my_record(been(), PAGE, ME)["items"]
    assert [one["session"] for one in found] == [THIRD, FIRST]
    shown = found[-1] | {"seq": 0}
    assert shown == {
        "id": f"{FIRST}:R1",
        "seq": 0,
        "person": "R1",
        "activity": ACTIVITY,
        "session": FIRST,
        "title": "端午包粽子",
        "summary": "和邻居一起包粽子。",
        "audience": "社区居民",
        "campaign": "我们的节日",
        "category": "邻里节庆",
        "host": "branch/B1",
        "host_name": "演示支部",
        "community": "510108002001",
        "place": "望平社区党群服务中心",
        "starts_at": "2026-06-13T01:00:00.000Z",
        "ends_at": "2026-06-13T03:00:00.000Z",
        "minutes": 90,
        "hours": "scanned",
        "role": "helper",
        "hours_text": "扫码记录",
        "training": False,
        "score": None,
    }


def test_who_did_not_come_has_no_record_of_it() -> None:
    assert records.my_record(been(), PAGE, resident("R2"))["items"] == []
    assert records.my_totals(been(), PAGE, resident("R2"))["items"] == []


def test_a_record_is_read_page_by_page_and_by_time() -> None:
    docs = been()
    first = records.my_record(docs, {**PAGE, "limit": 1}, ME)
    assert first["next"]
    rest = records.my_record(docs, {**PAGE, "after": first["next"], "limit": 1}, ME)
    assert [one["session"] for one in (*first["items"], *rest["items"])] == [
        THIRD,
        FIRST,
    ]
    later = {**PAGE, "since": "2026-06-13T04:00:00.000Z"}
    assert [one["session"] for one in records.my_record(docs, later, ME)["items"]] == [
        THIRD
    ]


def test_totals_are_the_sum_of_the_services() -> None:
    docs = been()
    (year,) = records.my_totals(docs, PAGE, ME)["items"]
    services = records.my_record(docs, PAGE, ME)["items"]
    assert (year["year"], year["attendances"], year["minutes"]) == (
        "2026",
        2,
        sum(one["minutes"] for one in services),
    )
    assert (
        year["minutes"]
        == year["minutes_scanned"]
        + year["minutes_backfilled"]
        + year["minutes_adjusted"]
    )


def test_a_community_worker_sees_what_took_place_where_they_work() -> None:
    docs = been()
    worker = asked(("community_worker", "510108002001"), id="W1", now=LATER)
    question = {**PAGE, "person": "R1", "division": "510108002001"}
    assert len(records.resident_record(docs, question, worker)["items"]) == 2
    assert records.resident_totals(docs, question, worker)["items"][0]["minutes"] == 150
    elsewhere = asked(("community_worker", "510108009001"), id="W9", now=LATER)
    with refused("out_of_scope", Forbidden):
        records.resident_record(docs, question, elsewhere)
    other = {**question, "division": "510108009001"}
    assert records.resident_record(docs, other, elsewhere)["items"] == []
    with refused("out_of_scope", Forbidden):
        records.resident_totals(docs, {**question, "division": "510108"}, worker)


def test_without_a_division_it_is_where_one_works() -> None:
    docs = been()
    of_two = asked(
        ("community_worker", "510108002001"),
        ("street_admin", "510108002"),
        id="W1",
        now=LATER,
    )
    question = {**PAGE, "person": "R1"}
    assert (
        records.resident_totals(docs, question, of_two)["items"][0]["scope"]
        == "510108002"
    )
    with refused("division_needed", Invalid):
        records.resident_record(
            docs, question, asked(("district_admin", "*"), now=LATER)
        )
