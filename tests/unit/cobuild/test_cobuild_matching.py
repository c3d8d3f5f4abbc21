"""Matching: each suggestion adds up to its reasons, and over a year nobody is left out."""

import random
from collections import Counter
from datetime import timedelta
from statistics import median

import pytest

from schemas.cobuild.matching import Match, Weight
from services.cobuild.model.ids import usage_id
from services.cobuild.rules import closing, commitments, matching, needs, points
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of
from tests.unit.cobuild.stage import (
    OFFERED,
    RAISED,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
    take,
)

UNITS = 12
DAYS = 365


def offering(number: int, **changes: object) -> Fact:
    about = {
        "offering": f"F{number}",
        "unit": f"U{number}",
        "valid_until": "2999-12-31",
        **changes,
    }
    return example_of(examples, "offering_published.v2", **about)


def test_a_score_is_the_sum_of_its_reasons_and_no_part_exceeds_its_weight() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    (found,) = matching.of_need(docs, docs.the("needs", "N1"), 10, WORKER)
    assert Match().validate(found) == {}
    assert found["score"] == sum(reason["points"] for reason in found["reasons"])
    assert [reason["part"] for reason in found["reasons"]] == list(points.PARTS)
    texts = {reason["part"]: reason["text"] for reason in found["reasons"]}
    assert texts["place"] == "同一社区"
    assert texts["time"] == "6月6日 周六 9:00 正合适"
    assert all(Weight().validate(weight) == {} for weight in points.weights())


def test_the_nearer_the_fitter_and_the_more_trusted_comes_first() -> None:
    far = offering(2, community="510108016001")
    other_people = offering(3, audience=["儿童"])
    docs = stage(
        *UNIT,
        *another_unit(2),
        *another_unit(3),
        OFFERED,
        far,
        other_people,
        RAISED,
        VERIFIED,
    )
    assert [match["offering"] for match in matching.of_need(docs, docs.the("needs", "N1"), 10, WORKER)] == [
        "F1", "F3", "F2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "served", "points", "text"),
    [
        ("老人", ["老人"], 15, "面向老人"),
        ("老人", ["一老一小"], 15, "面向一老一小（老人、儿童），要的是老人"),
        (
            "儿童",
            ["困难家庭", "一老一小"],
            15,
            "面向困难家庭、一老一小（老人、儿童），要的是儿童",
        ),
        (
            "一老一小",
            ["老人", "儿童"],
            15,
            "面向老人、儿童，要的是一老一小（老人、儿童）",
        ),
        ("一老一小", ["老人"], 8, "面向老人，要的是一老一小（老人、儿童）"),
        ("一老一小", ["全体居民", "老人"], 10, "面向全体居民，要的是一老一小"),
        ("老人", ["全体居民"], 10, "面向全体居民，要的是老人"),
        ("残障人士", ["一老一小"], 0, "面向一老一小（老人、儿童），要的是残障人士"),
        ("老人", ["儿童"], 0, "面向儿童，要的是老人"),
    ],
)
def test_whom_it_is_for_is_told_beside_whom_it_is_wanted_for(
    wanted: str, served: list[str], points: int, text: str
) -> None:
    need = Fact(RAISED.type, RAISED.stream, {**RAISED.data, "audience": wanted})
    docs = stage(*UNIT, *another_unit(2), offering(2, audience=served), need, VERIFIED)
    [found] = matching.of_need(docs, docs.the("needs", "N1"), 1, WORKER)
    reason = next(one for one in found["reasons"] if one["part"] == "audience")
    assert (reason["points"], reason["text"]) == (points, text)


def crowd(count: int) -> Overlay:
    """A need, and offerings of twelve units that differ in all that counts; the fittest is the last to expire."""
    luck = random.Random(7)
    facts = [fact for number in range(1, UNITS + 1) for fact in another_unit(number)]
    for number in range(1, count + 1):
        changes = {
            "unit": f"U{number % UNITS + 1}",
            "category": luck.choice(("零距离安全", "零距离安全", "零距离助老")),
            "community": luck.choice(("510108015001", "510108015001", "510108016001")),
            "audience": [luck.choice(("儿童", "困难家庭", "全体居民"))],
            "repeats": luck.choice(
                (
                    "FREQ=WEEKLY;BYDAY=SA",
                    "FREQ=WEEKLY;BYDAY=MO",
                    "FREQ=MONTHLY;BYDAY=1TU",
                )
            ),
            "valid_until": f"2027-{luck.randint(1, 12):02}-01",
        }
        facts.append(offering(number, **changes))
    return stage(*facts, offering(count + 1, unit="U1"), RAISED, VERIFIED)


def test_the_best_one_is_found_among_many_that_expire_sooner() -> None:
    docs = crowd(700)
    assert (
        matching.of_need(docs, docs.the("needs", "N1"), 1, WORKER)[0]["offering"]
        == "F701"
    )


def test_what_is_left_unreckoned_could_not_have_come_so_far() -> None:
    docs = crowd(300)
    for number in range(1, 301, 3):
        docs.put("usage", {"id": usage_id(f"F{number}", "2026-W23"), "used": 1})
    need = docs.the("needs", "N1")
    every = matching.of_need(docs, need, 1000, WORKER)
    scores = [match["score"] for match in every]
    assert scores == sorted(scores, reverse=True)
    assert len({*scores}) > 10
    for limit in (1, 3, 20, 100):
        assert matching.of_need(docs, need, limit, WORKER) == every[:limit]


def test_the_best_need_is_found_among_many_that_were_raised_earlier() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    fit = docs.the("needs", "N1")
    for number in range(700):
        docs.put(
            "needs",
            {
                **fit,
                "audience": "儿童",
                "raised_at": "2020-01-01T00:00:00.000000Z",
                "id": f"M{number}",
            },
        )
    assert (
        matching.of_offering(docs, docs.the("offerings", "F1"), 1, WORKER)[0]["need"]
        == "N1"
    )


def test_declining_weighs_in() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    before = matching.of_need(docs, docs.the("needs", "N1"), 1, WORKER)[0]["score"]
    docs.put("declines", {"id": "U1:零距离安全", "times": 2, "reason": "人手不够"})
    after = matching.of_need(docs, docs.the("needs", "N1"), 1, WORKER)[0]
    assert after["score"] == before - 10
    assert after["reasons"][-1]["text"] == "这类需求拒接过 2 次"


def test_the_other_way_round_it_is_the_same_pair() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    (of_need,) = matching.of_need(docs, docs.the("needs", "N1"), 10, WORKER)
    (of_offering,) = matching.of_offering(docs, docs.the("offerings", "F1"), 10, WORKER)
    assert of_offering["score"] == of_need["score"]
    assert of_offering["title"] == "老旧线路检查一户"


def test_over_a_year_no_unit_starves() -> None:
    """A need a day, each given to the first suggestion, all alike but for what they have had already."""
    facts = [
        fact
        for number in range(1, UNITS + 1)
        for fact in (*another_unit(number), offering(number))
    ]
    docs = stage(*facts)
    given = Counter(_live(docs, day) for day in range(DAYS))
    spread = sorted(given.values())
    assert len(spread) == UNITS, "a unit was never suggested first"
    assert spread[-1] <= 2 * spread[0], (
        f"from {spread[0]} to {spread[-1]} with a median of {median(spread)}"
    )


def _live(docs: Overlay, day: int) -> str:
    """One day: a need comes, the first suggested unit takes it and, mostly, does it. Who that was."""
    now, need = NOW + timedelta(days=day), f"N{day}"
    luck = random.Random(day)
    worker = asked(("community_worker", "510108015001"), id="P6", now=now, new_id=need)
    take(docs, needs.raise_need(docs, examples.COMMANDS["raise_need"], worker), now)
    take(
        docs,
        needs.verify_need(
            docs, {**examples.COMMANDS["verify_need"], "need": need}, worker
        ),
        now,
    )
    unit = matching.of_need(docs, docs.the("needs", need), 1, worker)[0]["unit"]
    liaison = asked(
        ("unit_liaison", f"unit/{unit}"), id="P2", now=now, new_id=f"C{day}"
    )
    due = (now + timedelta(days=5)).date().isoformat()
    take(
        docs,
        commitments.claim_need(docs, {"need": need, "unit": unit, "due": due}, liaison),
        now,
    )
    of_it = {"commitment": f"C{day}"}
    if luck.random() < 0.1:
        take(
            docs,
            commitments.give_up_commitment(docs, {**of_it, "reason": "有事"}, liaison),
            now,
        )
        return str(unit)
    take(
        docs,
        commitments.fulfil_commitment(
            docs, {**of_it, "words": "做好了", "served": 1}, liaison
        ),
        now,
    )
    take(docs, closing.confirm_need(docs, {"need": need}, worker), now)
    return str(unit)
