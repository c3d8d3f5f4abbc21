"""Findings: one way each, and back to the door they came from."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.cobuild.rules import findings as in_cobuild
from services.cobuild.service import Cobuild
from services.grids.rules import findings, visits
from services.grids.views import findings as views
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild
from tests.examples import grids as examples
from tests.given import NOW, example_of, given, happened, refused
from tests.unit.grids.stage import (
    COMMANDS,
    DOOR,
    FOLLOWUP,
    OTHER_WORKER,
    STRANGER,
    TEAM_PERSON,
    VISITED,
    WORKER,
    member,
    stage,
    take,
    told_of_a_need,
    visit,
)

SAID = COMMANDS["record_finding"]
TO_A_NEED: Json = {**examples.FOUND, "door": DOOR, "route": "need"}
NEED = example_of(cobuild, "need_raised.v1", need="N1", origin="F1")
PAGE: Json = {"after": None, "limit": 10}


def record(docs: Overlay, **changes: Any) -> Fact:
    return findings.record(docs, {**SAID, **changes}, member(new_id="F1"))


def test_what_was_seen_is_a_note_and_the_event_says_its_kind_alone() -> None:
    fact = record(stage(VISITED))
    assert fact.notes == {"F1": "软管开裂"}
    assert fact.of == DOOR
    assert "软管开裂" not in str(fact.data)
    assert fact.data["due_at"] == "2026-06-05T16:00:00.000Z"


def test_a_team_is_sent_that_comes_there_with_a_day_to_come() -> None:
    docs = stage(VISITED)
    with refused("due_in_the_past"):
        record(docs, due="2026-05-31")
    assert record(docs, due="2026-06-01").data["due"] == "2026-06-01"
    elsewhere = example_of(
        examples, "team_recorded.v1", team="T9", division="510108016"
    )
    with refused("team_elsewhere"):
        record(take(docs, elsewhere), team="T9")
    dissolved = example_of(examples, "team_dissolved.v1")
    with refused("team_elsewhere"):
        record(take(docs, dissolved))
    with refused("not_found", Unknown):
        record(docs, team="T77")


def test_only_who_goes_there_finds_something() -> None:
    with refused("not_found", Unknown):
        findings.record(stage(VISITED), SAID, STRANGER)
    of_another = example_of(examples, "visit_recorded.v1", visit="V2", door="D2")
    with refused("door_elsewhere"):
        record(stage(of_another), visit="V2")


def finding(docs: Overlay) -> Json:
    return docs.the("findings", "F1")


def recorded(command: Json) -> Overlay:
    docs = stage()
    return take(docs, findings.record(docs, command, member(new_id="F1")))


def test_a_finding_becomes_a_need_of_the_community_and_nothing_of_the_door_goes_along() -> (
    None
):
    docs = stage()
    event = happened(findings.record(docs, TO_A_NEED, member(new_id="F1")))
    fact = in_cobuild.raise_of(given(Cobuild), event, WORKER)
    assert fact is not None
    assert fact.data == {
        "need": "N1",
        "origin": "F1",
        "category": "零距离安全",
        "audience": "全体居民",
        "urgency": "urgent",
        **examples.HERE,
        "by": "P3",
        "note": "N1",
        "similar": [],
    }
    assert fact.notes == {"N1": "走访发现：燃气"}


def test_what_goes_another_way_raises_no_need() -> None:
    assert in_cobuild.raise_of(given(Cobuild), happened(FOLLOWUP), WORKER) is None


def hear(docs: Overlay, follow: Any, type: str, need: str = "N1") -> bool:
    fact = follow(docs, happened(example_of(cobuild, type, need=need)), WORKER)
    if fact is not None:
        take(docs, fact)
    return fact is not None


def referred() -> Overlay:
    """What follows from the need is decided before anything of it is folded."""
    docs = recorded(TO_A_NEED)
    fact = findings.follow_raised(docs, happened(NEED), WORKER)
    assert fact is not None
    return told_of_a_need(take(docs, fact), NEED)


def test_done_it_is_told_at_the_door_once() -> None:
    docs = referred()
    assert docs.the("doors", DOOR)["to_tell"] == []
    assert hear(docs, findings.follow_done, "need_confirmed.v1")
    assert not hear(docs, findings.follow_done, "need_closed.v1")
    assert docs.the("doors", DOOR)["to_tell"] == ["F1"]
    back = member(now=NOW + timedelta(days=1), new_id="V9")
    said = visits.record(docs, visit(told=["F1"]), back)
    take(docs, said)
    assert docs.the("doors", DOOR)["to_tell"] == []
    assert finding(docs)["told_at"] == "2026-06-02T01:00:00.000Z"
    take(docs, visits.withdraw(docs, {"visit": "V9"}, back))
    assert docs.the("doors", DOOR)["to_tell"] == ["F1"]
    assert "told_at" not in finding(docs)


@pytest.mark.parametrize("is_done_first", [True, False])
def test_nobody_is_told_at_a_door_that_is_closed(is_done_first: bool) -> None:
    docs = referred()
    closed = example_of(examples, "door_closed.v1")
    if not is_done_first:
        take(docs, closed)
    assert hear(docs, findings.follow_done, "need_confirmed.v1")
    if is_done_first:
        take(docs, closed)
    assert docs.the("doors", DOOR)["to_tell"] == []
    assert finding(docs)["state"] == "resolved"


def test_what_was_said_before_it_was_done_tells_nobody() -> None:
    docs = referred()
    early = member(now=NOW - timedelta(hours=1), new_id="V9")
    take(docs, visits.record(docs, visit(told=["F1"]), early))
    assert hear(docs, findings.follow_done, "need_confirmed.v1")
    assert docs.the("doors", DOOR)["to_tell"] == ["F1"]


def test_a_need_that_came_to_nothing_is_sent_another_way() -> None:
    docs = referred()
    assert hear(docs, findings.follow_given_up, "need_rejected.v1")
    assert finding(docs)["state"] == "returned"
    follow = {"finding": "F1", "route": "followup", "team": "T1", "due": "2026-06-05"}
    take(docs, findings.route(docs, follow, WORKER))
    assert (finding(docs)["state"], finding(docs)["reopened"]) == ("followup", 1)
    assert not hear(docs, findings.follow_done, "need_confirmed.v1")
    with refused("cannot_route_need"):
        findings.route(docs, {"finding": "F1", "route": "need"}, WORKER)


def test_a_need_that_was_turned_down_and_is_one_after_all_is_its_way_again() -> None:
    docs = referred()
    assert hear(docs, findings.follow_given_up, "need_rejected.v1")
    turned_down = example_of(cobuild, "need_appeal_decided.v1", need="N1", upheld=False)
    assert findings.follow_appealed(docs, happened(turned_down), WORKER) is None
    assert hear(docs, findings.follow_appealed, "need_appeal_decided.v1")
    assert finding(docs)["state"] == "referred"
    assert hear(docs, findings.follow_done, "need_confirmed.v1")
    assert docs.the("doors", DOOR)["to_tell"] == ["F1"]


def test_sent_another_way_meanwhile_it_stays_there() -> None:
    docs = referred()
    assert hear(docs, findings.follow_given_up, "need_rejected.v1")
    follow = {"finding": "F1", "route": "followup", "team": "T1", "due": "2026-06-05"}
    take(docs, findings.route(docs, follow, WORKER))
    assert not hear(docs, findings.follow_appealed, "need_appeal_decided.v1")
    assert finding(docs)["state"] == "followup"


def test_while_it_is_on_its_way_to_cobuild_it_goes_no_other() -> None:
    with refused("cannot_route_advice"):
        command = {"finding": "F1", "route": "advice"}
        findings.route(recorded(TO_A_NEED), command, WORKER)


def test_a_need_done_anew_is_to_be_told_anew() -> None:
    docs = referred()
    assert hear(docs, findings.follow_done, "need_confirmed.v1")
    assert hear(docs, findings.follow_reopened, "need_disputed.v1")
    assert (finding(docs)["state"], finding(docs)["reopened"]) == ("referred", 1)
    assert docs.the("doors", DOOR)["to_tell"] == []


def test_needs_of_nobody_s_door_are_none_of_its_business() -> None:
    docs = told_of_a_need(stage(), example_of(cobuild, "need_raised.v1"))
    assert not hear(docs, findings.follow_raised, "need_raised.v1", cobuild.NEED)


def test_one_of_the_team_says_it_is_done_and_others_do_not() -> None:
    docs = stage(VISITED, FOLLOWUP)
    assert findings.resolve(docs, {"finding": "F1"}, TEAM_PERSON).data["by"] == "P20"
    with refused("not_found", Unknown):
        findings.resolve(docs, {"finding": "F1"}, STRANGER)
    with refused("out_of_scope", Forbidden):
        findings.resolve(docs, {"finding": "F1"}, member())


def test_a_day_that_has_passed_is_said_and_the_team_still_sees_to_it() -> None:
    docs = stage(VISITED, FOLLOWUP)
    take(docs, findings.note_overdue(docs, finding(docs), WORKER))
    shown = views.list_followups(docs, {"team": "T1", **PAGE}, TEAM_PERSON)
    assert [(item["id"], item["overdue"]) for item in shown["items"]] == [("F1", True)]
    with refused("not_yours", Forbidden):
        views.list_followups(docs, {"team": "T1", **PAGE}, STRANGER)


def test_findings_are_listed_to_who_works_there() -> None:
    docs = stage(VISITED, FOLLOWUP)
    question = {"division": "510108015001", "state": ["followup"], **PAGE}
    (item,) = views.list_findings(docs, question, WORKER)["items"]
    assert (item["id"], item["team_name"]) == ("F1", "灯塔燃气巡检队")
    with refused("out_of_scope", Forbidden):
        views.list_findings(docs, question, OTHER_WORKER)
