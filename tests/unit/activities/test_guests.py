"""Whom somebody else names is a guest of theirs: it tells nothing of anybody and binds nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.activities.rules import contests, door, parties, signups, walkins
from services.activities.service import Activities
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    CLOSED,
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
)

NOW = STARTS + timedelta(minutes=5)


def take(docs: Overlay, happened: Fact) -> Fact:
    given_from(docs, Activities, "activities", happened, now=BEFORE)
    return happened


def sign_up(docs: Overlay, who: Asked, *party: str, **more: Any) -> Fact:
    members = [{"person": person, "relation": "family"} for person in party]
    return take(
        docs,
        signups.sign_up(docs, {"activity": ACTIVITY, "party": members, **more}, who),
    )


def worker(
    id: str = "W1", community: str = "510108002001", new_id: str = "N9"
) -> Asked:
    return asked(("community_worker", community), id=id, now=BEFORE, new_id=new_id)


def reading_hour(*persons: str, host: str = "unit/U1") -> list[Fact]:
    """Another activity at the same time, with those in it by their own sign-ups."""
    plan = {**CONTENT["sessions"][0], "session": "A2.1"}
    content = {
        **CONTENT,
        "activity": "A2",
        "title": "读书会",
        "host": host,
        "sessions": [plan],
    }
    told = {"activity": "A2", "session": "A2.1"}
    return [
        Fact("activity_published.v2", "activity/A2", content),
        Fact("activity_opened.v1", "activity/A2", {"activity": "A2"}),
        *(
            Fact(
                "signup_confirmed.v1",
                "activity/A2",
                {
                    **told,
                    "signup": f"A2-{p}",
                    "by": p,
                    "party": [{"person": p, "relation": "self"}],
                    "ticket": n,
                },
            )
            for n, p in enumerate(persons, start=1)
        ),
    ]


def at_stage(*facts: Fact) -> Overlay:
    return stage(PUBLISHED, OPENED, *facts)


def test_a_stranger_who_is_named_signs_up_as_if_nothing_had_been() -> None:
    docs = at_stage()
    assert (
        sign_up(docs, resident("R1"), "R1", "R2").data["party"][1]["person"] == "R1~R2"
    )
    assert (
        sign_up(docs, resident("R2", new_id="N2"), "R2").type == "signup_confirmed.v1"
    )


def test_who_names_a_stranger_learns_nothing_of_them() -> None:
    docs = at_stage(confirmed("G1", "R2", ticket=1), *reading_hour("R3"))
    assert sign_up(docs, resident("R1"), "R1", "R2", "R3").type == "signup_confirmed.v1"


def test_who_was_named_has_no_seat_no_sign_up_and_nothing_missed() -> None:
    docs = at_stage()
    sign_up(docs, resident("R1"), "R2")
    for each in (STARTED, CLOSED):
        take(docs, each)
    assert docs.find(Find("seats", {"person": "R2"}, "starts_at")) == []
    assert docs.find(Find("signups", {"by": "R2"}, "starts_at")) == []


def test_somebody_elses_guest_is_nobodys_to_name() -> None:
    for named in ({"person": "R2~child"}, {"person": "child", "guardian": "R2~wife"}):
        with refused("anothers_guest"):
            command = {"activity": ACTIVITY, "party": [{"relation": "child", **named}]}
            signups.sign_up(at_stage(), command, resident("R1"))


def test_the_guests_of_one_signer_are_at_one_place_at_a_time() -> None:
    docs = at_stage(*reading_hour())
    command = {"activity": "A2", "party": [{"person": "grandma", "relation": "elder"}]}
    take(docs, signups.sign_up(docs, command, resident("R1", new_id="N0")))
    with refused("overlapping", says="grandma 同一时间已报名《读书会》"):
        sign_up(docs, resident("R1"), "R1", "grandma")
    assert sign_up(docs, resident("R2"), "R2", "grandma")


def test_a_guest_of_whom_nobody_says_what_they_are_is_of_the_family() -> None:
    party = [{"person": person, "relation": "self"} for person in ("R1", "auntie")]
    signed_up = signups.sign_up(
        at_stage(), {"activity": ACTIVITY, "party": party}, resident("R1")
    )
    told = [member["relation"] for member in signed_up.data["party"]]
    assert told == ["self", "family"]


def test_a_guardian_is_who_signs_up_or_a_guest_and_never_somebody_else() -> None:
    docs = at_stage()
    for said, told in (("R1", "R1"), ("grandma", "R1~grandma"), ("R2", "R1~R2")):
        party = [{"person": "child", "relation": "child", "guardian": said}]
        signed_up = signups.sign_up(
            docs, {"activity": ACTIVITY, "party": party}, resident("R1")
        )
        assert signed_up.data["party"][0]["guardian"] == told


def test_a_seat_is_passed_on_to_a_guest_or_to_who_signed_up() -> None:
    docs = at_stage(confirmed("G1", "R2", ticket=1))
    sign_up(docs, resident("R1"), "R1")
    to = {"person": "R2", "relation": "family"}
    passed = parties.pass_on(
        docs, {"signup": "N1", "person": "R1", "to": to}, resident("R1")
    )
    assert passed.data["to"]["person"] == "R1~R2"
    with refused("anothers_guest"):
        said = {"signup": "N1", "person": "R1", "to": {**to, "person": "R2~child"}}
        parties.pass_on(docs, said, resident("R1"))


def test_a_worker_signs_a_resident_up_and_names_that_residents_guests() -> None:
    docs = at_stage()
    party = sign_up(docs, worker(), "E1", "E2", by="E1").data["party"]
    assert [member["person"] for member in party] == ["E1", "E1~E2"]


NEUTRAL = "这位居民同一时间已有安排"


def told_of_overlap(asking: Callable[[], Fact]) -> str:
    with pytest.raises(Refused) as refusal:
        asking()
    assert refusal.value.code == "overlapping"
    return refusal.value.title


def test_another_place_is_named_to_that_person_and_to_its_keeper_and_to_no_other_worker() -> (
    None
):
    docs = at_stage(*reading_hour("E1"))

    def proxied(who: Asked) -> Callable[[], Fact]:
        return lambda: sign_up(docs, who, "E1", by="E1")

    assert told_of_overlap(proxied(worker())) == NEUTRAL
    assert "读书会" in told_of_overlap(lambda: sign_up(docs, resident("E1"), "E1"))
    liaison = (("community_worker", "510108002001"), ("unit_liaison", "unit/U1"))
    assert "读书会" in told_of_overlap(proxied(asked(*liaison, id="L1", now=BEFORE)))


def test_a_host_that_passes_a_seat_back_is_not_told_where_else_the_signer_is() -> None:
    docs = at_stage()
    sign_up(docs, resident("R1"), "friend")
    for each in reading_hour("R1"):
        take(docs, each)
    back = {
        "signup": "N1",
        "person": "friend",
        "to": {"person": "R1", "relation": "self"},
    }
    assert told_of_overlap(lambda: parties.pass_on(docs, back, secretary())) == NEUTRAL
    assert "读书会" in told_of_overlap(
        lambda: parties.pass_on(docs, back, resident("R1"))
    )


def test_who_was_named_by_id_in_an_old_log_is_told_the_way_out_and_takes_it() -> None:
    docs = at_stage(confirmed("G1", "R1", "R2", ticket=1))
    with refused("already_signed_up", says="在别人的报名里，可先退出"):
        sign_up(docs, resident("R2"), "R2")
    take(docs, parties.leave(docs, {"signup": "G1"}, resident("R2")))
    assert sign_up(docs, resident("R2"), "R2").type == "signup_confirmed.v1"


def test_a_guest_who_came_has_no_record() -> None:
    shift = Fact("activity_published.v2", STREAM, {**CONTENT, "all_help": True})
    party = [{"person": person, "relation": "self"} for person in ("R1", "R1~child")]
    told = {"signup": "G1", "by": "R1", "ticket": 1, "role": "helper"}
    docs = stage(
        shift,
        OPENED,
        fact("signup_confirmed.v1", session=SESSION, party=party, **told),
        STARTED,
    )
    for person in ("R1", "R1~child"):
        command = {"activity": ACTIVITY, "person": person}
        take(docs, door.check_in(docs, command, secretary(now=NOW), KEY))
    assert docs.the("seatings", SESSION)["attended"] == 2
    assert docs.get("years", "R1:2026:all") is not None
    assert docs.get("years", "R1~child:2026:all") is None


def test_who_simply_comes_is_written_down_whatever_else_they_take_part_in() -> None:
    docs = at_stage(STARTED, *reading_hour("R1"))
    walked = walkins.walk_in(
        docs,
        {"activity": ACTIVITY, "person": "R1", "relation": "self"},
        secretary(now=NOW),
        KEY,
    )
    assert (walked.data["person"], walked.data["by"]) == ("R1", "R1")


def test_a_guest_who_comes_without_a_seat_is_the_guest_of_the_same_signer() -> None:
    docs = at_stage(STARTED)
    command = {"activity": ACTIVITY, "person": "R1~child", "relation": "child"}
    walked = walkins.walk_in(docs, command, secretary(now=NOW), KEY)
    assert (
        walked.data["person"],
        walked.data["by"],
        walked.data["party"][0]["guardian"],
    ) == ("R1~child", "R1", "R1")


def test_others_of_a_party_see_of_it_what_concerns_themselves() -> None:
    docs = at_stage(confirmed("G1", "R1", "R2", "R1~child", ticket=1))
    for who, people in (
        (resident("R1"), 3),
        (resident("R2"), 1),
        (secretary(), 3),
        (worker(), 3),
    ):
        shown = signups_shown.get_signup(docs, {"signup": "G1"}, who)
        assert len(shown["party"]) == people
    mine = signups_shown.my_signups(docs, {"limit": 10, "after": None}, resident("R2"))[
        "items"
    ]
    assert [one["party"] for one in mine] == [[{"person": "R2", "relation": "self"}]]


def test_nobody_contests_the_hours_of_somebody_else_in_their_party() -> None:
    came = fact(
        "checked_in.v1",
        session=SESSION,
        person="R2",
        at="2026-06-13T01:05:00.000Z",
        way="scanned",
    )
    docs = at_stage(confirmed("G1", "R1", "R2", ticket=1), STARTED, came, CLOSED)
    later = STARTS + timedelta(days=1)
    command = {"activity": ACTIVITY, "person": "R2", "words": "少记了"}
    with refused("not_yours", Forbidden):
        contests.contest_hours(docs, command, resident("R1", now=later))
    assert (
        contests.contest_hours(docs, command, resident("R2", now=later)).data["by"]
        == "R2"
    )
