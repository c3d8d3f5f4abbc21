"""Service of before there were places for helpers, recognised afterwards and taken back."""

import pytest

from services.activities.rules import certificates, contests, roles
from services.activities.views import closing
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import asked, refused
from tests.unit.activities.helpers import AFTER, CERTIFIED, comes, happens, sign_up
from tests.unit.activities.stage import (
    KEY,
    OPENED,
    resident,
    secretary,
    stage,
    street_admin,
)


def served_by(
    docs: Overlay, *people: str, role: str = "helper", who: Asked | None = None
) -> Fact:
    command = {
        "activity": ACTIVITY,
        "people": [*people],
        "role": role,
        "reason": "当天在路口值守",
    }
    return roles.change_roles(docs, command, who or secretary(now=AFTER))


def old_shift() -> Overlay:
    """Of before there were helpers: R1 and R2 came, R3 did not."""
    docs = stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED)
    for person in ("R1", "R2", "R3"):
        sign_up(docs, person)
    for person in ("R1", "R2"):
        comes(docs, person)
    return docs


def test_who_served_on_an_old_shift_is_recognised_afterwards() -> None:
    docs = old_shift()
    told = happens(docs, served_by(docs, "R1", "R2"), AFTER)
    assert [
        (one["person"], one["minutes"], one["role"]) for one in told.data["people"]
    ] == [
        ("R1", 60, "helper"),
        ("R2", 60, "helper"),
    ]
    assert docs.the("years", "R1:2026:all")["minutes"] == 60
    assert [docs.the("seatings", SESSION)[name] for name in closing.TIMES] == [120, 0]
    assert (
        certificates.issue_certificate(docs, CERTIFIED, secretary(now=AFTER), KEY).data[
            "minutes"
        ]
        == 60
    )


def test_what_was_recognised_by_mistake_is_taken_back_exactly() -> None:
    docs = old_shift()
    before = docs.the("seatings", SESSION)
    happens(docs, served_by(docs, "R1"), AFTER)
    happens(docs, served_by(docs, "R1", role="participant"), AFTER)
    assert docs.the("years", "R1:2026:all")["minutes"] == 0
    assert {**docs.the("seatings", SESSION), "seq": 0} == {**before, "seq": 0}


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (["R3"], "not_attended"),
        (["R9"], "not_signed_up"),
        (["R1", "R3"], "not_attended"),
    ],
)
def test_only_who_came_is_recognised_and_all_or_none(
    people: list[str], code: str
) -> None:
    with refused(code):
        served_by(old_shift(), *people)


def test_nothing_is_recognised_twice() -> None:
    docs = old_shift()
    happens(docs, served_by(docs, "R1"), AFTER)
    with refused("nothing_changes", says="已经是志愿者"):
        served_by(docs, "R1")


def test_nobody_recognises_themself() -> None:
    docs = old_shift()
    worker = asked(("community_worker", "510108002001"), id="R1", now=AFTER)
    with refused("own_hours", Forbidden):
        served_by(docs, "R1", who=worker)


def test_host_community_and_street_recognise_and_nobody_else() -> None:
    docs = old_shift()
    worker = asked(("community_worker", "510108002001"), id="W1", now=AFTER)
    for who in (secretary(now=AFTER), worker, street_admin(now=AFTER)):
        assert served_by(docs, "R1", who=who).data["by"] == who.actor.id
    with refused("out_of_scope", Forbidden):
        served_by(docs, "R1", who=street_admin(now=AFTER, street="510108009"))


def test_a_contest_of_not_having_been_counted_as_a_helper_is_upheld_by_recognising() -> (
    None
):
    docs = old_shift()
    command = {"activity": ACTIVITY, "words": "我是去值守的"}
    contested = happens(
        docs, contests.contest_hours(docs, command, resident("R1", now=AFTER)), AFTER
    )
    settle = {"contest": contested.data["contest"], "upheld": True, "reason": "已认定"}
    with refused("not_corrected"):
        contests.settle_contest(docs, settle, secretary(now=AFTER))
    happens(docs, served_by(docs, "R1"), AFTER)
    assert (
        contests.settle_contest(docs, settle, secretary(now=AFTER)).type
        == "contest_settled.v1"
    )
