"""Who sees a contest and what was said in it."""

import pytest

from schemas.activities.hours import ListContests
from schemas.documents import Json
from services.activities.rules import contests
from services.activities.views import contests as contested
from services.kit.errors import Forbidden, Invalid, Unknown
from tests.given import asked, refused
from tests.unit.activities.attending_stage import LATER, happens
from tests.unit.activities.contested import ME, WORKER, been, contest, raised, settle
from tests.unit.activities.stage import resident, secretary, street_admin


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
