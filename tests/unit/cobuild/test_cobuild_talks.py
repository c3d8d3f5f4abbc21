"""Unit, community and beneficiary talk about a commitment and agree a time; what they say can be taken back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.cobuild import views
from services.cobuild.rules import commitments, talks, words
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    STRANGER,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
    take,
)

SAY, DELETE = (
    examples.COMMANDS["say_on_commitment"],
    examples.COMMANDS["delete_commitment_message"],
)
TIME = {"commitment": "C1", "starts_at": examples.AGREED}
AGREED = example_of(examples, "time_agreed.v1")
VISIT = datetime.fromisoformat(examples.AGREED)
FULFIL = examples.COMMANDS["fulfil_commitment"]
SIDES = ((LIAISON, "unit"), (WORKER, "community"), (RESIDENT, "beneficiary"))


def taken(*facts: Fact) -> Overlay:
    return stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, *facts)


def at(who: Asked, now: datetime) -> Asked:
    return Asked(who.actor, now, "N9")


def noting(who: Asked, notes: dict[str, str]) -> Asked:
    return Asked(who.actor, who.now, who.new_id, lambda id: notes.get(id, ""))


def told(docs: Overlay, who: Asked) -> list[Json]:
    question = {"commitment": "C1", "limit": 50, "after": None}
    items: list[Json] = views.talks.list_messages(docs, question, who)["items"]
    return items


@pytest.mark.parametrize(("who", "side"), SIDES)
def test_each_side_says_something_and_no_word_of_it_is_in_the_log(
    who: Asked, side: str
) -> None:
    docs = taken()
    fact = take(docs, talks.say(docs, SAY, who))
    assert fact.data["side"] == side
    assert SAY["words"] not in str(fact.data)
    assert list(fact.notes.values()) == [SAY["words"]]
    (message,) = told(docs, noting(who, fact.notes))
    assert (message["side"], message["mine"], message["words"]) == (
        side,
        True,
        SAY["words"],
    )


def test_a_unit_reads_from_which_side_it_is_asked_and_not_who_that_is() -> None:
    docs = taken()
    take(docs, talks.say(docs, SAY, RESIDENT))
    assert "P1" not in str(told(docs, LIAISON))
    assert told(docs, LIAISON)[0]["side_text"] == "受益人"


@pytest.mark.parametrize("who", [STRANGER, asked(("unit_liaison", "unit/U2"), id="P9")])
def test_nobody_else_reads_or_says_anything(who: Asked) -> None:
    docs = taken(*another_unit(2))
    for ask in (
        lambda: told(docs, who),
        lambda: talks.say(docs, SAY, who),
        lambda: talks.propose_time(docs, TIME, who),
    ):
        with refused("not_yours", Forbidden):
            ask()


def test_only_its_author_takes_a_message_back_and_that_there_was_one_stays() -> None:
    docs = taken()
    fact = take(docs, talks.say(docs, SAY, LIAISON))
    delete = {"commitment": "C1", "message": fact.data["note"]}
    with refused("not_yours", Forbidden):
        talks.delete_message(docs, delete, WORKER)
    deleted = take(docs, talks.delete_message(docs, delete, LIAISON))
    assert deleted.erases == (fact.data["note"],)
    (message,) = told(docs, noting(LIAISON, fact.notes))
    assert "words" not in message
    with refused("no_words"):
        talks.delete_message(docs, delete, LIAISON)


def test_a_message_is_taken_back_when_all_is_over_as_well() -> None:
    docs = taken(
        example_of(examples, "commitment_discussed.v1"),
        example_of(examples, "commitment_withdrawn.v1"),
    )
    assert talks.delete_message(docs, DELETE, LIAISON).erases == (examples.MESSAGE,)


def test_a_message_of_another_commitment_is_not_there() -> None:
    with refused("not_found", Unknown):
        talks.delete_message(taken(), DELETE, LIAISON)


def test_somebody_says_so_much_in_a_day() -> None:
    docs = taken()
    for _ in range(20):
        take(docs, talks.say(docs, SAY, LIAISON))
    with refused("too_many_today"):
        talks.say(docs, SAY, LIAISON)
    with refused("too_many_today"):
        talks.propose_time(docs, TIME, LIAISON)
    assert talks.say(docs, SAY, WORKER), "the others still answer"
    assert talks.say(docs, SAY, at(LIAISON, NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    ("first", "second"),
    [(LIAISON, WORKER), (LIAISON, RESIDENT), (WORKER, LIAISON), (RESIDENT, LIAISON)],
)
def test_one_side_proposes_a_time_and_the_other_agrees(
    first: Asked, second: Asked
) -> None:
    docs = taken()
    take(docs, talks.propose_time(docs, TIME, first))
    take(docs, talks.agree_time(docs, TIME, second))
    commitment = docs.the("commitments", "C1")
    assert commitment["agreed_at"] == examples.AGREED
    assert "proposed_at" not in commitment


@pytest.mark.parametrize(
    ("first", "second"), [(LIAISON, LIAISON), (WORKER, RESIDENT), (RESIDENT, WORKER)]
)
def test_nobody_agrees_with_their_own_side(first: Asked, second: Asked) -> None:
    docs = taken()
    take(docs, talks.propose_time(docs, TIME, first))
    with refused("own_proposal"):
        talks.agree_time(docs, TIME, second)


def test_a_worker_who_is_the_units_liaison_as_well_speaks_for_the_unit() -> None:
    both = asked(
        ("community_worker", "510108015001"), ("unit_liaison", "unit/U1"), id="P2"
    )
    docs = taken()
    take(docs, talks.propose_time(docs, TIME, both))
    with refused("own_proposal"):
        talks.agree_time(docs, TIME, both)


@pytest.mark.parametrize("ask", [talks.propose_time, talks.agree_time])
@pytest.mark.parametrize("maker", ["", "P2"])
def test_a_liaison_is_not_the_other_side_by_a_key_or_in_another_role(
    ask: Any, maker: str
) -> None:
    docs = taken()
    if ask is talks.agree_time:
        take(docs, talks.propose_time(docs, TIME, LIAISON))
    key = replace(WORKER.actor, id="K1", maker=maker, offices=LIAISON.actor.roles)
    with refused("own_work", Forbidden):
        ask(docs, TIME, replace(WORKER, actor=key))


def test_what_is_agreed_to_is_the_time_that_stands() -> None:
    docs = taken()
    with refused("nothing_proposed"):
        talks.agree_time(docs, TIME, WORKER)
    take(docs, talks.propose_time(docs, TIME, LIAISON))
    take(
        docs,
        talks.propose_time(
            docs, {**TIME, "starts_at": "2026-06-11T01:00:00.000Z"}, LIAISON
        ),
    )
    with refused("proposed_another", says="6月11日 周四 9:00"):
        talks.agree_time(docs, TIME, WORKER)


def test_a_new_time_is_agreed_in_place_of_the_first_and_until_then_that_one_holds() -> (
    None
):
    docs = taken(AGREED)
    later = {**TIME, "starts_at": "2026-06-11T01:00:00.000Z"}
    take(docs, talks.propose_time(docs, later, WORKER))
    assert docs.the("commitments", "C1")["agreed_at"] == examples.AGREED
    take(docs, talks.agree_time(docs, later, LIAISON))
    assert docs.the("commitments", "C1")["agreed_at"] == later["starts_at"]


def test_a_time_lies_ahead_and_within_what_was_promised() -> None:
    docs, due_at = taken(), taken().the("commitments", "C1")["due_at"]
    with refused("in_the_past", Invalid):
        talks.propose_time(
            docs, {**TIME, "starts_at": "2026-06-01T01:00:00.000Z"}, LIAISON
        )
    with refused("after_due"):
        talks.propose_time(docs, {**TIME, "starts_at": due_at}, LIAISON)
    take(docs, talks.propose_time(docs, TIME, LIAISON))
    with refused("in_the_past", Invalid):
        talks.agree_time(docs, TIME, at(WORKER, VISIT))


def report(docs: Overlay, now: datetime, **said: Any) -> Fact:
    return commitments.fulfil_commitment(docs, {**FULFIL, **said}, at(LIAISON, now))


def test_work_reported_before_the_time_agreed_on_asks_why() -> None:
    docs = taken(AGREED)
    with refused("before_agreed_time", says="6月10日 周三 9:00"):
        report(docs, VISIT - timedelta(minutes=1))
    assert "early" not in report(docs, VISIT).data
    fact = take(
        docs, report(docs, VISIT - timedelta(minutes=1), why_early="对方改在前一天")
    )
    assert "对方改在前一天" not in str(fact.data)
    assert fact.notes == {"N9": FULFIL["words"], "N9.early": "对方改在前一天"}
    shown = views.commitments.get_commitment(
        docs, {"commitment": "C1"}, noting(WORKER, fact.notes)
    )
    assert shown["early"] == "对方改在前一天"
    assert words.delete_words(docs, {"need": "N1"}, LIAISON).erases == (
        "N9",
        "N9.early",
    )


def test_where_no_time_was_agreed_nothing_is_asked_and_no_reason_kept() -> None:
    fact = report(taken(), NOW, why_early="提前了")
    assert "early" not in fact.data
    assert list(fact.notes.values()) == [FULFIL["words"]]


def test_what_logs_of_before_tell_of_a_report_folds_as_it_did() -> None:
    assert taken(FULFILLED).the("commitments", "C1")["notes"] == {"done": "N4"}


def test_when_somebody_comes_is_shown_to_nobody_else() -> None:
    docs = taken(AGREED, example_of(examples, "commitment_discussed.v1"))
    for who in (LIAISON, WORKER, RESIDENT):
        assert (
            views.commitments.get_commitment(docs, {"commitment": "C1"}, who)[
                "agreed_at"
            ]
            == examples.AGREED
        )
    question = {"unit": "U1", "limit": 20, "after": None}
    listed = views.commitments.list_commitments(docs, question, STRANGER)["items"]
    for shown in (
        *listed,
        views.commitments.get_commitment(docs, {"commitment": "C1"}, STRANGER),
    ):
        assert not {"agreed_at", "proposed_at", "messages"} & shown.keys()


def promised(number: int, due: str, state: str = "held") -> tuple[str, Json]:
    id = f"C{number}"
    doc = {
        **taken().the("commitments", "C1"),
        "id": id,
        "due": due,
        "due_at": f"{due}T16:00:00.000Z",
        "state": state,
    }
    return id, doc


def test_a_unit_has_one_list_of_what_it_has_promised_by_the_day_it_is_due() -> None:
    docs = taken()
    for id, doc in (
        promised(2, "2026-06-01", "underway"),
        promised(3, "2026-05-30"),
        promised(4, "2026-06-05", "lapsed"),
    ):
        docs.put("commitments", doc | {"id": id})
    items = views.commitments.list_promises(
        docs, {"unit": "U1", "limit": 20, "after": None}, LIAISON
    )["items"]
    assert [one["id"] for one in items] == ["C3", "C2", "C1"]
    assert [one["due_text"] for one in items] == [
        "已过期 2 天",
        "今天到期",
        "还有 11 天",
    ]
