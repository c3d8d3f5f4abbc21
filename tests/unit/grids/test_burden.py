"""What a door may be asked: at the very bound it goes, one more does not, and a street says why it goes on."""

import pytest

from schemas.documents import Json
from services.grids.model import burden
from services.grids.rules import rounds
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.log import Fact
from tests.examples import grids as examples
from tests.given import example_of, refused
from tests.unit.grids.stage import (
    COMMANDS,
    COMMUNITY,
    OTHER_WORKER,
    STREET,
    WORKER,
    empty,
    take,
)

STREET_CODE, DISTRICT = "510108015", "510108"
NEXT_DOOR = "510108016001"


def of(
    id: str,
    division: str = COMMUNITY,
    items: int = 1,
    since: str = "2026-06-01",
    until: str = "2026-06-30",
    per: str = "door",
) -> Json:
    asking = [
        {"item": f"q{number}", "title": "问题", "kind": "yes_no"}
        for number in range(items)
    ]
    return {
        "id": id,
        "division": division,
        "items": asking,
        "since": since,
        "until": until,
        "per": per,
    }


@pytest.mark.parametrize(
    ("others", "over"),
    [
        ([of("A"), of("B")], []),
        ([of("A"), of("B"), of("C")], ["A", "B", "C"]),
        ([of("A"), of("B"), of("C", NEXT_DOOR)], []),
        ([of("A", DISTRICT), of("B", STREET_CODE), of("C")], ["A", "B", "C"]),
        ([of("A"), of("B"), of("C", until="2026-06-09")], []),
        ([of("A"), of("B"), of("C", until="2026-06-10")], ["A", "B", "C"]),
        ([of("A", items=12), of("B", items=7)], []),
        ([of("A", items=12), of("B", items=8)], ["A", "B"]),
        ([of("A", items=12), of("B", items=8, since="2026-07-01", until="2026-07-02")], []),
        ([of("A", items=12), of("B", items=8, per="grid")], []),
        ([of("A", per="grid"), of("B"), of("C")], ["A", "B", "C"]),
    ],
)  # fmt: skip
def test_a_door_is_not_asked_more_than_it_may_be(
    others: list[Json], over: list[str]
) -> None:
    round = of("NEW", since="2026-06-10")
    assert burden.over(round, others) == over


def test_a_round_of_a_street_meets_those_of_its_communities() -> None:
    below = [of("A"), of("B"), of("C"), of("D", NEXT_DOOR)]
    assert burden.over(of("NEW", STREET_CODE), below) == ["A", "B", "C"]
    apart = [of("A", f"{STREET_CODE}001"), of("B", f"{STREET_CODE}002")]
    apart.append(of("C", f"{STREET_CODE}003"))
    assert burden.over(of("NEW", STREET_CODE), apart) == []


def test_a_round_over_new_year_is_of_both_months() -> None:
    assert burden.months(of("A", since="2026-12-31", until="2027-01-01")) == [
        "2026-12",
        "2027-01",
    ]


def announced(number: int) -> Fact:
    return example_of(
        examples, "round_announced.v1", round=f"R{number}", title=f"第{number}轮"
    )


def announce(who: Asked, *facts: Fact, **more: object) -> Fact:
    said = {**examples.ASKING, "per": "door", "once": False, **more}
    return rounds.announce(take(empty(), *facts), said, who)


THREE = [announced(number) for number in (1, 2, 3)]


def test_above_it_the_refusal_names_the_rounds_it_meets() -> None:
    assert announce(WORKER, *THREE[:2]).data.get("over") is None
    with refused("burden_too_high", says="“第1轮”、“第2轮”、“第3轮”"):
        announce(WORKER, *THREE)
    cancelled = example_of(examples, "round_cancelled.v1", round="R3")
    assert announce(WORKER, *THREE, cancelled)


def test_a_street_goes_on_with_a_reason_that_everybody_reads() -> None:
    with refused("burden_too_high", Forbidden):
        announce(WORKER, *THREE, override="汛期排查")
    with refused("burden_too_high"):
        announce(STREET, *THREE)
    said = announce(STREET, *THREE, override="汛期排查").data
    assert (said["over"], said["override"]) == (["R1", "R2", "R3"], "汛期排查")
    assert "override" not in announce(STREET, override="汛期排查").data


def test_who_works_there_announces_from_today_on_and_asks_nothing_personal() -> None:
    with refused("out_of_scope", Forbidden):
        announce(OTHER_WORKER)
    with refused("out_of_scope", Forbidden):
        announce(WORKER, division=STREET_CODE)
    with refused("begins_in_the_past"):
        announce(WORKER, since="2026-05-31")
    with refused("ends_before_it_begins", Invalid):
        announce(WORKER, until="2026-05-31")
    assert announce(WORKER).data["closes_at"] == "2026-06-30T16:00:00.000Z"


@pytest.mark.parametrize(
    "title", ["户主姓名", "联系电话", "身份证后四位", "今天的血压值"]
)
def test_what_nobody_may_write_down_at_a_door_is_not_asked(title: str) -> None:
    with refused("sensitive_item"):
        announce(WORKER, items=[{"item": "q", "title": title, "kind": "number"}])


def test_an_item_is_named_once_and_depends_on_one_before_it() -> None:
    gas, hose, *_ = COMMANDS["announce_round"]["items"]
    with refused("item_twice", Invalid):
        announce(WORKER, items=[gas, gas])
    with refused("unknown_item", Invalid):
        announce(WORKER, items=[hose, gas])
