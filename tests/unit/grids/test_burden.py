"""What a door may be asked: at the very bound it goes, one more does not, and a street says why it goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.district import territory
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
DAY, MOMENT = timedelta(days=1), timedelta(milliseconds=1)


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


@pytest.mark.parametrize(
    ("others", "over"),
    [
        # By one day: the last of the others is the first of the new one, or it is not.
        ([of("A", until="2026-06-10"), of("B", until="2026-06-10"), of("C", until="2026-06-10")], ["A", "B", "C"]),
        ([of("A", until="2026-06-09"), of("B", until="2026-06-09"), of("C", until="2026-06-09")], []),
        # Three, but never on one day.
        ([of("A", until="2026-06-12"), of("B", since="2026-06-13", until="2026-06-14"), of("C")], []),
        ([of("A", until="2026-06-13"), of("B", since="2026-06-13", until="2026-06-14"), of("C")], ["A", "B", "C"]),
        # Exactly the most a month may have; one more; and in another month than the new one.
        ([of("A", items=10), of("B", items=9)], []),
        ([of("A", items=10), of("B", items=10)], ["A", "B"]),
        ([of("A", items=12, until="2026-06-01"), of("B", items=8, until="2026-06-01")], ["A", "B"]),
        ([of("A", items=12, since="2026-05-01", until="2026-05-31"), of("B", items=8)], []),
        # Begun in May and over in July: in each of its months.
        ([of("A", items=12, since="2026-05-31", until="2026-07-01"), of("B", items=8)], ["A", "B"]),
    ],
)  # fmt: skip
def test_at_the_very_edge_of_what_it_may_be(
    others: list[Json], over: list[str]
) -> None:
    assert burden.over(of("NEW", since="2026-06-10"), others) == over


def test_a_round_of_more_than_a_month_alone_fills_only_its_own() -> None:
    long = of("NEW", since="2026-06-10", until="2026-08-01", items=12)
    filled = [of("A", items=9, since="2026-08-01", until="2026-08-20")]
    assert burden.over(long, filled) == ["A"]
    assert burden.over(long | {"until": "2026-07-31"}, filled) == []


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


def test_what_is_over_for_years_leaves_what_is_asked_now_in_view() -> None:
    """However many rounds there have been."""
    past = [
        of(f"OLD{number}", since="2020-01-01", until="2020-01-02")
        for number in range(rounds.MOST_ROUNDS)
    ]
    docs = empty()
    for one in [*past, of("A", items=12), of("B", items=8)]:
        closed = territory.lies_in(COMMUNITY) | {"state": "closed", "title": "走访"}
        docs.put("rounds", one | closed)
    said = {**examples.ASKING, "per": "door", "once": False}
    with refused("burden_too_high"):
        rounds.announce(docs, said, WORKER)


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
    assert announce(WORKER, since="2026-06-08", until="2026-06-08")
    said = announce(WORKER, since="2026-06-08").data
    assert (said["opens_at"], said["closes_at"]) == (
        "2026-06-07T16:00:00.000Z",
        "2026-06-30T16:00:00.000Z",
    )


def test_a_round_is_under_way_from_its_first_moment_to_before_its_last() -> None:
    begins = datetime(2026, 6, 7, 16, tzinfo=UTC)
    round = {"opens_at": instant(begins), "closes_at": instant(begins + 3 * DAY)}
    cancelled = round | {"cancelled_at": instant(begins + DAY)}
    for at, of_three_days, of_one in (
        (begins - MOMENT, False, False),
        (begins, True, True),
        (begins + DAY - MOMENT, True, True),
        (begins + DAY, True, False),
        (begins + 3 * DAY, False, False),
    ):
        assert rounds.is_open_at(round, at) is of_three_days
        assert rounds.is_open_at(cancelled, at) is of_one


@pytest.mark.parametrize(
    "title", ["户主姓名", "联系电话", "身份证后四位", "今天的血压值", "老人的生日"]
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


@pytest.mark.parametrize(
    ("kind", "title"),
    [("number", "血压多少"), ("number", "高压"), ("choice", "空腹血糖")],
)
def test_what_is_measured_is_asked_only_as_done_or_not(kind: str, title: str) -> None:
    item: Json = {"item": "measured", "title": title, "kind": kind}
    options = {"options": ["偏高", "正常"]} if kind == "choice" else {}
    with refused("sensitive_item"):
        announce(WORKER, items=[item | options])
    assert announce(
        WORKER, items=[item | {"kind": "yes_no", "title": "和医生量过血压"}]
    )
    assert announce(WORKER, items=[item | {"kind": "number", "title": "有几个高压锅"}])
