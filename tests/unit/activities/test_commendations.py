"""Commendations: who records one, of whom, and who is told of it."""

import pytest

from schemas.activities.certificates import EARLIEST
from services.activities.model.lifecycles import COMMENDATION
from services.activities.rules import commendations
from services.activities.service import Activities
from services.activities.views import commendations as commendations_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.given import asked, refused
from tests.unit.activities.attending_stage import LATER, happens, held, record_all, scan
from tests.unit.activities.stage import resident, secretary, street_admin
from tests.walk import Walk

COMMENDED = {
    "person": "R1",
    "issuer": "branch/B1",
    "title": "优秀志愿者",
    "on": "2026-06-14",
}
ISSUER = secretary(now=LATER, new_id="K1")
PAGE = {"limit": 20, "after": None}


def been() -> Overlay:
    return record_all(
        held("R1"), [scan("R1", "in", 5, "N1"), scan("R1", "out", 95, "N2")]
    )


def commend(docs: Overlay, who: Asked = ISSUER, **changes: str) -> Fact:
    return commendations.commend(docs, {**COMMENDED, **changes}, who)


def commended() -> Overlay:
    docs = been()
    happens(docs, commend(docs))
    return docs


def withdraw(docs: Overlay, who: Asked = ISSUER) -> Fact:
    return commendations.withdraw_commendation(
        docs, {"commendation": "K1", "reason": "登记错了人"}, who
    )


def test_every_step_of_a_commendation_in_every_state() -> None:
    Walk(
        Activities,
        COMMENDATION,
        "commendations",
        "K1",
        commended,
        {"withdraw": withdraw},
    ).try_everything()


def test_the_host_and_who_administers_the_place_may_commend_who_served_there() -> None:
    docs = been()
    assert commend(docs).data == {**COMMENDED, "commendation": "K1", "by": "S1"}
    for issuer in ("510108002", "510108"):
        who = asked(("district_admin", "510108"), id="A1", now=LATER)
        assert commend(docs, who, issuer=issuer).data["issuer"] == issuer


def test_nobody_else_may() -> None:
    docs = commended()
    for who in (resident("R1", now=LATER), street_admin(now=LATER)):
        with pytest.raises(Forbidden):
            commend(docs, who)
    with refused("not_your_host", Forbidden):
        withdraw(docs, resident("R1", now=LATER))
    with refused("not_found", Unknown):
        withdraw(docs, street_admin(now=LATER))
    with refused("not_the_secretary"):
        commend(docs, secretary(id="S2", now=LATER))
    with refused("not_found", Unknown):
        withdraw(docs, secretary(id="S2", now=LATER))
    with pytest.raises(Forbidden):
        commend(docs, street_admin(now=LATER, street="510108003"), issuer="510108002")


def test_nobody_commends_themself() -> None:
    with refused("own_hours", Forbidden):
        commend(commended(), secretary(now=LATER), person="S1")


def test_who_never_served_there_is_not_commended() -> None:
    with refused("no_service"):
        commend(been(), person="R9")
    with refused("no_service"):
        commend(held("R1"))


@pytest.mark.parametrize("on", ["2026-06-15", "1999-12-31"])
def test_a_commendation_is_of_a_day_that_has_come(on: str) -> None:
    with refused("day_out_of_range", Invalid):
        commend(been(), on=on)


def test_it_is_in_the_record_of_who_was_commended() -> None:
    docs = commended()
    happens(docs, withdraw(docs))
    (mine,) = commendations_shown.my_commendations(docs, PAGE, resident("R1"))["items"]
    assert (mine["title"], mine["issuer_name"], mine["state_text"], mine["reason"]) == (
        "优秀志愿者", "演示支部", "已撤回", "登记错了人",
    )  # fmt: skip
    assert "by" not in mine
    assert (
        commendations_shown.my_commendations(docs, PAGE, resident("R2"))["items"] == []
    )


def test_others_see_those_they_might_have_given() -> None:
    docs = commended()
    question = {**PAGE, "person": "R1", "issuer": "branch/B1"}
    assert [
        one["id"]
        for one in commendations_shown.resident_commendations(docs, question, ISSUER)[
            "items"
        ]
    ] == ["K1"]
    assert (
        commendations_shown.get_commendation(
            docs, {"commendation": "K1"}, resident("R1")
        )["id"]
        == "K1"
    )
    assert (
        commendations_shown.get_commendation(docs, {"commendation": "K1"}, ISSUER)["id"]
        == "K1"
    )
    for who in (resident("R2"), secretary(id="S2", now=LATER)):
        with refused("not_found", Unknown):
            commendations_shown.get_commendation(docs, {"commendation": "K1"}, who)
    with pytest.raises(Forbidden):
        commendations_shown.resident_commendations(docs, question, resident("R2"))
    with pytest.raises(Unknown):
        commendations_shown.get_commendation(docs, {"commendation": "K2"}, ISSUER)


@pytest.mark.parametrize(
    ("on", "is_one"),
    [
        ("1999-12-31", False),
        (EARLIEST, True),
        ("2026-06-14", True),
        ("2026-06-15", False),
    ],
)
def test_the_first_day_there_is_and_today_are_days_of_a_commendation(
    on: str, is_one: bool
) -> None:
    if is_one:
        assert commend(been(), on=on).data["on"] == on
        return
    with refused("day_out_of_range", Invalid):
        commend(been(), on=on)
