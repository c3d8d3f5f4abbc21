"""Courtyards and micro-grids: where they lie, from when to when, and who may say so."""

from typing import Any

import pytest

from schemas.branches.areas import Area
from schemas.documents import Json
from services.branches import views
from services.branches.rules import areas
from services.branches.service import Branches
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import DIVISIONS, asked, example_of, given, given_from, refused

HERE, THERE = "510108015001", "510108016001"
STREET = asked(("street_admin", "510108015"))
OTHER_STREET = asked(("street_admin", "510108016"))
DISTRICT = asked(("district_admin", "510108"))
TODAY, TOMORROW = "2026-06-01", "2026-06-02"

COURTYARD = example_of(examples, "courtyard_recorded.v1")
GRID = example_of(examples, "grid_recorded.v1")
ENDED = example_of(examples, "grid_ended.v1", valid_to=TODAY)
MOVED = Fact(
    "grid_recorded.v1",
    "grid/W-0101",
    {**examples.ELSEWHERE, "community": THERE, "valid_from": TOMORROW},
)


def after(*facts: Fact) -> Overlay:
    return given(Branches, *DIVISIONS, *facts)


def record(docs: Overlay, who: Any = STREET, **changes: str) -> Fact:
    return areas.record_grid(docs, {**examples.ELSEWHERE, **changes}, who)


def listed(
    docs: Overlay, community: str, on: str, after: Any = None, limit: int = 10
) -> Json:
    question = {"community": community, "on": on, "after": after, "limit": limit}
    return views.areas.list_grids(docs, question, STREET)


def codes(docs: Overlay, community: str, on: str) -> list[str]:
    return [area["id"] for area in listed(docs, community, on)["items"]]


def test_a_grid_lies_in_a_courtyard_of_its_community() -> None:
    fact = areas.record_grid(after(COURTYARD), examples.GRID, STREET)
    assert (fact.type, fact.stream, fact.data) == (
        "grid_recorded.v1",
        "grid/W-0101",
        examples.GRID,
    )


def test_the_courtyard_of_a_grid_is_known_and_in_its_community_then() -> None:
    with refused("unknown_courtyard"):
        areas.record_grid(after(), examples.GRID, STREET)
    with refused("courtyard_elsewhere"):
        areas.record_grid(
            after(COURTYARD), {**examples.GRID, "community": THERE}, DISTRICT
        )
    with refused("courtyard_elsewhere"):
        areas.record_grid(
            after(COURTYARD), {**examples.GRID, "valid_from": "2025-12-31"}, STREET
        )


def test_only_who_administers_the_place_records_and_ends() -> None:
    with refused("out_of_scope", Forbidden):
        Branches.record_grid.rule(after(), examples.ELSEWHERE, OTHER_STREET)
    with refused("out_of_scope", Forbidden):
        areas.end_grid(after(GRID), {"grid": "W-0101", "valid_to": TODAY}, OTHER_STREET)
    with refused("out_of_scope", Forbidden):
        Branches.record_courtyard.rule(after(), examples.COURTYARD, OTHER_STREET)


def test_the_community_must_be_recorded() -> None:
    with refused("unknown_division"):
        record(after(), community="510108015099")


def test_a_grid_is_in_one_place_at_a_time() -> None:
    with refused("periods_overlap", says="已登记在“灯塔社区”"):
        record(after(GRID), DISTRICT, community=THERE, valid_from=TOMORROW)
    with refused("periods_overlap"):
        record(after(GRID, ENDED), DISTRICT, community=THERE, valid_from=TODAY)
    assert (
        record(after(GRID, ENDED), DISTRICT, community=THERE, valid_from=TOMORROW).data[
            "community"
        ]
        == THERE
    )


def test_a_code_that_was_known_does_not_begin_again_in_the_past() -> None:
    later = asked(("street_admin", "510108015"), now=asked().now.replace(month=8))
    docs = after(GRID, ENDED)
    with refused("begins_in_the_past"):
        record(docs, later, valid_from="2026-07-31")
    assert record(docs, later, valid_from="2026-08-01")


def test_a_grid_ends_once_not_before_it_begins_and_not_in_the_past() -> None:
    def end(docs: Overlay, valid_to: str) -> Fact:
        return areas.end_grid(docs, {"grid": "W-0101", "valid_to": valid_to}, STREET)

    with refused("unknown_grid", Unknown):
        end(after(), TODAY)
    with refused("ends_in_the_past"):
        end(after(GRID), "2026-05-31")
    ahead = example_of(examples, "grid_recorded.v1", valid_from="2026-07-01")
    with refused("ends_before_it_begins"):
        end(after(ahead), "2026-06-30")
    assert end(after(ahead), "2026-07-01").data["valid_to"] == "2026-07-01"
    with refused("already_ended"):
        end(after(GRID, ENDED), TOMORROW)
    assert end(after(GRID), TODAY).data == ENDED.data


def test_redrawn_grids_are_listed_as_they_were_on_any_day() -> None:
    docs = after(GRID, ENDED, MOVED)
    assert codes(docs, HERE, "2025-12-31") == []
    assert codes(docs, HERE, TODAY) == ["W-0101"]
    assert codes(docs, HERE, TOMORROW) == []
    assert (codes(docs, THERE, TODAY), codes(docs, THERE, TOMORROW)) == ([], ["W-0101"])
    (area,) = listed(docs, THERE, TOMORROW)["items"]
    assert not Area().validate(area)
    told = [
        (period["community"], period["valid_from"], period.get("valid_to"))
        for period in area["periods"]
    ]
    assert told == [(HERE, "2026-01-01", TODAY), (THERE, TOMORROW, None)]


def test_the_list_of_a_community_comes_in_pages() -> None:
    docs = after()
    for number in range(5):
        given_from(
            docs,
            Branches,
            "branches",
            example_of(examples, "grid_recorded.v1", grid=f"W-{number}"),
        )
    found, place = [], None
    while True:
        page = listed(docs, HERE, TODAY, place, 2)
        found += [area["id"] for area in page["items"]]
        place = page["next"]
        if place is None:
            break
    assert found == [f"W-{number}" for number in range(5)]


@pytest.mark.parametrize("kind", ["courtyard", "grid"])
def test_a_courtyard_is_recorded_moved_and_ended_like_a_grid(kind: str) -> None:
    recorded, ended = (
        example_of(examples, f"{kind}_recorded.v1"),
        example_of(examples, f"{kind}_ended.v1"),
    )
    docs = after(recorded, ended)
    (period,) = docs.the(f"{kind}s", recorded.data[kind])["periods"]
    assert period["valid_to"] == "2026-12-31"
    assert docs.the(f"{kind}_rolls", HERE)["codes"] == {
        recorded.data[kind]: {"2026-01-01": "2026-12-31"}
    }


def test_what_lay_somewhere_once_is_recorded_with_its_last_day() -> None:
    once = record(
        after(), valid_from="2020-01-01", valid_to="2023-12-31", grid="W-0900"
    )
    docs = after(once)
    assert codes(docs, HERE, "2023-12-31") == ["W-0900"]
    assert codes(docs, HERE, "2024-01-01") == []
    with refused("already_ended"):
        areas.end_grid(docs, {"grid": "W-0900", "valid_to": TODAY}, STREET)
    again = record(docs, valid_from=TOMORROW, grid="W-0900")
    assert "valid_to" not in again.data


def test_a_last_day_is_not_before_the_first() -> None:
    with refused("ends_before_it_begins", Invalid):
        record(after(), valid_from="2024-01-01", valid_to="2023-12-31")
    assert (
        record(after(), valid_from="2024-01-01", valid_to="2024-01-01").data["valid_to"]
        == "2024-01-01"
    )
