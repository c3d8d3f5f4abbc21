"""A host speaks to those who signed up: they alone read it, a few times a day, until the host takes it back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.activities.rules import messages
from services.activities.service import Activities
from services.activities.views import messages as read_by
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import (
    ACTIVITY,
    COMMANDS,
    EVENTS,
    HOST_MESSAGE,
    SESSION,
    STREAM,
)
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    CLOSED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    street_admin,
    waitlisted,
)
from tests.unit.activities.test_dates import series

TELL = COMMANDS["tell_signed_up"]
TOLD = Fact("signed_up_told.v1", STREAM, EVENTS["signed_up_told.v1"])
DELETE = COMMANDS["delete_host_message"]


def full(*facts: Fact) -> Overlay:
    crowd = (
        confirmed("G1", "R1", ticket=1),
        waitlisted("G3", "R3", ticket=3, position=1),
    )
    return stage(PUBLISHED, OPENED, *crowd, *facts)


def take(docs: Overlay, fact: Fact) -> Fact:
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    return fact


def read(docs: Overlay, who: Asked, words: str = "请带剪刀") -> list[Json]:
    knowing = Asked(who.actor, who.now, who.new_id, lambda id: words)
    question: dict[str, Any] = {"activity": ACTIVITY, "limit": 20, "after": None}
    items: list[Json] = read_by.host_messages(docs, question, knowing)["items"]
    return items


def test_what_the_host_says_is_kept_beside_the_log() -> None:
    told = take(full(), messages.tell_signed_up(full(), TELL, secretary()))
    assert told.data == {
        "activity": ACTIVITY,
        "sessions": [SESSION],
        "note": "N1",
        "by": "S1",
    }
    assert told.notes == {"N1": TELL["words"]}


@pytest.mark.parametrize(
    ("author", "who"),
    [("S9", secretary()), ("S1", resident("S1")), ("S9", resident("R1"))],
)
def test_a_message_is_seen_by_its_author_the_host_and_who_signed_up(
    author: str, who: Asked
) -> None:
    docs = full(Fact(TOLD.type, STREAM, {**TOLD.data, "by": author}))
    message = docs.the("host_messages", TOLD.data["note"])
    activity = docs.the("activities", ACTIVITY)
    assert messages.sees(docs, activity, message, who)
    assert not messages.sees(docs, activity, message, resident("R9"))


@pytest.mark.parametrize("who", [resident("R1"), resident("R3"), secretary()])
def test_who_signed_up_reads_it_and_so_does_the_host(who: Asked) -> None:
    assert [one["words"] for one in read(full(TOLD), who)] == ["请带剪刀"]


@pytest.mark.parametrize(
    "who",
    [resident("R9"), street_admin(), asked(("branch_secretary", "branch/B2"), id="S2")],
)
def test_nobody_else_reads_it(who: Asked) -> None:
    with refused("not_yours", Forbidden):
        read(full(TOLD), who)


def test_who_signed_up_to_another_session_does_not_read_it() -> None:
    told = {**EVENTS["signed_up_told.v1"], "sessions": [f"{ACTIVITY}.2"]}
    docs = given_from(
        series(), Activities, "activities", confirmed("G1", "R1", ticket=1)
    )
    take(docs, Fact("signed_up_told.v1", STREAM, told))
    assert read(docs, resident("R1")) == []


def test_who_has_cancelled_reads_no_more_of_it() -> None:
    gone = {
        "activity": ACTIVITY,
        "session": SESSION,
        "signup": "G1",
        "late": False,
        "promoted": [],
    }
    with refused("not_yours", Forbidden):
        read(full(TOLD, Fact("signup_cancelled.v1", STREAM, gone)), resident("R1"))


def test_only_the_host_speaks() -> None:
    with refused("not_your_host", Forbidden):
        messages.tell_signed_up(
            full(), TELL, asked(("branch_secretary", "branch/B2"), id="S2")
        )
    with refused("not_your_host", Forbidden):
        messages.tell_signed_up(
            full(), TELL, asked(("community_worker", "510108002001"), id="W1")
        )


def test_three_times_a_day_and_the_next_day_again() -> None:
    docs = full()
    for number in range(3):
        take(docs, messages.tell_signed_up(docs, TELL, secretary(new_id=f"M{number}")))
    with refused("too_many_today"):
        messages.tell_signed_up(docs, TELL, secretary())
    assert messages.tell_signed_up(docs, TELL, secretary(BEFORE + timedelta(days=1)))


def test_one_session_is_spoken_to_or_all_that_are_not_over() -> None:
    docs = series()
    told = messages.tell_signed_up(docs, TELL, secretary())
    assert told.data["sessions"] == [f"{ACTIVITY}.{number}" for number in (1, 2, 3)]
    second = messages.tell_signed_up(
        docs, {**TELL, "session": f"{ACTIVITY}.2"}, secretary()
    )
    assert second.data["sessions"] == [f"{ACTIVITY}.2"]


def test_what_is_over_or_closed_is_spoken_to_no_more() -> None:
    running = full(STARTED)
    assert messages.tell_signed_up(
        running, TELL, secretary(STARTS + timedelta(minutes=119))
    )
    with refused("nothing_to_come"):
        messages.tell_signed_up(
            running, TELL, secretary(STARTS + timedelta(minutes=120))
        )
    with refused("nothing_to_come"):
        messages.tell_signed_up(
            full(STARTED, CLOSED), TELL, secretary(STARTS + timedelta(minutes=60))
        )


def test_the_host_takes_it_back_and_that_it_spoke_stays() -> None:
    docs = full(TOLD)
    deleted = take(docs, messages.delete_message(docs, DELETE, secretary()))
    assert deleted.erases == (HOST_MESSAGE,)
    (message,) = read(docs, resident("R1"), words="")
    assert "words" not in message
    with refused("no_words"):
        messages.delete_message(docs, DELETE, secretary())


def test_what_was_written_under_an_id_that_is_theirs_by_now_is_their_own() -> None:
    docs, (writer,) = full(TOLD), {TOLD.data["by"]}
    merged = replace(resident("R9"), merged=lambda: (writer,))
    assert messages.delete_message(docs, DELETE, merged).erases == (HOST_MESSAGE,)


def test_nobody_else_takes_it_back_and_strangers_do_not_hear_of_it() -> None:
    with refused("not_yours", Forbidden):
        messages.delete_message(
            full(TOLD), DELETE, asked(("community_worker", "510108002001"), id="R1")
        )
    with refused("not_found", Unknown):
        messages.delete_message(
            full(TOLD), DELETE, asked(("branch_secretary", "branch/B2"), id="S2")
        )
