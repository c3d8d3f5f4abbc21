"""Who may take part: what is not said is asked for, what does not fit is told in words."""

from typing import Any

import pytest

from schemas.documents import Json
from services.activities.rules import (
    changes,
    eligibility,
    overlaps,
    parties,
    postings,
    signups,
)
from services.activities.service import Activities
from services.activities.views import signups as signups_shown
from services.kit.errors import Invalid
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, SESSION, STREAM
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import BEFORE, OPENED, resident, secretary, stage
from tests.unit.activities.test_dates import series


def open_to(**terms: Any) -> Overlay:
    return stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "terms": terms}), OPENED
    )


def sign_up(docs: Overlay, *party: Json, who: str = "R1") -> list[Json]:
    """The party as the event tells of it."""
    said = [{"relation": "self", **member} for member in party]
    fact = signups.sign_up(
        docs, {"activity": ACTIVITY, "party": said}, resident(who, new_id=f"S-{who}")
    )
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    told: list[Json] = fact.data["party"]
    return told


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


def served(docs: Overlay, person: str, household: str) -> list[Json]:
    """The same, said by the worker of the community for somebody who is not online."""
    worker = asked(
        ("community_worker", "510108002001"), id="W1", now=BEFORE, new_id=f"S-{person}"
    )
    party = [{"person": person, "relation": "self", "household": household}]
    fact = signups.sign_up(
        docs, {"activity": ACTIVITY, "party": party, "by": person}, worker
    )
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    told: list[Json] = fact.data["party"]
    return told


def shares_household(docs: Overlay, signup: str) -> bool:
    """What the host sees of it."""
    return "household_shared" in signups_shown.get_signup(
        docs, {"signup": signup}, secretary()
    )


def test_what_somebody_says_of_a_household_keeps_nobody_out_and_is_seen_by_the_host_alone() -> (
    None
):
    docs = open_to(one_per_household=True)
    sign_up(
        docs, {"person": "R1", "household": "H1"}, {"person": "R2", "household": "H1"}
    )
    assert not shares_household(docs, "S-R1")
    assert sign_up(docs, {"person": "R3", "household": "H1"}, who="R3")
    assert shares_household(docs, "S-R1")
    assert shares_household(docs, "S-R3")
    own = signups_shown.get_signup(docs, {"signup": "S-R3"}, resident("R3"))
    assert "household_shared" not in own
    cancelled = signups.cancel_signup(docs, {"signup": "S-R1"}, resident("R1"))
    given_from(docs, Activities, "activities", cancelled, now=BEFORE)
    assert not shares_household(docs, "S-R3")


def test_the_worker_of_the_community_signs_a_household_up_once_whatever_others_say() -> (
    None
):
    docs = open_to(one_per_household=True)
    sign_up(docs, {"person": "R1", "household": "H1"})
    served(docs, "E1", "H1")
    with refused("household_signed_up"):
        served(docs, "E2", "H1")
    assert sign_up(docs, {"person": "R3", "household": "H1"}, who="R3")
    cancelled = signups.cancel_signup(docs, {"signup": "S-E1"}, resident("E1"))
    given_from(docs, Activities, "activities", cancelled, now=BEFORE)
    assert served(docs, "E2", "H1")


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


def test_nobody_is_in_two_places_at_once() -> None:
    docs = series(several=2)
    other = {**CONTENT, "activity": "A2", "title": "端午诗会"}
    plan = {
        **CONTENT["sessions"][0],
        "session": "A2.1",
        "starts_at": "2026-06-13T02:59:00.000Z",
    }
    plan["ends_at"] = "2026-06-13T05:00:00.000Z"
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_published.v2", "activity/A2", {**other, "sessions": [plan]}),
    )
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_opened.v1", "activity/A2", {"activity": "A2"}),
    )
    told = {
        "activity": "A2",
        "session": "A2.1",
        "signup": "G1",
        "by": "R1",
        "ticket": 1,
    }
    party = [{"person": "R1", "relation": "self"}]
    given_from(
        docs,
        Activities,
        "activities",
        Fact("signup_confirmed.v1", "activity/A2", {**told, "party": party}),
    )
    command = {"activity": ACTIVITY, "session": SESSION, "party": party}
    with refused("overlapping", says="端午诗会"):
        signups.sign_up(docs, command, resident("R1"))
    assert signups.sign_up(
        docs, {**command, "session": f"{ACTIVITY}.2"}, resident("R1")
    )
    moved = {**plan, "starts_at": "2026-06-13T03:00:00.000Z"}
    changed = {"changed": ["starts_at"], "moved": ["A2.1"], "reason": "晚点"}
    change = Fact(
        "activity_changed.v1", "activity/A2", {**other, "sessions": [moved], **changed}
    )
    given_from(docs, Activities, "activities", change)
    assert signups.sign_up(docs, command, resident("R1"))


def test_a_session_moved_onto_another_one_overlaps_it() -> None:
    docs = series(several=2)
    sign_up_second = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.2",
        "party": [{"person": "R1", "relation": "self"}],
    }
    fact = signups.sign_up(docs, sign_up_second, resident("R1", new_id="S1"))
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    plans = [
        docs.the("contents", ACTIVITY)["sessions"][0],
        dict(docs.the("contents", ACTIVITY)["sessions"][1]),
    ]
    plans[1] |= {
        "starts_at": "2026-06-13T02:00:00.000Z",
        "ends_at": "2026-06-13T04:00:00.000Z",
    }
    changed = {"changed": ["starts_at"], "moved": [f"{ACTIVITY}.2"], "reason": "提前"}
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": plans, **changed}),
    )
    with refused("overlapping"):
        signups.sign_up(docs, {**sign_up_second, "session": SESSION}, resident("R1"))


def test_an_activity_is_for_residents_of_communities_that_are_known() -> None:
    said = {
        **COMMANDS["draft_activity"],
        "terms": {"communities": [CONTENT["community"], "510108002999"]},
    }
    with refused("unknown_division", says="510108002999"):
        postings.draft(stage(), said, secretary())


def test_a_household_whose_only_member_passed_the_seat_on_may_sign_up() -> None:
    docs = open_to(one_per_household=True)
    served(docs, "R1", "H1")
    to = {"person": "uncle", "relation": "family", "household": "H2"}
    command = {"signup": "S-R1", "person": "R1", "to": to}
    given_from(
        docs, Activities, "activities", parties.pass_on(docs, command, resident("R1"))
    )
    with refused("household_signed_up"):
        served(docs, "R4", "H2")
    assert served(docs, "R3", "H1")


def test_however_many_seats_and_moved_sessions_there_are_about_then_none_is_overlooked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(overlaps, "MOST_AT_A_TIME", 1)
    docs = series()

    def take(fact: Fact) -> None:
        given_from(docs, Activities, "activities", fact)

    def move(number: int, hour: int) -> Fact:
        said = {
            "session": f"{ACTIVITY}.{number}",
            "starts_at": f"2026-06-13T0{hour}:00:00.000Z",
        }
        command = {"activity": ACTIVITY, "which": "one", "reason": "换", **said}
        return changes.change(docs, command, secretary())

    def ask(number: int) -> Fact:
        party = [{"person": "R1", "relation": "self"}]
        command = {
            "activity": ACTIVITY,
            "session": f"{ACTIVITY}.{number}",
            "party": party,
        }
        return signups.sign_up(docs, command, resident("R1", new_id=f"S{number}"))

    for number, hour in ((1, 3), (2, 5)):
        take(move(number, hour))
        take(ask(number))
    take(move(3, 6))
    with refused("overlapping", says="6月13日 周六 13:00"):
        ask(3)


def test_the_oldest_there_are_and_who_is_born_that_day_may_come() -> None:
    assert sign_up(open_to(), {"person": "R1", "born": "1895-06-14"})
    assert sign_up(open_to(), {"person": "R1", "born": "1896-06-13"})
    born_today = {"person": "baby", "relation": "child", "born": "2026-06-13"}
    assert (
        len(sign_up(open_to(), {"person": "R1", "born": "1990-01-01"}, born_today)) == 2
    )
