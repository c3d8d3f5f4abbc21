"""What who was there thought of it: said once, read without names, taken back by who said it."""

from dataclasses import replace

import pytest

from schemas.activities.signups import Seat
from schemas.documents import Json, pick_present
from services.activities.rules import door
from services.activities.service import Activities
from services.activities.views import ratings as ratings_shown
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import given_from
from tests.given import refused as refused_as
from tests.unit.activities.door import NOW, RUNNING, inside
from tests.unit.activities.stage import (
    OPENED,
    PUBLISHED,
    STARTED,
    confirmed,
    resident,
    secretary,
    stage,
)


def rating(docs: Overlay, who: str, **command: object) -> Fact:
    return door.rate(
        docs,
        {"activity": ACTIVITY, "score": 5, **command},
        resident(who, now=NOW, new_id="NOTE"),
    )


def rated() -> Overlay:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R3", ticket=1),
        STARTED,
        inside("R1"),
        inside("R3"),
    )
    given_from(
        docs,
        Activities,
        "activities",
        rating(docs, "R1", words="很热闹"),
        rating(docs, "R3", score=2),
    )
    return docs


def told(docs: Overlay, asked: Asked) -> Json:
    shown = signups_shown.get_signup(docs, {"signup": "G1"}, asked)
    return pick_present(shown, "may_rate", "rated")


@pytest.mark.parametrize("is_chosen", [True, False])
def test_who_holds_it_praises_it_in_nobodys_name_whatever_role_they_work_in(
    is_chosen: bool,
) -> None:
    host = secretary().actor
    if not is_chosen:
        host = replace(host, roles=(), offices=host.roles)
    who = resident("R1", now=NOW)
    for_them = replace(who, actor=replace(who.actor, through=host))
    with refused_as("own_work", Forbidden):
        said = {"activity": ACTIVITY, "score": 5}
        door.rate(stage(*RUNNING, inside("R1")), said, for_them)


def test_what_a_resident_says_stays_out_of_the_event() -> None:
    event = rating(stage(*RUNNING, inside("R1")), "R1", words="很热闹")
    assert event.data["note"] == "NOTE"
    assert event.notes == {"NOTE": "很热闹"}
    assert "很热闹" not in str(event.data)


def test_only_who_was_there_rates_and_once() -> None:
    docs = stage(*RUNNING, inside("R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R2")
    assert refusal.value.code == "not_attended"
    given_from(docs, Activities, "activities", rating(docs, "R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R1")
    assert refusal.value.code == "already_rated"


def deleting(docs: Overlay, who: str) -> Fact:
    return door.delete_words(docs, {"activity": ACTIVITY}, resident(who, now=NOW))


def test_what_one_said_can_be_deleted_at_any_time_and_the_score_stays() -> None:
    docs = rated()
    event = deleting(docs, "R1")
    assert (event.data["note"], event.erases) == ("NOTE", ("NOTE",))
    given_from(docs, Activities, "activities", event)
    with refused_as("no_words"):
        deleting(docs, "R1")
    assert listed(docs) == [{"score": 2}, {"score": 5}]


def test_nobody_deletes_what_another_said() -> None:
    for who in ("R3", "R2", "S1"):
        with refused_as("no_words"):
            deleting(rated(), who)


def test_who_was_there_is_told_what_they_thought_and_nobody_else_is() -> None:
    docs = rated()
    one = resident("R1", now=NOW)
    assert told(docs, one) == {"rated": {"score": 5, "has_words": True}}
    given_from(docs, Activities, "activities", deleting(docs, "R1"))
    assert told(docs, one) == {"rated": {"score": 5, "has_words": False}}
    for_them = replace(one.actor, through=secretary().actor)
    for other in (replace(one, actor=for_them), secretary(now=NOW)):
        assert told(docs, other) == {}
    assert told(stage(*RUNNING, inside("R1")), one) == {"may_rate": True}
    assert told(stage(*RUNNING), one) == {}


def listed(docs: Overlay) -> list[Json]:
    question = {"activity": ACTIVITY, "after": None, "limit": 20}
    keeper = secretary(now=NOW)
    noted = Asked(keeper.actor, keeper.now, "", {"NOTE": "很热闹"}.get)  # type: ignore[arg-type]
    return list(ratings_shown.list_ratings(docs, question, noted)["items"])


def test_the_host_reads_what_was_thought_and_not_by_whom() -> None:
    assert listed(rated()) == [{"score": 2}, {"score": 5, "words": "很热闹"}]
    assert "score" not in Seat().fields
