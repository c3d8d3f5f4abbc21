"""Doors on the walk of a grid, who is its member, and which teams come there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.grids.rules import doors, mediations, members, visits
from services.grids.rules.findings import is_of_team
from services.grids.views import mediations as mediation_views
from services.grids.views import members as views
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from tests.examples import grids as examples
from tests.given import NOW, example_of, refused
from tests.unit.grids.stage import (
    COMMANDS,
    COMMUNITY,
    FOLLOWUP,
    OTHER_WORKER,
    STRANGER,
    STREET,
    TEAM_PERSON,
    WORKER,
    member,
    stage,
    take,
    visit,
)

SAID = COMMANDS["record_door"]
PAGE = {"after": None, "limit": 10}


def record(**changes: Any) -> Fact:
    return doors.record(stage(), {**SAID, "walk": 3, **changes}, WORKER)


def test_what_a_door_is_called_stands_beside_the_log() -> None:
    fact = record()
    assert fact.notes == {"N1": "3栋2单元501"}
    assert fact.of == "N1"
    assert "501" not in str(fact.data)


def test_two_doors_do_not_stand_at_one_place_of_the_walk() -> None:
    with refused("walk_taken"):
        record(walk=2)
    with refused("walk_taken"):
        doors.renumber(stage(), {"door": "D1", "walk": 2}, WORKER)
    assert doors.renumber(stage(), {"door": "D1", "walk": 1}, WORKER)
    closed = stage(example_of(examples, "door_closed.v1", door="D2"))
    assert doors.renumber(closed, {"door": "D1", "walk": 2}, WORKER)


def test_a_door_stands_in_a_grid_of_its_community() -> None:
    with refused("grid_elsewhere"):
        record(grid="W-0999")
    with refused("out_of_scope", Forbidden):
        doors.record(stage(), SAID, OTHER_WORKER)
    with refused("not_found", Unknown):
        doors.close(stage(), COMMANDS["close_door"], OTHER_WORKER)


def test_a_courtyard_is_one_of_its_community() -> None:
    with refused("courtyard_elsewhere"):
        record(courtyard="Y-99")
    with refused("courtyard_elsewhere"):
        to = COMMANDS["move_door"] | {"courtyard": "Y-99"}
        doors.move(stage(), to, WORKER)
    assert "courtyard" not in doors.move(stage(), COMMANDS["move_door"], WORKER).data
    assert record(courtyard="Y-01").data["courtyard"] == "Y-01"


def test_with_a_door_goes_all_that_was_written_of_it() -> None:
    fact = doors.close(stage(), COMMANDS["close_door"], WORKER)
    assert fact.erases_of == ("D1",)


def test_whoever_was_merged_into_a_member_was_there_too() -> None:
    merged = replace(member(id="P9"), merged=lambda: ("P3",))
    assert visits.record(stage(), visit("not_in"), merged).data["member"] == "P9"
    assert is_of_team({"persons": ["P3"]}, merged)


def test_nobody_is_a_member_of_one_grid_twice_at_a_time() -> None:
    with refused("already_in_office"):
        members.appoint(stage(), COMMANDS["appoint_member"], WORKER)
    docs = stage(example_of(examples, "member_relieved.v1"))
    assert members.appoint(docs, COMMANDS["appoint_member"], WORKER)
    with refused("out_of_scope", Forbidden):
        members.appoint(docs, COMMANDS["appoint_member"], OTHER_WORKER)


def test_who_works_there_may_walk_a_grid_themself() -> None:
    oneself = COMMANDS["appoint_member"] | {"person": WORKER.actor.id}
    fact = members.appoint(stage(), oneself, WORKER)
    assert fact.data["person"] == fact.data["by"]


def test_members_are_listed_to_who_works_there() -> None:
    question = {"community": COMMUNITY, "state": ["in_office"], **PAGE}
    listed = views.list_members(stage(), question, WORKER)
    assert [item["person"] for item in listed["items"]] == ["P3"]
    with refused("out_of_scope", Forbidden):
        views.list_members(stage(), question, OTHER_WORKER)


def test_a_team_of_a_street_is_the_street_s_to_record() -> None:
    of_the_street = {**COMMANDS["record_team"], "division": "510108015"}
    with refused("out_of_scope", Forbidden):
        members.record_team(stage(), of_the_street, WORKER)
    fact = members.record_team(stage(), of_the_street, STREET)
    question = {"division": COMMUNITY, **PAGE}
    listed = views.list_teams(take(stage(), fact), question, WORKER)
    assert [item["id"] for item in listed["items"]] == ["N1", "T1"]


def test_who_is_in_a_team_is_told_to_them_and_to_who_may_send_it() -> None:
    def seen_by(who: Asked) -> bool:
        return "persons" in views.get_team(stage(), {"team": "T1"}, who)

    assert [seen_by(who) for who in (WORKER, TEAM_PERSON)] == [True, True]
    assert [seen_by(who) for who in (STRANGER, OTHER_WORKER)] == [False, False]


def test_what_a_quarrel_is_about_stays_between_who_mediates_and_the_community() -> None:
    fact = mediations.open(stage(), COMMANDS["open_mediation"], member(new_id="Q1"))
    assert list(fact.notes.values()) == ["楼上夜里有响动"]
    assert "响动" not in str(fact.data)
    docs = take(stage(), fact)
    for who in (member(), WORKER):
        assert mediation_views.get_mediation(docs, {"mediation": "Q1"}, who)
    with refused("not_found", Unknown):
        mediation_views.get_mediation(docs, {"mediation": "Q1"}, member(id="P4"))
    with refused("not_your_grid", Forbidden):
        mediations.open(stage(), COMMANDS["open_mediation"], STRANGER)


def test_who_is_relieved_mediates_no_more_and_the_community_ends_it() -> None:
    opened = mediations.open(stage(), COMMANDS["open_mediation"], member(new_id="Q1"))
    docs = take(stage(), opened)
    take(docs, members.relieve(docs, {"member": "M1"}, WORKER))
    later = member(now=NOW + timedelta(days=1))
    with refused("not_found", Unknown):
        mediation_views.get_mediation(docs, {"mediation": "Q1"}, later)
    with refused("not_found", Unknown):
        mediations.end(docs, COMMANDS["end_mediation"], later)
    assert mediations.end(docs, COMMANDS["end_mediation"], WORKER)


def test_nobody_mediates_in_a_quarrel_of_their_own() -> None:
    own = COMMANDS["open_mediation"] | {"about": "P3"}
    with refused("own_quarrel", Forbidden):
        mediations.open(stage(), own, member(new_id="Q1"))
    merged = replace(member(id="P9"), merged=lambda: ("P3",))
    with refused("own_quarrel", Forbidden):
        mediations.open(stage(), own, merged)
    assert mediations.open(stage(), own, WORKER)


def test_a_finding_leads_to_one_mediation_in_its_grid() -> None:
    docs = take(stage(), FOLLOWUP)
    command = COMMANDS["open_mediation"] | {"finding": "F1"}
    opened = mediations.open(docs, command, member(new_id="Q1"))
    assert opened.data["finding"] == "F1"
    with refused("finding_elsewhere"):
        mediations.open(docs, command | {"grid": "W-0102"}, WORKER)
    with refused("not_found", Unknown):
        mediations.open(docs, command | {"finding": "F9"}, member())
    take(docs, opened)
    assert docs.the("findings", "F1")["mediation"] == "Q1"
    with refused("already_mediated"):
        mediations.open(docs, command, WORKER)


def test_who_is_relieved_was_in_office_until_that_moment() -> None:
    docs = stage()
    take(docs, members.relieve(docs, {"member": "M1"}, WORKER), now=NOW)
    assert docs.the("members", "M1")["until"] == "2026-06-01T01:00:00.000Z"
