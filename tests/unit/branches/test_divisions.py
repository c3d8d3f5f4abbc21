"""Divisions have periods: what is recorded late, ended or taken back changes no month that is over."""

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.branches.divisions import ListDivisions
from services.branches import views
from services.branches.rules import divisions
from services.branches.service import Branches
from services.district import territory
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import asked, example_of, given, given_from, marked

DISTRICT, STREET, COMMUNITY, LATER = (
    "510108",
    "510108015",
    "510108015001",
    "510108015002",
)
SET_UP, AUTUMN = (
    datetime(2026, 6, 1, 1, tzinfo=UTC),
    datetime(2026, 9, 10, 1, tzinfo=UTC),
)


def at(moment: datetime, *roles: tuple[str, str]) -> Any:
    return asked(*(roles or (("district_admin", DISTRICT),)), now=moment)


def told(docs: Overlay, fact: Fact, moment: datetime) -> Overlay:
    return given_from(docs, Branches, "branches", fact, now=moment)


def recorded(docs: Overlay, code: str, moment: datetime, **more: str) -> Overlay:
    command = {"division": code, "name": "某某", "status": "demo", **more}
    return told(docs, divisions.record_division(docs, command, at(moment)), moment)


def set_up() -> Overlay:
    docs = given(Branches)
    for code in (DISTRICT, STREET, COMMUNITY):
        recorded(docs, code, SET_UP)
    return docs


def periods(docs: Overlay, code: str) -> Any:
    return docs.the("divisions", code)["periods"]


def valid(docs: Overlay, code: str, first: str, last: str) -> bool:
    return territory.is_valid(docs.the("divisions", code), first, last)


def listed(docs: Overlay) -> list[str]:
    question = ListDivisions().load({"level": "community"})
    return [
        one["id"]
        for one in views.divisions.list_divisions(docs, question, at(AUTUMN))["items"]
    ]


def test_what_a_district_is_set_up_with_has_always_been_there() -> None:
    assert [periods(set_up(), code) for code in (DISTRICT, STREET, COMMUNITY)] == [
        [{}]
    ] * 3
    assert valid(set_up(), COMMUNITY, "2020-01-01", "2020-01-31")


def test_what_is_recorded_later_begins_on_that_day() -> None:
    docs = recorded(set_up(), LATER, AUTUMN)
    assert periods(docs, LATER) == [{"valid_from": "2026-09-10"}]
    assert not valid(docs, LATER, "2026-08-01", "2026-08-31")
    assert valid(docs, LATER, "2026-09-01", "2026-09-30")


def test_another_name_is_no_other_period() -> None:
    docs = recorded(set_up(), COMMUNITY, AUTUMN, name="新名")
    recorded(recorded(docs, LATER, AUTUMN), LATER, AUTUMN, name="新名")
    assert (periods(docs, COMMUNITY), periods(docs, LATER)) == (
        [{}],
        [{"valid_from": "2026-09-10"}],
    )
    with pytest.raises(Exception, match="改名") as caught:
        recorded(docs, LATER, AUTUMN, valid_from="2026-10-01")
    assert caught.value.code == "already_valid"  # type: ignore[attr-defined]


def end(docs: Overlay, code: str, valid_to: str, moment: datetime = AUTUMN) -> Overlay:
    command = {"division": code, "valid_to": valid_to}
    return told(docs, divisions.end_division(docs, command, at(moment)), moment)


def withdraw(docs: Overlay, code: str, moment: datetime = AUTUMN) -> Overlay:
    return told(
        docs, divisions.withdraw_division(docs, {"division": code}, at(moment)), moment
    )


def test_one_that_ends_was_there_before_and_may_begin_again() -> None:
    docs = end(set_up(), COMMUNITY, "2026-09-30")
    assert valid(docs, COMMUNITY, "2026-09-01", "2026-09-30")
    assert not valid(docs, COMMUNITY, "2026-10-01", "2026-10-31")
    assert listed(docs) == [COMMUNITY]
    recorded(docs, COMMUNITY, AUTUMN, valid_from="2026-11-01")
    assert not valid(docs, COMMUNITY, "2026-10-01", "2026-10-31")
    assert valid(docs, COMMUNITY, "2026-11-01", "2026-11-30")


def test_one_recorded_by_mistake_is_taken_back_as_if_it_had_never_been() -> None:
    docs = withdraw(recorded(set_up(), LATER, AUTUMN), LATER)
    assert listed(docs) == [COMMUNITY]
    assert not valid(docs, LATER, "2026-09-01", "2026-09-30")
    with pytest.raises(Unknown):
        views.divisions.get_division(docs, {"division": LATER}, at(AUTUMN))
    recorded(docs, LATER, AUTUMN, name="登记对了")
    assert listed(docs) == [COMMUNITY, LATER]


REFUSALS = {
    "begins_in_the_past": lambda docs: recorded(
        docs, LATER, AUTUMN, valid_from="2026-09-09"
    ),
    "ends_in_the_past": lambda docs: end(docs, COMMUNITY, "2026-09-09"),
    "already_ended": lambda docs: end(
        end(docs, COMMUNITY, "2026-09-30"), COMMUNITY, "2026-10-31"
    ),
    "periods_overlap": lambda docs: recorded(
        end(docs, COMMUNITY, "2026-09-30"), COMMUNITY, AUTUMN
    ),
    "ends_before_it_begins": lambda docs: end(
        recorded(docs, LATER, AUTUMN, valid_from="2026-10-01"), LATER, "2026-09-20"
    ),
    "division_not_empty": lambda docs: end(docs, STREET, "2026-09-30"),
    "recorded_before": lambda docs: withdraw(docs, COMMUNITY),
    "unknown_division": lambda docs: withdraw(docs, "510108015009"),
    "division_not_valid": lambda docs: recorded(
        end(end(docs, COMMUNITY, "2026-09-30"), STREET, "2026-09-30"),
        LATER,
        AUTUMN,
        valid_from="2026-10-01",
    ),
    "division_in_use": lambda docs: withdraw(
        told(
            recorded(docs, LATER, AUTUMN),
            example_of(examples, "branch_established.v1", community=LATER),
            AUTUMN,
        ),
        LATER,
    ),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_would_change_the_past_or_lose_what_is_there_is_refused(code: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # Of several kinds; the code tells.
        REFUSALS[code](set_up())
    assert caught.value.code == code  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["end_division", "withdraw_division"])
def test_a_street_decides_nothing_of_divisions(name: str) -> None:
    command = {"division": COMMUNITY, "valid_to": "2026-09-30"}
    with pytest.raises(Forbidden):
        marked(Branches, name)(set_up(), command, at(AUTUMN, ("street_admin", STREET)))


def test_one_of_an_old_log_has_always_been_there() -> None:
    docs = given(Branches, example_of(examples, "division_recorded.v1"))
    assert periods(docs, examples.COMMUNITY) == [{}]


def test_a_new_period_begins_at_the_earliest_on_the_day_after_the_last() -> None:
    docs = end(set_up(), COMMUNITY, "2026-09-30")
    with pytest.raises(Refused, match="2026年9月30日") as caught:
        recorded(docs, COMMUNITY, AUTUMN, valid_from="2026-09-30")
    assert caught.value.code == "periods_overlap"
    assert periods(
        recorded(docs, COMMUNITY, AUTUMN, valid_from="2026-10-01"), COMMUNITY
    )[1:] == [{"valid_from": "2026-10-01"}]


def test_it_may_end_today_and_on_the_day_it_began() -> None:
    docs = end(recorded(set_up(), LATER, AUTUMN), LATER, "2026-09-10")
    assert periods(docs, LATER) == [
        {"valid_from": "2026-09-10", "valid_to": "2026-09-10"}
    ]


def test_a_name_given_later_says_from_when_the_division_is_as_before() -> None:
    docs = recorded(set_up(), LATER, AUTUMN)
    command = {"division": LATER, "name": "新名", "status": "demo"}
    assert (
        divisions.record_division(docs, command, at(AUTUMN)).data["valid_from"]
        == "2026-09-10"
    )


def test_what_is_recorded_on_the_first_of_a_month_is_taken_back_until_its_last_day() -> (
    None
):
    first, last, after = (
        datetime(2026, month, day, 1, tzinfo=UTC)
        for month, day in ((9, 1), (9, 30), (10, 1))
    )
    withdraw(recorded(set_up(), LATER, first), LATER, last)
    with pytest.raises(Refused) as caught:
        withdraw(recorded(set_up(), LATER, first), LATER, after)
    assert caught.value.code == "recorded_before"
