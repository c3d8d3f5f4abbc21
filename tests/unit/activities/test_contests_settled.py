"""Who settles what is contested, and who has no say in it."""

from dataclasses import replace

from services.activities.rules import contests, corrections
from services.kit.actor import Actor
from services.kit.errors import Forbidden, Unknown
from tests.given import asked, refused
from tests.unit.activities.attending_stage import LATER, happens
from tests.unit.activities.contested import (
    ME,
    OF_SESSION,
    WORKER,
    been,
    contest,
    correct,
    raised,
    settle,
)
from tests.unit.activities.stage import resident, secretary, street_admin


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
