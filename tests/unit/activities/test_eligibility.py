"""Who may take part: what is not said is asked for, what does not fit is told in words."""

import pytest

from services.activities.rules import eligibility, postings
from services.kit.errors import Invalid
from tests.examples.activities import COMMANDS, CONTENT, SESSION
from tests.given import refused
from tests.unit.activities.eligible import open_to, sign_up
from tests.unit.activities.stage import secretary, stage


@pytest.mark.parametrize(
    ("born", "may"),
    [
        ("1966-06-13", True),
        ("1966-06-14", False),
        ("1946-06-13", True),
        ("1946-06-12", True),
        ("1945-06-13", False),
    ],
)
def test_age_is_that_on_the_day_of_the_session(born: str, may: bool) -> None:
    docs = open_to(least_age=60, most_age=80)
    if may:
        assert sign_up(docs, {"person": "R1", "born": born}) == [
            {"person": "R1", "relation": "self"}
        ]
    else:
        with refused("age_not_admitted", says="60 到 80 周岁"):
            sign_up(docs, {"person": "R1", "born": born})


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"least_age": 18}, "限 18 周岁以上（含）"),
        ({"most_age": 6}, "限 6 周岁以下（含）"),
    ],
)
def test_only_the_limit_there_is_is_told(terms: dict[str, int], says: str) -> None:
    with refused("age_not_admitted", says=says):
        sign_up(
            open_to(**terms),
            {
                "person": "R1",
                "relation": "self",
                "born": "2016-01-01",
                "guardian": "R2",
            },
        )


def test_who_was_born_on_a_leap_day_is_a_year_older_in_march() -> None:
    docs = open_to(least_age=18)
    assert sign_up(docs, {"person": "R1", "born": "2008-02-29"})


@pytest.mark.parametrize(
    ("born", "is_believed"),
    [
        ("2026-06-13", True),
        ("2026-06-14", False),
        ("1895-06-14", True),
        ("1895-06-13", False),
    ],
)
def test_nobody_is_born_after_the_session_or_too_long_before(
    born: str, is_believed: bool
) -> None:
    child = {"person": "R1~child", "relation": "child", "born": born}
    if is_believed:
        assert sign_up(open_to(), child)
        return
    with refused("born_unbelievable", Invalid):
        sign_up(open_to(), child)


@pytest.mark.parametrize(
    ("born", "guardian"), [("2008-06-13", None), ("2008-06-14", "R1")]
)
def test_who_is_of_age_on_the_day_needs_no_guardian(
    born: str, guardian: str | None
) -> None:
    child = {"person": "R1~child", "relation": "child", "born": born}
    (member,) = sign_up(open_to(), child)
    assert member.get("guardian") == guardian


def test_a_day_of_birth_never_gets_into_an_event() -> None:
    assert "born" not in sign_up(open_to(), {"person": "R1", "born": "1980-01-01"})[0]


def test_what_matters_and_was_not_said_is_asked_for() -> None:
    for terms, code in (
        ({"least_age": 60}, "birth_needed"),
        ({"communities": ["510108002001"]}, "community_needed"),
        ({"one_per_household": True}, "household_needed"),
    ):
        with refused(code, Invalid):
            sign_up(open_to(**terms), {"person": "R1"})


def test_only_those_who_live_there() -> None:
    docs = open_to(communities=["510108002001"])
    with refused("community_not_admitted"):
        sign_up(docs, {"person": "R1", "community": "510108002002"})
    assert sign_up(docs, {"person": "R1", "community": "510108002001"})


def test_a_minor_comes_with_a_guardian() -> None:
    child = {"person": "R1-child", "relation": "child", "born": "2016-01-01"}
    assert sign_up(open_to(), {"person": "R1"}, child)[1]["guardian"] == "R1"
    assert (
        sign_up(open_to(), {**child, "guardian": "R9"}, {"person": "R9"})[0]["guardian"]
        == "R1~R9"
    )
    with refused("guardian_needed"):
        sign_up(open_to(), {"person": "R1", "born": "2016-01-01"})


def test_a_child_whose_birthday_is_not_said_comes_with_who_signs_up() -> None:
    assert (
        sign_up(
            open_to(), {"person": "R1"}, {"person": "R1-child", "relation": "child"}
        )[1]["guardian"]
        == "R1"
    )
    grown = {"person": "R2-child", "relation": "child", "born": "1990-07-01"}
    assert "guardian" not in sign_up(open_to(), {"person": "R2"}, grown, who="R2")[1]


def test_minors_do_not_answer_for_each_other() -> None:
    born = {"born": "2016-01-01"}
    with refused("guardian_minor", says="R3"):
        sign_up(
            open_to(),
            {"person": "R2", "guardian": "R3", **born},
            {"person": "R3", "guardian": "R2", **born},
        )
    with refused("guardian_minor"):
        sign_up(
            open_to(),
            {"person": "R3", "relation": "child", "guardian": "R1"},
            {"person": "R1", **born},
        )


@pytest.mark.parametrize(
    "born", ["2026-06-14", "9999-12-31", "1895-06-12", "0001-01-01"]
)
def test_nobody_is_born_after_the_session_or_before_anybody_alive(born: str) -> None:
    with refused("born_unbelievable", Invalid, says="核对出生日期"):
        sign_up(open_to(), {"person": "R1", "born": born})


@pytest.mark.parametrize(
    ("starts_at", "grown"),
    [
        ("2006-05-03T15:59:59.000Z", False),
        ("2006-05-03T16:00:00.000Z", True),
        ("2006-05-03T16:30:00.000Z", True),
    ],
)
def test_a_birthday_begins_at_midnight_in_china_whatever_summer_time_there_was(
    starts_at: str, grown: bool
) -> None:
    """1988-05-04 was in summer time: its midnight was 15:00 UTC. The day counts, not that moment."""
    member = {"person": "R1", "relation": "self", "born": "1988-05-04"}
    session = {"id": SESSION, "starts_at": starts_at, "terms": {"least_age": 18}}
    if grown:
        assert eligibility.admitted(stage(), session, [member], "R1", "online") == [
            {"person": "R1", "relation": "self"}
        ]
    else:
        with refused("age_not_admitted", says="17 周岁"):
            eligibility.admitted(stage(), session, [member], "R1", "online")


def test_an_activity_is_for_residents_of_communities_that_are_known() -> None:
    said = {
        **COMMANDS["draft_activity"],
        "terms": {"communities": [CONTENT["community"], "510108002999"]},
    }
    with refused("unknown_division", says="510108002999"):
        postings.draft(stage(), said, secretary())


def test_the_oldest_there_are_and_who_is_born_that_day_may_come() -> None:
    assert sign_up(open_to(), {"person": "R1", "born": "1895-06-14"})
    assert sign_up(open_to(), {"person": "R1", "born": "1896-06-13"})
    born_today = {"person": "baby", "relation": "child", "born": "2026-06-13"}
    assert (
        len(sign_up(open_to(), {"person": "R1", "born": "1990-01-01"}, born_today)) == 2
    )
