"""Everybody finds the sign-ups they made and those others made with them, page by page."""

import random

import pytest

from schemas.documents import Json
from services.activities.views import signups as signups_shown
from services.kit.errors import Unknown
from services.kit.views import Nothing, Overlay
from tests.unit.activities.stage import resident

PEOPLE = ("R1", "R2", "R3")


def lived(seed: int) -> tuple[Overlay, list[Json]]:
    """Documents with many sign-ups, often several at the same time; some made by R1, some with R1 in the party."""
    luck, docs, signups = random.Random(seed), Overlay(Nothing()), []
    docs.seq = 1
    for number in range(luck.randint(0, 30)):
        known = {
            "session": f"N{number:02}",
            "starts_at": f"2026-06-{luck.randint(1, 9):02}T01:00:00.000Z",
        }
        docs.put(
            "sessions",
            {"id": known["session"], "title": "义诊", "state": "planned", **known},
        )
        party = [
            {"person": person} for person in luck.sample(PEOPLE, luck.randint(1, 3))
        ]
        signup = {
            "id": f"S{luck.random()}",
            **known,
            "by": luck.choice(PEOPLE),
            "state": "confirmed",
            "party": party,
        }
        docs.put("signups", signup)
        signups.append(signup)
        given_up = [person for person in PEOPLE if {"person": person} not in party]
        for person in (*given_up[:1], *(member["person"] for member in party)):
            seat = {
                "id": f"{known['session']}:{person}",
                "person": person,
                "signup": signup["id"],
            }
            docs.put("seats", {**seat, "starts_at": known["starts_at"]})
    return docs, [
        one for one in signups if one["by"] == "R1" or {"person": "R1"} in one["party"]
    ]


@pytest.mark.parametrize("seed", range(40))
def test_each_is_told_once_the_latest_first_however_short_the_pages(seed: int) -> None:
    docs, expected = lived(seed)
    told, after = [], None
    while True:
        page = signups_shown.my_signups(
            docs, {"limit": 1 + seed % 7, "after": after}, resident("R1")
        )
        assert len(page["items"]) <= 1 + seed % 7
        told += page["items"]
        after = page["next"]
        if after is None:
            break
    assert sorted(one["id"] for one in told) == sorted(one["id"] for one in expected)
    begins = [one["starts_at"] for one in told]
    assert begins == sorted(begins, reverse=True)


def test_who_is_of_the_party_may_look_at_the_sign_up_and_nobody_else() -> None:
    docs, _ = lived(1)
    docs.put(
        "sessions",
        {
            "id": "N",
            "title": "义诊",
            "state": "planned",
            "starts_at": "2026-06-01T01:00:00.000Z",
        },
    )
    docs.put(
        "activities",
        {"id": "A", "host": "community/510108002001", "community": "510108002001"},
    )
    party = [{"person": "R2"}]
    docs.put(
        "signups",
        {
            "id": "S",
            "session": "N",
            "activity": "A",
            "by": "R1",
            "party": party,
            "state": "confirmed",
        },
    )
    for person in ("R1", "R2"):
        assert (
            signups_shown.get_signup(docs, {"signup": "S"}, resident(person))["id"]
            == "S"
        )
    with pytest.raises(Unknown):
        signups_shown.get_signup(docs, {"signup": "S"}, resident("R3"))
