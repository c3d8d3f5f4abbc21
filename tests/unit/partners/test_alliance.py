"""The 益·社 alliance: who joins, who leaves, and who was a member on a day."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.documents import Json
from schemas.partners import partners as schemas
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners import views
from services.partners.rules import alliance, standing
from tests.examples import partners as examples
from tests.given import NOW, example_of, refused
from tests.unit.partners.stage import (
    APPLIED,
    APPROVED,
    BOTH,
    COMMANDS,
    JOINED,
    LEFT,
    STREET,
    SUSPENDED,
    WITHDRAWN,
    after,
    follow,
)

TODAY = local_day(NOW)


def join(docs: Overlay, since: str, who: Asked = BOTH) -> Fact:
    return alliance.join(docs, {"partner": "N1", "since": since}, who)


def leave(docs: Overlay, until: str, who: Asked = BOTH) -> Fact:
    return alliance.leave(docs, {**COMMANDS["leave_alliance"], "until": until}, who)


def members(docs: Overlay, **question: str) -> list[str]:
    loaded = schemas.ListMembers().load({"division": "510108", **question})
    return [
        member["id"] for member in views.list_members(docs, loaded, STREET)["items"]
    ]


def test_an_approved_partner_joins_with_a_day() -> None:
    fact = alliance.join(after(APPLIED, APPROVED), COMMANDS["join_alliance"], BOTH)
    assert (fact.type, fact.data) == (
        "alliance_joined.v1",
        examples.EVENTS["alliance_joined.v1"],
    )


@pytest.mark.parametrize(
    "facts",
    [(APPLIED,), (APPLIED, APPROVED, SUSPENDED), (APPLIED, APPROVED, WITHDRAWN)],
)
def test_only_an_active_partner_joins(facts: tuple[Fact, ...]) -> None:
    with refused("cannot_join_alliance"):
        join(after(*facts), "2026-03-01")


def test_nobody_joins_or_leaves_on_a_day_to_come() -> None:
    tomorrow = local_day(NOW + timedelta(days=1))
    with refused("in_the_future", Invalid, says=day_in_words(tomorrow)):
        join(after(APPLIED, APPROVED), tomorrow)
    with refused("in_the_future", Invalid, says=day_in_words(tomorrow)):
        leave(after(APPLIED, APPROVED, JOINED), tomorrow)
    assert join(after(APPLIED, APPROVED), TODAY).data["since"] == TODAY


def test_a_member_does_not_join_again() -> None:
    with refused("already_member", says="2026年3月1日"):
        join(after(APPLIED, APPROVED, JOINED), "2026-04-01")


@pytest.mark.parametrize(
    ("since", "is_so"), [("2026-03-01", True), ("2026-02-28", False)]
)
def test_a_member_since_the_same_day_is_one_already(since: str, is_so: bool) -> None:
    with pytest.raises(Refused) as caught:
        join(after(APPLIED, APPROVED, JOINED), since)
    assert (caught.value.code, caught.value.is_so) == ("already_member", is_so)


def test_a_new_membership_begins_after_the_last_day_of_the_old_one() -> None:
    docs = after(APPLIED, APPROVED, JOINED, LEFT)
    with refused("memberships_overlap", says="2026年5月31日"):
        join(docs, "2026-05-31")
    assert join(docs, "2026-06-01").type == "alliance_joined.v1"


@pytest.mark.parametrize("facts", [(), (JOINED, LEFT), (JOINED, WITHDRAWN)])
def test_who_is_no_member_cannot_leave(facts: tuple[Fact, ...]) -> None:
    with refused("not_a_member"):
        leave(after(APPLIED, APPROVED, *facts), TODAY)


def test_nobody_leaves_before_joining() -> None:
    with refused("before_joining", Invalid, says="2026年3月1日"):
        leave(after(APPLIED, APPROVED, JOINED), "2026-02-28")


def test_a_suspended_member_stays_one_and_may_leave() -> None:
    docs = after(APPLIED, APPROVED, JOINED, SUSPENDED)
    assert members(docs) == ["N1:2026-03-01"]
    assert leave(docs, TODAY).type == "alliance_left.v1"


def test_who_withdraws_leaves_the_alliance_on_that_day() -> None:
    docs = after(APPLIED, APPROVED, JOINED, WITHDRAWN)
    stay = {
        "since": "2026-03-01",
        "until": TODAY,
        "reason": COMMANDS["withdraw"]["reason"],
    }
    assert docs.the("partners", "N1")["alliance"] == [stay]
    assert members(docs, on=TODAY) == ["N1:2026-03-01"]
    assert members(docs, on="2026-06-02") == []


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-02-28", []),
        ("2026-03-01", ["N1:2026-03-01"]),
        ("2026-05-31", ["N1:2026-03-01"]),
        ("2026-06-01", ["N1:2026-06-01"]),
        ("2027-01-01", ["N1:2026-06-01"]),
    ],
)
def test_the_members_are_those_of_the_day(day: str, shown: list[str]) -> None:
    docs = after(
        APPLIED,
        APPROVED,
        JOINED,
        LEFT,
        example_of(examples, "alliance_joined.v1", since="2026-06-01"),
    )
    assert members(docs, on=day) == shown
    assert members(docs, on=day, division="510108015001") == shown
    assert members(docs, on=day, division="510108016") == []


def test_a_member_is_shown_with_its_name_and_state_of_now() -> None:
    docs = after(
        APPLIED,
        APPROVED,
        JOINED,
        example_of(examples, "partner_profile_updated.v2", name="青禾书房"),
    )
    found = views.list_members(
        docs, schemas.ListMembers().load({"division": "510108"}), STREET
    )["items"]
    assert [(member["name"], member["state_text"]) for member in found] == [
        ("青禾书房", "已通过")
    ]
    shown = {
        name: value
        for name, value in found[0].items()
        if name in schemas.Member().fields
    }
    assert schemas.Member().validate(shown) == {}


def test_members_are_paged() -> None:
    docs = after()
    for n in range(5):
        other = {"partner": f"N{n}", "credit_code": "52510108MJX0000184"}
        follow(docs, example_of(examples, "partner_applied.v2", **other))
        follow(docs, example_of(examples, "alliance_joined.v1", partner=f"N{n}"))
    question = schemas.ListMembers().load({"division": "510108", "limit": 3})
    first = views.list_members(docs, question, STREET)
    rest = views.list_members(docs, {**question, "after": first["next"]}, STREET)
    assert [member["partner"] for member in first["items"] + rest["items"]] == [
        "N0",
        "N1",
        "N2",
        "N3",
        "N4",
    ]
    assert rest["next"] is None


def test_the_stays_shown_with_a_partner_do_not_grow_without_end() -> None:
    docs = after(APPLIED, APPROVED)
    for month in range(24):
        day = f"{2020 + month // 12}-{month % 12 + 1:02}-01"
        follow(docs, join(docs, day))
        follow(docs, leave(docs, day))
    assert len(docs.the("partners", "N1")["alliance"]) == schemas.MOST_TOLD
    assert members(docs, on="2020-01-01") == ["N1:2020-01-01"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["join", "leave", "suspend", "reinstate", "withdraw"]),
            st.integers(0, 40),
        )
    )
)
def test_the_members_of_every_day_are_those_whose_stay_holds_it(
    tried: list[tuple[str, int]],
) -> None:
    docs = after(APPLIED, APPROVED)
    for name, day in tried:
        follow(docs, *_taken(docs, name, local_day(NOW - timedelta(days=day))))
    stays: list[Json] = docs.the("partners", "N1")["alliance"]
    for day in range(-1, 41):
        on = local_day(NOW - timedelta(days=day))
        holding = [
            f"N1:{s['since']}"
            for s in stays
            if s["since"] <= on <= s.get("until", "9999")
        ]
        assert len(holding) <= 1
        assert members(docs, on=on) == holding


def _taken(docs: Overlay, name: str, day: str) -> list[Fact]:
    """What comes of trying a step on a day; nothing when it is refused."""
    try:
        if name == "join":
            return [join(docs, day)]
        if name == "leave":
            return [leave(docs, day)]
        return [getattr(standing, name)(docs, COMMANDS[name], STREET)]
    except (Refused, Invalid):
        return []
