"""The day of a member: each door with what is asked, who is looked in on and what was found; and who is in what."""

from dataclasses import replace

import pytest

from schemas.documents import Json, without
from services.grids.model import burden
from services.grids.views.doors import get_door, list_day
from services.grids.views.findings import get_finding
from services.grids.views.members import list_my_teams, list_my_terms
from services.grids.views.rounds import ask_burden
from services.grids.views.slips import called_on, slip_of
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import asked, example_of
from tests.unit.grids.stage import (
    CARE_BEGUN,
    COMMUNITY,
    DOOR,
    FOLLOWUP,
    STRANGER,
    TEAM_PERSON,
    VISITED,
    WORKER,
    member,
    stage,
    take,
)

KEY = b"k" * 32
ALL: Json = {"after": None, "limit": 20}
HERE = examples.HERE | ALL
DONE = example_of(examples, "finding_resolved.v1")
TOLD = example_of(
    examples,
    "visit_recorded.v1",
    visit="V2",
    nonce="n-2",
    told=["F1"],
    at="2026-06-12T01:00:00.000Z",
)


def test_a_day_is_the_walk_with_what_is_to_be_done_at_each_door() -> None:
    docs = stage(VISITED, CARE_BEGUN, FOLLOWUP)
    first, second = list_day(docs, HERE, member())["items"]
    assert [one["round"] for one in first["rounds"]] == ["R1"]
    assert first["rounds"][0]["answers"] == examples.ANSWERS
    assert [(one["care"], one["missed"]) for one in first["calls"]] == [("C1", 0)]
    assert [one["finding"] for one in first["findings"]] == ["F1"]
    assert (second["rounds"][0]["answers"], second["findings"]) == ([], [])


def test_a_quarrel_a_word_was_said_about_stays_until_somebody_mediates() -> None:
    said = FOLLOWUP.data | {"kind": "quarrel", "route": "advice"}
    quarrel = replace(FOLLOWUP, data=without(said, "team", "due", "due_at"))
    docs = stage(quarrel, replace(quarrel, data=quarrel.data | {"finding": "F2"}))
    opened = example_of(examples, "mediation_opened.v1", finding="F2")
    assert findings_of(docs) == ["F1", "F2"]
    assert findings_of(take(docs, opened)) == ["F1"]


def findings_of(docs: Overlay) -> list[str]:
    door = get_door(docs, {"door": DOOR}, member())
    return sorted(one["finding"] for one in door["findings"])


def test_a_day_is_for_who_goes_to_those_doors() -> None:
    with pytest.raises(Forbidden):
        list_day(stage(), HERE, STRANGER)


def test_what_is_done_stays_with_the_door_until_it_is_told_there() -> None:
    docs = stage(FOLLOWUP, DONE)
    door = get_door(docs, {"door": DOOR}, member())
    assert [one["state"] for one in door["findings"]] == ["resolved"]
    told = get_door(take(docs, TOLD), {"door": DOOR}, member())
    assert told["findings"] == []


def test_a_finding_says_at_which_door_it_is() -> None:
    finding = get_finding(stage(FOLLOWUP), {"finding": "F1"}, TEAM_PERSON)
    assert finding["walk"] == 1


def test_somebody_has_the_grids_they_are_in_office_for() -> None:
    docs = stage()
    assert [one["id"] for one in list_my_terms(docs, ALL, member())["items"]] == ["M1"]
    take(docs, example_of(examples, "member_relieved.v1"))
    assert list_my_terms(docs, ALL, member())["items"] == []


def test_somebody_has_the_teams_they_are_in() -> None:
    docs = stage()
    mine = list_my_teams(docs, ALL, TEAM_PERSON)["items"]
    assert [one["id"] for one in mine] == ["T1"]
    assert list_my_teams(docs, ALL, STRANGER)["items"] == []
    take(docs, example_of(examples, "team_dissolved.v1"))
    assert list_my_teams(docs, ALL, TEAM_PERSON)["items"] == []


def test_the_burden_of_a_place_is_that_of_its_most_asked_door() -> None:
    said = ask_burden(stage(), {"division": COMMUNITY[:9]}, asked_of_the_street())
    assert (said["at_once"], said["months"]) == (1, [{"month": "2026-06", "items": 4}])
    with pytest.raises(Forbidden):
        ask_burden(stage(), {"division": COMMUNITY[:9]}, WORKER)


def asked_of_the_street() -> Asked:
    return asked(("street_admin", COMMUNITY[:9]), id="P10")


def test_rounds_of_a_street_and_of_its_community_add_up_at_a_door() -> None:
    items: list[Json] = [{}] * 5
    asks = {"per": "door", "items": items}
    in_june = asks | {"since": "2026-06-01", "until": "2026-06-10"}
    later = asks | {"since": "2026-06-20", "until": "2026-07-02"}
    street, other = COMMUNITY[:9], f"{COMMUNITY[:9]}999"
    rounds = [
        {"id": "A", "division": street} | in_june,
        {"id": "B", "division": COMMUNITY} | in_june,
        {"id": "C", "division": other} | in_june,
        {"id": "D", "division": COMMUNITY} | later,
        {"id": "E", "division": other} | later | {"per": "grid"},  # Asks no door.
    ]
    assert burden.at_once(street, rounds, "2026-06-05") == 2
    assert burden.by_month(COMMUNITY, rounds, "2026-06-05") == {
        "2026-06": 15,
        "2026-07": 5,
    }
    assert burden.by_month(other, rounds, "2026-06-05") == {"2026-06": 10}


def test_who_holds_the_slip_of_a_visit_learns_who_called_and_why() -> None:
    docs = stage(VISITED, FOLLOWUP)
    slip = slip_of(docs, {"visit": "V1"}, member(), KEY)
    called = called_on(docs, slip, STRANGER, KEY)
    assert (called["caller"], called["round"]) == ("member", "入户查燃气")
    assert called["findings"] == [{"kind_text": "燃气", "state_text": "队伍办理中"}]
    assert not {"label", "member", "door", "answers"} & called.keys()


@pytest.mark.parametrize(("outcome", "is_told"), [("met", True), ("not_in", False)])
def test_a_slip_left_on_a_door_says_nothing_of_whoever_lives_behind_it(
    outcome: str, is_told: bool
) -> None:
    ill = replace(FOLLOWUP, data=FOLLOWUP.data | {"finding": "F2", "kind": "health"})
    called_at = VISITED.data | {"outcome": outcome, "care": "C1", "answers": []}
    docs = stage(CARE_BEGUN, replace(VISITED, data=called_at), FOLLOWUP, ill)
    slip = slip_of(docs, {"visit": "V1"}, member(), KEY)
    called = called_on(docs, slip, STRANGER, KEY)
    kinds = {one["kind_text"] for one in called["findings"]}
    assert called["care"] is is_told
    assert kinds == ({"燃气", "健康"} if is_told else {"燃气"})


def test_without_its_own_slip_a_visit_is_nobodys_business() -> None:
    docs = stage(VISITED, example_of(examples, "visit_recorded.v1", visit="V2"))
    slip = slip_of(docs, {"visit": "V1"}, member(), KEY)
    for other in (slip | {"visit": "V2"}, slip | {"visit": "V9"}):
        with pytest.raises(Unknown):
            called_on(docs, other, STRANGER, KEY)
    with pytest.raises(Unknown):
        slip_of(docs, {"visit": "V1"}, STRANGER, KEY)
