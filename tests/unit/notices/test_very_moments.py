"""What depends on a moment, at that very moment: what is due, what is soon, and what a restore puts in doubt."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from schemas.fields import instant
from services.kit.channels import channels_in
from services.kit.errors import Invalid, Unknown
from services.kit.log import Fact
from services.notices.rules import (
    choices,
    deliveries,
    inbox,
    news,
    planning,
    reminders,
)
from services.notices.service import Notices
from tests.examples.activities import CONTENT, POSTING, SESSION, SIGNUP
from tests.given import asked, happened, refused
from tests.unit.notices.delivering_stage import Stage
from tests.unit.notices.stage import OTHER, after, begun, fact, told

TOLD = "resident_asked.v1"  # Told to P1 alone.
BEGINS = CONTENT["sessions"][0]["starts_at"]
UNIT_ROBOT = '[unit-robot]\nurl = "wecombot://abcdefgh"\nfor = "unit/U1"\n'
A_DAY_BEFORE = datetime.fromisoformat("2026-06-04T16:00:00.000Z")


def begin(stage: Stage) -> Fact:
    """Now, and not a moment later."""
    command = {"channel": "mail"}
    begun = stage.record(deliveries.begin(stage.docs, command, stage.asked()))
    assert begun is not None
    return begun


def test_a_digest_holds_what_is_told_at_this_very_moment() -> None:
    stage = Stage()
    stage.give()
    for _ in range(4):
        stage.happens(TOLD)
    stage.plan_all()
    stage.later(milliseconds=1)
    stage.happens(TOLD)
    stage.plan_all()
    assert len(begin(stage).data["deliveries"]) == 5


def test_quiet_hours_put_off_what_was_due_and_not_what_is_due_a_moment_later() -> None:
    stage = Stage(now=datetime.fromisoformat("2026-06-01T13:50:00.000Z"))
    stage.give()
    stage.choose(quiet_from="22:00", quiet_until="07:00")
    stage.happens(TOLD)
    stage.happens(TOLD)
    stage.plan_all()
    first, second = (delivery["id"] for delivery in stage.all())
    stage.later(hours=1)
    stage.docs.change("deliveries", second, send_at=instant(stage.now))
    put_off = begin(stage)
    assert put_off.type == "deliveries_put_off.v1"
    assert put_off.data["deliveries"] == [first]


@pytest.mark.parametrize(
    ("earlier", "reminded"),
    [(timedelta(milliseconds=1), [instant(A_DAY_BEFORE)]), (timedelta(), [])],
)
def test_a_team_is_reminded_a_day_before_it_is_due_unless_that_has_come(
    earlier: timedelta, reminded: list[str]
) -> None:
    docs = after("grids", fact("grids", "team_recorded.v1"))
    found = fact("grids", "finding_recorded.v1")
    after("grids", found, docs=docs, now=A_DAY_BEFORE - earlier)
    kinds = {notice["kind"]: notice for notice in told(docs, "grids")}
    assert kinds.pop("team_called")["at"] == instant(A_DAY_BEFORE - earlier)
    assert [notice["at"] for notice in kinds.values()] == reminded


def test_who_moves_up_must_know_before_the_session_and_who_waited_in_vain_need_not() -> (
    None
):
    docs = begun("activities")
    promoted = fact("activities", "waiting_promoted.v1", promoted=[OTHER])
    missed = fact("activities", "waiting_ended.v1", missed=[OTHER])
    after("activities", promoted, missed, docs=docs)
    soon = {doc["kind"]: doc.get("soon") for doc in told(docs, "activities")}
    assert soon["seat_promoted"] == BEGINS
    assert soon["waiting_ended"] is None


@pytest.mark.parametrize(
    ("party", "holds"), [([], False), ([{"person": "R1", "relation": "self"}], True)]
)
def test_of_who_is_merged_only_those_left_in_a_party_hear_of_its_session(
    party: list[dict[str, str]], holds: bool
) -> None:
    docs = begun("activities")
    signup = {"signup": SIGNUP, "by": "R1", "state": "confirmed", "party": party}
    after(
        "activities", fact("activities", "seats_merged.v1", signups=[signup]), docs=docs
    )
    assert ("holds" in docs.the("signups", SIGNUP)) is holds


def interrupted(stage: Stage) -> None:
    """As the restoring of a backup writes it; its id is greater than those of all events told before."""
    fact = Fact("sending_interrupted.v1", "sending/1", {"at": instant(stage.now)})
    event = replace(happened(fact, seq=stage.docs.seq + 1, now=stage.now), id="Z")
    stage.docs.fold(event, Notices.folds["notices"])


def test_after_a_restore_a_reminder_still_to_come_goes_out() -> None:
    stage = Stage()
    stage.happens("need_claimed.v1", commitment="C2")
    interrupted(stage)
    planned = planning.plan(stage.docs, {}, stage.asked(), channels_in(UNIT_ROBOT))
    assert planned is not None
    kinds = {delivery["kind"] for delivery in planned.data["deliveries"]}
    assert kinds == {"due_soon", "lease_ends_soon"}


def test_after_a_restore_news_that_are_carried_on_do_not_go_out() -> None:
    stage = Stage(begun("activities"))
    stage.give(person="R1")
    cancelled = happened(fact("activities", "sessions_cancelled.v1"))
    opened = news.open_cancelled(stage.docs, cancelled, stage.asked())
    assert opened is not None
    stage.record(opened)
    interrupted(stage)
    stage.later(minutes=1)
    one = stage.docs.the("news", f"{opened.data['news']}.0")
    stage.record(news.carry(stage.docs, one, stage.asked()))
    assert told(stage.docs, "notices")[0]["to"] == "person/R1"
    assert stage.plan_all() == []


@pytest.mark.parametrize(
    ("earlier", "stays"), [(timedelta(milliseconds=1), False), (timedelta(), True)]
)
def test_what_is_taken_back_at_its_very_moment_was_told(
    earlier: timedelta, stays: bool
) -> None:
    docs = begun("activities")
    closed_at = datetime.fromisoformat(POSTING["ends_at"]) - earlier
    after(
        "activities", fact("activities", "session_closed.v1"), docs=docs, now=closed_at
    )
    kinds = {notice["kind"] for notice in told(docs, "activities")}
    assert ("session_to_close" in kinds) is stays


@pytest.mark.parametrize(("now", "day"), [(-1, "01"), (0, "02"), (1, "02")])
def test_the_round_of_eight_is_the_next_days_from_eight_on(now: int, day: str) -> None:
    eight = datetime.fromisoformat("2026-06-01T00:00:00.000Z")
    opened = happened(fact("activities", "activity_opened.v1"))
    at = asked(now=eight + timedelta(milliseconds=now))
    begun_at = reminders.begin(begun("activities"), opened, at)
    assert begun_at is not None
    assert begun_at.data["ring_at"] == f"2026-06-{day}T00:00:00.000Z"


@pytest.mark.parametrize("more", [False, True])
def test_of_as_many_sessions_as_are_looked_at_there_are_no_more(
    more: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST_AT_ONCE", 1)
    docs = begun("activities")
    if more:
        session = docs.the("sessions", SESSION)
        docs.put("sessions", session | {"id": f"{SESSION}0"})
    eve = datetime.fromisoformat(BEGINS) - timedelta(hours=25)
    rung = reminders.ring(docs, {"after": []}, asked(now=eve)).data
    assert (len(rung["sessions"]), rung["more"]) == (1, more)


@pytest.mark.parametrize(("most", "more"), [(2, False), (1, True)])
def test_of_as_many_parties_as_are_told_at_a_time_there_are_no_more(
    most: int, more: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two have signed up."""
    monkeypatch.setattr(news, "MOST_SIGNUPS", most)
    docs = begun("activities")
    one = {"id": "N1.0", "kind": "session_changed", "session": SESSION, "after": []}
    assert news.carry(docs, one, asked()).data["more"] is more


def test_a_notice_is_read_from_its_very_moment_on() -> None:
    docs = begun("cobuild")
    reminder = docs.the("commitments", "C1")["reminders"]["due_soon"]
    at = datetime.fromisoformat(docs.the("cobuild_notices", reminder)["at"])
    command = {"notice": reminder}
    assert inbox.read_notice(docs, command, asked(("unit_liaison", "unit/U1"), now=at))
    early = asked(("unit_liaison", "unit/U1"), now=at - timedelta(milliseconds=1))
    with refused("not_found", Unknown):
        inbox.read_notice(docs, command, early)


def test_an_address_is_as_long_as_mail_allows() -> None:
    longest = f"{'a' * choices.MOST_LOCAL}@example.org"
    assert choices.as_mail(longest) == longest
    with refused("bad_mail_address", Invalid):
        choices.as_mail(f"a{longest}")


ENDS_SOON = datetime.fromisoformat("2026-06-27T16:00:00.000Z")


@pytest.mark.parametrize(
    ("earlier", "reminded"),
    [(timedelta(milliseconds=1), [instant(ENDS_SOON)]), (timedelta(), [])],
)
def test_of_the_end_of_a_round_the_community_hears_three_days_before(
    earlier: timedelta, reminded: list[str]
) -> None:
    docs = begun("grids")
    opened = fact("grids", "round_opened.v1")
    after("grids", opened, docs=docs, now=ENDS_SOON - earlier)
    at = [doc["at"] for doc in told(docs, "grids") if doc["kind"] == "round_ends_soon"]
    assert at == reminded
