"""A person contests their hours; the contest is pressed, becomes overdue, and is settled or withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from schemas.activities.hours import ListContests
from schemas.documents import Json
from services.activities.model.lifecycles import CONTEST
from services.activities.rules import contests, corrections
from services.activities.service import Activities
from services.activities.views import contests as contested
from services.district import working
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import people
from tests.examples.activities import ACTIVITY
from tests.given import asked, example_of, given_from, refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    happens,
    held,
    record_all,
    scan,
    seat,
)
from tests.unit.activities.stage import resident, secretary, street_admin
from tests.walk import Walk

FIRST = SESSIONS[0]
ME = resident("R1", now=LATER, new_id="C1")
WORKER = asked(("community_worker", "510108002001"), id="W1", now=LATER, new_id="C1")
OF_SESSION = {"activity": ACTIVITY, "session": FIRST}


def been() -> Overlay:
    return record_all(
        held("R1"), [scan("R1", "in", 5, "N1"), scan("R1", "out", 35, "N2")]
    )


def contest(docs: Overlay, who: Asked = ME, **said: str) -> Fact:
    return contests.contest_hours(
        docs, {**OF_SESSION, "words": "我一直帮到十一点才走", **said}, who
    )


def raised() -> Overlay:
    docs = been()
    happens(docs, contest(docs))
    return docs


def correct(docs: Overlay) -> None:
    command = {
        **OF_SESSION,
        "person": "R1",
        "attended": True,
        "minutes": 100,
        "reason": "按纸质签到表",
    }
    happens(docs, corrections.correct_hours(docs, command, WORKER))


def settle(docs: Overlay, who: Asked = WORKER, upheld: bool = True) -> Fact:
    return contests.settle_contest(
        docs, {"contest": "C1", "upheld": upheld, "reason": "已核对"}, who
    )


def uphold(docs: Overlay) -> Fact:
    if not docs.the("contests", "C1")["corrected"]:
        correct(docs)
    return settle(docs)


def of_time(
    rule: Callable[[Overlay, Json, Asked], Fact], state: str
) -> Callable[[Overlay], Fact | None]:
    def take(docs: Overlay) -> Fact | None:
        doc = docs.the("contests", "C1")
        return rule(docs, doc, ME) if doc["state"] == state else None

    return take


def test_every_step_of_a_contest_in_every_state() -> None:
    Walk(
        Activities,
        CONTEST,
        "contests",
        "C1",
        raised,
        {
            "press": of_time(contests.press, "open"),
            "escalate": of_time(contests.escalate, "pressing"),
            "uphold": uphold,
            "dismiss": lambda docs: settle(docs, upheld=False),
            "withdraw": lambda docs: contests.withdraw_contest(
                docs, {"contest": "C1"}, ME
            ),
        },
    ).try_everything()


def test_what_the_person_says_is_a_note_and_never_in_the_event() -> None:
    event = contest(been())
    assert event.notes == {"C1": "我一直帮到十一点才走"}
    assert "十一点" not in str(event.data)


def test_what_a_worker_writes_down_for_somebody_goes_with_them() -> None:
    docs = been()
    assert contest(docs, WORKER, person="R1").of == "R1"
    recorded, erased = (
        example_of(people, type, person="R1")
        for type in ("person_recorded.v1", "person_erased.v1")
    )
    given_from(docs, Activities, "people", recorded, erased)
    assert contest(docs, WORKER, person="R1").of == "", "it would never be dropped"


def test_it_presses_after_three_working_days_and_is_overdue_after_five() -> None:
    data = contest(been()).data
    for name, days in (("press_at", 3), ("due_at", 5)):
        assert (
            working.minutes_between(LATER, datetime.fromisoformat(data[name]))
            == days * working.MINUTES_A_DAY
        )


def test_one_contests_for_oneself_or_a_worker_does() -> None:
    assert contest(been(), WORKER, person="R1").data["by"] == "W1"
    with refused("not_yours", Forbidden):
        contest(been(), resident("R2", now=LATER), person="R1")
    with refused("not_signed_up"):
        contest(been(), resident("R2", now=LATER))


def test_one_contest_at_a_time_and_again_after_it_is_settled() -> None:
    docs = raised()
    with refused("already_contested"):
        contest(docs)
    happens(docs, settle(docs, upheld=False))
    assert contest(docs, resident("R1", now=LATER, new_id="C2")).data["contest"] == "C2"


def test_a_contest_comes_after_the_session_and_not_too_late() -> None:
    ends = datetime.fromisoformat(been().the("sessions", FIRST)["ends_at"])
    with refused("not_over_yet"):
        contest(been(), resident("R1", now=ends - timedelta(seconds=1)))
    with refused("too_late_to_contest", says="90 天"):
        contest(been(), resident("R1", now=ends + timedelta(days=90, seconds=1)))


def test_it_is_upheld_once_the_hours_are_corrected() -> None:
    docs = raised()
    with refused("not_corrected"):
        settle(docs)
    correct(docs)
    happens(docs, settle(docs))
    assert docs.the("contests", "C1")["state_text"] == "已支持"
    assert seat(docs, "R1")["minutes"] == 100


def test_the_host_settles_until_it_is_overdue_and_nobody_their_own() -> None:
    docs = raised()
    assert settle(docs, secretary(now=LATER), upheld=False).type == "contest_settled.v1"
    with refused("own_contest", Forbidden):
        settle(
            docs,
            asked(("community_worker", "510108002001"), id="R1", now=LATER),
            upheld=False,
        )
    with refused("out_of_scope", Forbidden):
        settle(docs, resident("R1", now=LATER))
    with refused("not_found", Unknown):
        settle(docs, resident("R3", now=LATER))
    for rule in (contests.press, contests.escalate):
        happens(docs, rule(docs, docs.the("contests", "C1"), ME))
    with refused("contest_overdue", Forbidden):
        settle(docs, secretary(now=LATER), upheld=False)
    assert settle(docs, street_admin(now=LATER), upheld=False).data["by"] == "A1"


def test_who_raised_it_for_another_does_not_settle_it_but_withdraws_it() -> None:
    docs = been()
    happens(docs, contest(docs, WORKER, person="R1"))
    correct(docs)
    for upheld in (True, False):
        with refused("own_contest", Forbidden):
            settle(docs, WORKER, upheld)
    assert (
        settle(
            docs, asked(("community_worker", "510108002001"), id="W2", now=LATER)
        ).data["by"]
        == "W2"
    )
    assert (
        contests.withdraw_contest(docs, {"contest": "C1"}, WORKER).type
        == "contest_withdrawn.v1"
    )


def test_nobody_settles_what_another_contests_for_them() -> None:
    docs = been()
    happens(docs, contest(docs, WORKER, person="R1"))
    with refused("own_hours", Forbidden):
        settle(
            docs, asked(("street_admin", "510108002"), id="R1", now=LATER), upheld=False
        )


def test_who_decided_the_hours_does_not_settle_what_is_said_against_them() -> None:
    docs = been()
    correct(docs)
    happens(docs, contest(docs))
    with refused("own_decision", Forbidden):
        settle(docs, WORKER, upheld=False)
    assert settle(docs, secretary(now=LATER), upheld=False).type == "contest_settled.v1"
    command = {
        **OF_SESSION,
        "person": "R1",
        "attended": True,
        "minutes": 90,
        "reason": "再次核对",
    }
    happens(docs, corrections.correct_hours(docs, command, WORKER))
    assert settle(docs, WORKER).data["upheld"], "who has put it right upholds it"


def test_what_was_said_can_be_deleted_by_whom_it_concerns_and_the_contest_stays() -> (
    None
):
    docs = raised()
    for who, kind in (
        (WORKER, Forbidden),
        (secretary(now=LATER), Forbidden),
        (resident("R2", now=LATER), Unknown),
    ):
        with pytest.raises(kind):
            contests.delete_words(docs, {"contest": "C1"}, who)
    event = contests.delete_words(docs, {"contest": "C1"}, ME)
    assert (event.data["note"], event.erases) == ("C1", ("C1",))
    happens(docs, event)
    assert "words" not in contested.get_contest(docs, {"contest": "C1"}, ME)
    with refused("no_words"):
        contests.delete_words(docs, {"contest": "C1"}, ME)
    assert settle(docs, upheld=False).type == "contest_settled.v1"


def test_whether_somebody_has_a_seat_is_told_to_nobody_else() -> None:
    for person in ("R1", "R3"):
        with refused("not_yours", Forbidden):
            contest(been(), resident("R2", now=LATER), person=person)


def test_a_worker_who_contested_for_another_has_no_say_once_no_longer_a_worker() -> (
    None
):
    docs = been()
    happens(docs, contest(docs, WORKER, person="R1"))
    was = asked(
        ("resident", "510108"), ("community_worker", "510108009001"), id="W1", now=LATER
    )
    for step in (contests.withdraw_contest, contests.delete_words):
        with refused("not_found", Unknown):
            step(docs, {"contest": "C1"}, was)
    assert contests.delete_words(docs, {"contest": "C1"}, WORKER).data["note"] == "C1"
    roles = WORKER.actor.roles
    merged = replace(
        WORKER, actor=Actor("W9", roles), merged=lambda: (WORKER.actor.id,)
    )
    assert contests.delete_words(docs, {"contest": "C1"}, merged).data["note"] == "C1"


def test_only_who_raised_it_withdraws_it() -> None:
    with refused("not_yours", Forbidden):
        contests.withdraw_contest(raised(), {"contest": "C1"}, WORKER)
    with refused("not_found", Unknown):
        contests.withdraw_contest(
            raised(), {"contest": "C1"}, resident("R2", now=LATER)
        )
    with refused("not_found", Unknown):
        contests.withdraw_contest(been(), {"contest": "C9"}, ME)


def test_it_is_seen_by_the_person_and_those_who_settle_it() -> None:
    views = raised()
    for who in (ME, secretary(now=LATER), WORKER, street_admin(now=LATER)):
        assert contested.get_contest(views, {"contest": "C1"}, who)["minutes"] == 30
    with refused("not_found", Unknown):
        contested.get_contest(views, {"contest": "C1"}, resident("R2"))


def test_those_not_settled_yet_are_found_unless_others_are_asked_for() -> None:
    docs = raised()
    question = {**ListContests().load({"community": "510108002001"}), "after": None}
    for rule in (contests.press, contests.escalate):
        assert [
            one["id"]
            for one in contested.list_contests(docs, question, WORKER)["items"]
        ] == ["C1"]
        happens(docs, rule(docs, docs.the("contests", "C1"), ME))
    assert [
        one["id"] for one in contested.list_contests(docs, question, WORKER)["items"]
    ] == ["C1"]
    happens(docs, settle(docs, upheld=False))
    assert contested.list_contests(docs, question, WORKER)["items"] == []


@pytest.mark.parametrize("place", [{}, {"host": "branch/B1", "street": "510108002"}])
def test_contests_are_listed_for_one_place(place: Json) -> None:
    question = {"state": ["open"], "after": None, "limit": 20, **place}
    with refused("one_place_needed", Invalid):
        contested.list_contests(raised(), question, WORKER)


@pytest.mark.parametrize(
    "place",
    [{"host": "branch/B1"}, {"community": "510108002001"}, {"street": "510108002"}],
)
def test_those_who_are_to_settle_it_find_it(place: Json) -> None:
    question = {"state": ["open"], "after": None, "limit": 20, **place}
    who = {
        "host": secretary(now=LATER),
        "community": WORKER,
        "street": street_admin(now=LATER),
    }[next(iter(place))]
    found = contested.list_contests(raised(), question, who)
    assert [one["id"] for one in found["items"]] == ["C1"]
    stranger = asked(("community_worker", "510108009001"), id="W9", now=LATER)
    with pytest.raises(Forbidden):
        contested.list_contests(raised(), question, stranger)


def test_hours_are_contested_so_often_in_a_day_and_no_more() -> None:
    docs = been()
    for number in range(contests.MOST_A_DAY):
        happens(docs, contest(docs, resident("R1", now=LATER, new_id=f"C{number}")))
        happens(docs, contests.withdraw_contest(docs, {"contest": f"C{number}"}, ME))
    with refused("too_many_today"):
        contest(docs)
    assert contest(docs, resident("R1", now=LATER + timedelta(days=1)))


def test_what_a_worker_contests_for_somebody_is_bounded_and_uses_up_nothing_of_their_own() -> (
    None
):
    docs = been()
    for number in range(contests.MOST_A_DAY):
        who = replace(WORKER, new_id=f"C{number}")
        happens(docs, contest(docs, who, person="R1"))
        happens(docs, contests.withdraw_contest(docs, {"contest": f"C{number}"}, who))
    with refused("too_many_today"):
        contest(docs, WORKER, person="R1")
    assert contest(docs)


A_BIT = timedelta(milliseconds=1)


def ends(docs: Overlay) -> datetime:
    return datetime.fromisoformat(docs.the("sessions", FIRST)["ends_at"])


def test_hours_can_be_contested_from_the_very_end_on_for_so_many_days() -> None:
    end = ends(been())
    for now in (end, end + contests.WINDOW):
        assert contest(been(), replace(ME, now=now)).type == "hours_contested.v1"
    with refused("too_late_to_contest"):
        contest(been(), replace(ME, now=end + contests.WINDOW + A_BIT))


def test_before_the_end_it_is_said_how_long_that_is() -> None:
    docs = been()
    with refused("not_over_yet", says="离结束还有 1 小时"):
        contest(docs, replace(ME, now=ends(docs) - timedelta(hours=1)))
    with refused("not_over_yet"):
        contest(docs, replace(ME, now=ends(docs) - A_BIT))


def test_of_what_was_cancelled_it_is_not_said_how_long_it_still_takes() -> None:
    docs = been()
    docs.put("sessions", {**docs.the("sessions", FIRST), "state": "cancelled"})
    with pytest.raises(Refused) as caught:
        contest(docs)
    assert caught.value.title == "活动结束后才能对时长提出异议"
