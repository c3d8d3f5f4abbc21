"""What bounds a signer across sessions: so many people at one time, so many sign-ups a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.activities.rules import parties, signups
from services.activities.rules.signers import MOST_OF_A_SESSION, MOST_SIGNUPS
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CONTENT
from tests.given import asked, given_from, happened, refused
from tests.unit.activities.stage import BEFORE, resident, secretary, stage

PLAN = CONTENT["sessions"][0]


def activity(
    number: int, starts: str = "01", ends: str = "03", **more: Any
) -> list[Fact]:
    """One of six seats, from and until these hours of its day."""
    id = f"A{number}"
    times = {
        "starts_at": f"2026-06-13T{starts}:00:00.000Z",
        "ends_at": f"2026-06-13T{ends}:00:00.000Z",
    }
    session = {**PLAN, **times, "session": f"{id}.1", "capacity": 6}
    published = Fact(
        "activity_published.v2",
        f"activity/{id}",
        {**CONTENT, "activity": id, "sessions": [session]},
    )
    published.data.update(more)
    return [published, Fact("activity_opened.v1", f"activity/{id}", {"activity": id})]


def guests(count: int, start: int = 0) -> list[Json]:
    return [
        {"person": f"g{start + number}", "relation": "family"}
        for number in range(count)
    ]


def sign_up(
    docs: Overlay, number: int, party: list[Json], who: Asked | None = None, **said: Any
) -> str:
    """The id of the sign-up."""
    who = who or resident("R1")
    who = Asked(who.actor, who.now, f"N{docs.seq}")
    fact = signups.sign_up(
        docs, {"activity": f"A{number}", "party": party, **said}, who
    )
    fold(docs, fact, who)
    return str(fact.data["signup"])


def fold(docs: Overlay, fact: Fact, who: Asked) -> None:
    event = replace(happened(fact, docs.seq + 1, who.now), actor=who.actor.id)
    docs.fold(event, Activities.folds["activities"])
    docs.seq = event.seq


def cancel(docs: Overlay, signup: str, who: Asked) -> None:
    fold(docs, signups.cancel_signup(docs, {"signup": signup}, who), who)


def worker(now: Any = BEFORE) -> Asked:
    return asked(("community_worker", "510108002001"), id="W1", now=now)


def of_many(count: int, **more: Any) -> Overlay:
    return stage(
        *(fact for number in range(count) for fact in activity(number, **more))
    )


def test_nobody_fills_every_session_of_an_hour_with_people_who_do_not_exist() -> None:
    docs = of_many(30)
    sign_up(docs, 0, guests(6))
    for number in range(1, 30):
        with refused("too_many_at_a_time", says="您已报 6 人"):
            sign_up(docs, number, guests(1, start=6 * number))


def test_a_family_of_six_goes_to_two_places_at_a_time_and_then_to_a_third() -> None:
    docs = stage(
        *activity(0), *activity(1), *activity(2, "02", "04"), *activity(3, "03", "04")
    )
    first = sign_up(docs, 0, [{"person": "R1", "relation": "self"}, *guests(2)])
    sign_up(docs, 1, guests(3, start=2))
    with refused("too_many_at_a_time", says="一共最多报名 6 人"):
        sign_up(docs, 2, guests(1, start=5))
    assert sign_up(docs, 3, guests(6)), "when those are over"
    cancel(docs, first, resident("R1"))
    with refused("too_many_at_a_time", says="您已报 9 人"):
        sign_up(docs, 2, guests(1, start=6))


def test_who_waits_and_who_asks_is_counted_as_well() -> None:
    for before in ([("R5", 6)], []):
        docs = stage(
            *activity(0, terms={} if before else {"approval": True}), *activity(1)
        )
        for signer, size in before:
            sign_up(docs, 0, guests(size), resident(signer))
        id = sign_up(docs, 0, guests(6))
        assert docs.the("signups", id)["state"] == (
            "waiting" if before else "requested"
        )
        with refused("too_many_at_a_time"):
            sign_up(docs, 1, guests(1, start=6))


def test_one_more_is_added_to_no_party_beyond_that() -> None:
    docs = of_many(2)
    sign_up(docs, 0, guests(5))
    second = sign_up(docs, 1, guests(1, start=5))
    member = {"person": "g6", "relation": "family"}
    for who, told in (
        (resident("R1"), "您已报 6 人"),
        (worker(), "这位居民"),
        (secretary(), "这位居民"),
    ):
        with refused("too_many_at_a_time", says=told):
            parties.add(docs, {"signup": second, "member": member}, who)


def test_who_comes_instead_makes_them_no_more() -> None:
    docs = of_many(2)
    sign_up(docs, 0, guests(5))
    second = sign_up(docs, 1, guests(1, start=5))
    instead = {
        "signup": second,
        "person": "g5",
        "to": {"person": "g6", "relation": "family"},
    }
    fold(docs, parties.pass_on(docs, instead, resident("R1")), resident("R1"))
    with refused("too_many_at_a_time", says="您已报 6 人"):
        parties.add(
            docs,
            {"signup": second, "member": {"person": "g7", "relation": "family"}},
            resident("R1"),
        )


def test_what_a_worker_asks_for_counts_for_the_resident_it_is_for() -> None:
    docs = of_many(3)
    sign_up(docs, 0, guests(6), worker(), by="R1")
    with refused("too_many_at_a_time"):
        sign_up(docs, 1, guests(1, start=6))
    with refused("too_many_at_a_time", says="这位居民"):
        sign_up(docs, 1, guests(1, start=6), worker(), by="R1")
    assert sign_up(docs, 1, guests(6), worker(), by="R2")


def test_a_session_that_has_moved_is_counted_where_it_is_now() -> None:
    docs = stage(*activity(0, "05", "06"), *activity(1))
    sign_up(docs, 0, guests(6))
    published = activity(0)[0]
    moved = {
        **published.data,
        "changed": ["starts_at"],
        "moved": ["A0.1"],
        "reason": "提前",
    }
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_changed.v1", published.stream, moved),
        now=BEFORE,
    )
    with refused("too_many_at_a_time"):
        sign_up(docs, 1, guests(1, start=6))


@pytest.mark.parametrize("signer", ["R1", "W1"])
def test_so_many_sign_ups_a_day_whatever_becomes_of_them(signer: str) -> None:
    docs = of_many(MOST_SIGNUPS + 1)
    who, said = (worker(), {"by": "R1"}) if signer == "W1" else (resident("R1"), {})
    for number in range(MOST_SIGNUPS):
        cancel(docs, sign_up(docs, number, guests(1), who, **said), who)
    with refused(
        "too_many_today", says="您今天" if signer == "R1" else "社区为这位居民今天"
    ):
        sign_up(docs, MOST_SIGNUPS, guests(1), who, **said)
    tomorrow = Asked(who.actor, who.now + timedelta(days=1), "N1")
    assert sign_up(docs, MOST_SIGNUPS, guests(1), tomorrow, **said)


def test_what_a_worker_asks_for_uses_up_none_of_the_resident_s_own() -> None:
    docs = of_many(MOST_SIGNUPS + 1)
    for number in range(MOST_SIGNUPS):
        cancel(docs, sign_up(docs, number, guests(1), worker(), by="R1"), worker())
    assert sign_up(docs, MOST_SIGNUPS, guests(1))


def test_nor_of_their_own_for_one_session() -> None:
    docs = of_many(1)
    for _ in range(MOST_OF_A_SESSION):
        cancel(docs, sign_up(docs, 0, guests(1), worker(), by="R1"), worker())
    with refused("too_many_today", says="社区为这位居民今天已为本场报名 5 次"):
        sign_up(docs, 0, guests(1), worker(), by="R1")
    assert sign_up(docs, 0, guests(1))
