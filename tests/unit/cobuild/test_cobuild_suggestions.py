"""A verified need is told to the units it fits best, one after the other, so that none has to look for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.cobuild import views
from services.cobuild.rules import closing, commitments, suggestions
from services.district.working import minutes_between
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.stage import (
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
    take,
)

PASS_UP = examples.COMMANDS["pass_up_need"]
URGENT_DAY = 480  # Working minutes in which what is urgent is to be claimed.


def offered_by(number: int, **changes: Any) -> tuple[Fact, ...]:
    offering = example_of(
        examples,
        "offering_published.v2",
        unit=f"U{number}",
        offering=f"F{number}",
        **changes,
    )
    return (*another_unit(number), offering)


def liaison(number: int) -> Asked:
    return asked(("unit_liaison", f"unit/U{number}"), id=f"L{number}")


def wanted(*facts: Fact) -> Overlay:
    return stage(*UNIT, OFFERED, *facts, RAISED, VERIFIED)


def need(docs: Overlay) -> Json:
    return docs.the("needs", "N1")


def tell(docs: Overlay) -> Fact:
    """What is due, at the moment it is."""
    now = datetime.fromisoformat(need(docs)["suggest_at"])
    return take(docs, suggestions.suggest(docs, need(docs), asked(now=now)), now)


def test_a_verified_need_is_due_to_be_told_at_once_to_the_unit_it_fits_best() -> None:
    docs = wanted()
    assert need(docs)["suggest_at"] == "2026-06-01T01:00:00.000Z"
    told = tell(docs).data
    assert (told["unit"], told["offering"]) == ("U1", "F1")
    assert {"类别相同", "同一社区", "面向老人"} <= set(told["reasons"])


def test_what_brings_no_points_is_no_reason_to_tell_a_unit() -> None:
    docs = wanted()
    match = suggestions._next_match(docs, need(docs), asked())
    assert match
    points = {reason["text"]: reason["points"] for reason in match["reasons"]}
    assert 0 in points.values()
    assert tell(docs).data["reasons"] == [text for text in points if points[text]]


def test_units_are_told_in_turn_each_with_a_third_of_the_time_there_is_to_claim() -> (
    None
):
    docs = wanted(*offered_by(2), *offered_by(3), *offered_by(4))
    told = [tell(docs) for _ in range(4)]
    assert [fact.type for fact in told] == ["need_suggested.v1"] * 3 + [
        "suggesting_ended.v1"
    ]
    assert len({fact.data["unit"] for fact in told[:3]}) == 3
    first, second = (
        datetime.fromisoformat(fact.data["answer_by"]) for fact in told[:2]
    )
    assert (
        minutes_between(NOW, first) == minutes_between(first, second) == URGENT_DAY // 3
    )
    assert told[3].data["told"] == 3
    assert not {"suggest_at", "suggested_to", "answer_by"} & need(docs).keys()


def test_a_unit_with_several_offerings_that_fit_is_told_once() -> None:
    docs = wanted(example_of(examples, "offering_published.v2", offering="F9"))
    assert [tell(docs).type for _ in range(2)] == [
        "need_suggested.v1",
        "suggesting_ended.v1",
    ]


@pytest.mark.parametrize("other", [{"category": "零距离医疗"}, {"audience": ["儿童"]}])
def test_nobody_is_told_of_what_they_do_not_offer_and_the_community_hears_that(
    other: dict[str, Any],
) -> None:
    docs = stage(
        *UNIT, example_of(examples, "offering_published.v2", **other), RAISED, VERIFIED
    )
    told = tell(docs)
    assert (told.type, told.data["told"]) == ("suggesting_ended.v1", 0)


def test_who_passes_it_up_hands_it_to_the_next_at_once() -> None:
    docs = wanted(*offered_by(2))
    first = tell(docs).data["unit"]
    with refused("not_suggested"):
        other = 2 if first == "U1" else 1
        suggestions.pass_up(docs, {**PASS_UP, "unit": f"U{other}"}, liaison(other))
    later = NOW + timedelta(minutes=5)
    take(
        docs,
        suggestions.pass_up(docs, {**PASS_UP, "unit": first}, liaison(int(first[1:]))),
        later,
    )
    assert need(docs)["suggest_at"] == "2026-06-01T01:05:00.000Z"
    assert tell(docs).data["unit"] != first


def test_a_stranger_passes_nothing_up() -> None:
    docs = wanted()
    tell(docs)
    with refused("not_your_unit", Forbidden):
        suggestions.pass_up(docs, PASS_UP, asked(("unit_liaison", "unit/U2"), id="P9"))


def test_what_somebody_has_taken_on_is_told_to_nobody_more() -> None:
    docs = wanted()
    tell(docs)
    claim = {"need": "N1", "unit": "U1", "due": examples.DUE}
    take(docs, commitments.claim_need(docs, claim, LIAISON))
    assert not {"suggest_at", "suggested_to", "answer_by"} & need(docs).keys()
    assert suggestions.suggest(docs, need(docs), WORKER) is None
    with refused("cannot_pass_up"):
        suggestions.pass_up(docs, PASS_UP, LIAISON)


@pytest.mark.parametrize(
    "given_back",
    ["commitment_withdrawn.v1", "commitment_lapsed.v1", "commitment_declined.v1"],
)
def test_what_is_given_back_is_told_anew_and_not_to_who_let_it_go(
    given_back: str,
) -> None:
    docs = stage(
        *UNIT,
        OFFERED,
        *offered_by(2),
        RAISED,
        VERIFIED,
        example_of(examples, "need_dispatched.v1"),
    )
    take(docs, example_of(examples, given_back), NOW + timedelta(hours=1))
    assert need(docs)["suggest_at"] == "2026-06-01T02:00:00.000Z"
    assert [tell(docs).data.get("unit") for _ in range(2)] == ["U2", None]


def test_what_is_raised_again_is_told_anew() -> None:
    docs = wanted()
    for type in ("need_dispatched.v1", "need_fulfilled.v1", "need_confirmed.v1"):
        take(docs, example_of(examples, type))
    take(docs, closing.reopen_need(docs, examples.COMMANDS["reopen_need"], RESIDENT))
    assert tell(docs).data["unit"] == "U1"


def test_whom_it_was_told_to_is_seen_by_the_community_and_by_the_unit_asked_of_itself() -> (
    None
):
    docs = wanted(*offered_by(2))
    tell(docs)
    unit = need(docs)["suggested_to"]
    other = 2 if unit == "U1" else 1
    shown = {who: views.needs.get_need(docs, {"need": "N1"}, asker) for who, asker in {
        "worker": WORKER, "asked": liaison(int(unit[1:])), "other": liaison(other),
    }.items()}  # fmt: skip
    assert (shown["worker"]["told"], shown["worker"]["suggested_to"]) == ([unit], unit)
    assert shown["asked"]["suggested_to"] == unit
    assert "told" not in shown["asked"]
    assert not {"told", "suggested_to", "answer_by"} & shown["other"].keys()
    assert not {"by", "beneficiary", "grid"} & shown["asked"].keys()
