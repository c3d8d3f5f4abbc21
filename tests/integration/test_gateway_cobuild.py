"""The co-building loop through HTTP, with a clock that is stepped: what is due is done by itself, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.fields import instant
from services.district.calendar import LOCAL
from services.xfh.demo.plan import credit_code
from tests.clocks import wait_until
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

CATEGORY = "零距离安全"
NEED = {
    "category": CATEGORY,
    "audience": "老人",
    "urgency": "urgent",
    "community": COMMUNITY,
}


@dataclass
class Street:
    """People of one street who deal with needs, and a clock."""

    front: Gateway
    clock: Path
    ahead: timedelta = timedelta()
    units: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.resident = self.front.token("R1", ("resident", "*"))
        self.worker = self.front.token("W1", ("community_worker", COMMUNITY))
        self.street = self.front.token("A2", ("street_admin", STREET))
        self.district = self.front.token("A3", ("district_admin", DISTRICT))

    def step(self, by: timedelta) -> None:
        self.ahead += by
        self.clock.write_text(str(self.ahead.total_seconds()))

    def day(self, days: int) -> str:
        return (
            (datetime.now(LOCAL) + self.ahead + timedelta(days=days)).date().isoformat()
        )

    def unit(self) -> str:
        """A unit, approved."""
        number = len(self.units) + 1
        liaison = self.front.token(f"L{number}", ("unit_liaison", DISTRICT))
        body = {
            "name": f"单位{number}",
            "industry": "电力",
            "members": 9,
            "contact_role": "联络员",
        }
        unit = self.front.done(
            "/units",
            liaison,
            **body,
            credit_code=credit_code(number),
            community=COMMUNITY,
        )["id"]
        self.front.done(f"/units/{unit}/approve", self.street)
        self.units.append(unit)
        return str(unit)

    def liaison(self, unit: str) -> str:
        return self.front.token(
            f"L{self.units.index(unit) + 1}", ("unit_liaison", f"unit/{unit}")
        )

    def verified(self, by: str = "") -> str:
        need = self.front.done("/needs", by or self.resident, **NEED, words="电线老化")[
            "id"
        ]
        self.front.done(
            f"/needs/{need}/verify", self.worker, title="线路检查", urgency="urgent"
        )
        return str(need)

    def claimed(self, unit: str, days: int = 30, by: str = "") -> tuple[str, str]:
        """A need and the commitment of the unit that has claimed it."""
        need = self.verified(by)
        liaison = self.liaison(unit)
        return need, str(
            self.front.done(
                f"/needs/{need}/claim", liaison, unit=unit, due=self.day(days)
            )["id"]
        )

    def shown(self, path: str) -> dict[str, Any]:
        answer = self.front.get(path, self.worker)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.get_json()
        return document

    def until(
        self, path: str, holds: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """The document once it is so; what is due is done within a second or two."""
        wait_until(lambda: holds(self.shown(path)), lambda: self.shown(path))
        return self.shown(path)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("cobuild")
    with gateway(folder) as made:
        yield Street(made, folder / "clock")


def test_a_need_goes_round_the_loop(here: Street) -> None:
    need, commitment = here.claimed(here.unit())
    liaison = here.liaison(here.units[-1])
    here.front.done(f"/commitments/{commitment}/begin", liaison)
    here.front.done(
        f"/commitments/{commitment}/fulfil", liaison, words="换了开关", served=1
    )
    assert (
        here.front.post(f"/needs/{need}/confirm", liaison, score=5).status_code == 403
    )
    here.front.done(f"/needs/{need}/dispute", here.resident, words="还有一间没看")
    assert (
        here.front.get(f"/needs/{need}", here.resident).get_json()["complaint"]
        == "还有一间没看"
    )
    here.front.done(
        f"/needs/{need}/send-back", here.worker, due=here.day(20), reason="补做"
    )
    here.front.done(
        f"/commitments/{commitment}/fulfil", liaison, words="都看了", served=1
    )
    here.front.done(f"/needs/{need}/confirm", here.resident, score=4)
    here.step(timedelta(days=8))
    here.until(f"/needs/{need}", lambda shown: shown["state"] == "closed")
    here.front.done(f"/needs/{need}/reopen", here.resident, words="又坏了")
    assert here.shown(f"/needs/{need}")["state_text"] == "待认领"


def test_a_resident_deletes_the_words_of_a_need_at_any_time(here: Street) -> None:
    need = here.verified()
    assert here.shown(f"/needs/{need}")["words"] == "电线老化"
    stranger = here.front.token("R2", ("resident", "*"))
    assert here.front.post(f"/needs/{need}/words/delete", stranger).status_code == 403
    deleted = here.front.done(f"/needs/{need}/words/delete", here.resident)
    assert "words" not in deleted
    assert "words" not in here.shown(f"/needs/{need}")
    again = here.front.post(f"/needs/{need}/words/delete", here.resident)
    assert (again.status_code, again.get_json()["code"]) == (409, "no_words")


def test_what_a_rating_says_is_read_by_the_unit_until_its_author_takes_it_back(
    here: Street,
) -> None:
    author = here.front.token("R70", ("resident", "*"))
    need, commitment = here.claimed(here.unit(), by=author)
    liaison = here.liaison(here.units[-1])
    here.front.done(
        f"/commitments/{commitment}/fulfil", liaison, words="换了开关", served=1
    )
    here.front.done(f"/needs/{need}/confirm", author, score=5, words="很仔细")
    for reader in (liaison, here.worker, author):
        assert here.front.get(f"/needs/{need}", reader).get_json()["rating"] == "很仔细"
    assert (
        "rating"
        not in here.front.get(
            f"/needs/{need}", here.front.token("R2", ("resident", "*"))
        ).get_json()
    )
    here.front.done(f"/needs/{need}/words/delete", author)
    told = here.front.get(f"/needs/{need}", liaison).get_json()
    assert "rating" not in told
    assert told["score"] == 5


def test_unit_and_beneficiary_talk_agree_a_time_and_one_of_them_takes_back_what_they_said(
    here: Street,
) -> None:
    author, unit = here.front.token("R71", ("resident", "*")), here.unit()
    need, commitment = here.claimed(unit, by=author)
    one, liaison = f"/commitments/{commitment}", here.liaison(unit)
    assert (
        here.front.done(f"{one}/messages", author, words="周六上午方便")["messages"]
        == 1
    )
    (message,) = here.front.get(f"{one}/messages", liaison).get_json()["items"]
    assert (message["words"], message["side_text"], message["mine"]) == (
        "周六上午方便",
        "受益人",
        False,
    )
    visit = instant(datetime.now(UTC) + here.ahead + timedelta(days=2))
    here.front.done(f"{one}/times", liaison, starts_at=visit)
    assert (
        here.front.done(f"{one}/times/agree", author, starts_at=visit)["agreed_at"]
        == visit
    )
    early = here.front.post(f"{one}/fulfil", liaison, words="做好了", served=1)
    assert (early.status_code, early.get_json()["code"]) == (409, "before_agreed_time")
    (promise,) = here.front.get(f"/units/{unit}/promises", liaison).get_json()["items"]
    assert (promise["id"], promise["agreed_at"], promise["due_text"]) == (
        commitment,
        visit,
        "还有 30 天",
    )
    here.front.done(f"{one}/messages/{message['id']}/delete", author)
    assert (
        "words" not in here.front.get(f"{one}/messages", liaison).get_json()["items"][0]
    )
    here.front.done(
        f"{one}/fulfil", liaison, words="做好了", served=1, why_early="对方请我们早来"
    )
    assert here.front.get(one, author).get_json()["early"] == "对方请我们早来"
    answered = here.front.done(f"/needs/{need}/words/delete", liaison)
    assert not {"beneficiary", "by", "words"} & answered.keys()
    assert "early" not in here.front.get(one, author).get_json()


def test_a_verified_need_finds_the_unit_by_itself_and_goes_on_when_that_passes_it_up(
    here: Street,
) -> None:
    author = here.front.token("R72", ("resident", "*"))
    offering = {
        "title": "线路检查", "category": CATEGORY, "audience": ["老人"], "place": "社区", "community": COMMUNITY,
        "capacity": 5, "per": "week", "valid_until": here.day(300),
    }  # fmt: skip
    units = [here.unit(), here.unit()]
    for unit in units:
        here.front.done(f"/units/{unit}/offerings", here.liaison(unit), **offering)
    need = f"/needs/{here.verified(author)}"
    first = here.until(need, lambda shown: "suggested_to" in shown)["suggested_to"]
    assert first in units
    answered = here.front.done(f"{need}/pass-up", here.liaison(first), unit=first)
    assert not {"beneficiary", "by", "words", "told"} & answered.keys()
    second = here.until(need, lambda shown: shown.get("suggested_to", first) != first)[
        "suggested_to"
    ]
    assert second in set(units) - {first}
    here.step(timedelta(days=4))
    assert set(
        here.until(need, lambda shown: "suggested_to" not in shown)["told"]
    ) == set(units)


def test_a_need_a_worker_raised_for_me_is_among_mine(here: Street) -> None:
    need = here.front.done(
        "/needs", here.worker, **NEED, beneficiary="R77", words="扶手松了"
    )["id"]
    mine = here.front.get(
        "/me/needs", here.front.token("R77", ("resident", "*"))
    ).get_json()["items"]
    assert [one["id"] for one in mine] == [need]


STRANGERS = (
    ("resident", "*"), ("district_analyst", DISTRICT), ("community_worker", "510108016001"),
    ("street_admin", "510108016"), ("unit_liaison", "unit/another"), ("partner_manager", "partner/another"),
)  # fmt: skip


@pytest.mark.parametrize("role", STRANGERS)
def test_strangers_see_what_is_listed_and_hear_of_nothing_else(
    here: Street, role: tuple[str, str]
) -> None:
    stranger = here.front.token("N1", role)
    asks = here.front.token(f"R-{role[0]}", ("resident", "*"))
    hidden = [
        here.front.done("/needs", asks, **NEED, grid="W-1", words="电线老化")["id"]
        for _ in range(2)
    ]
    here.front.done(f"/needs/{hidden[0]}/reject", here.worker, reason="不在本社区")
    for need in (*hidden, "N-none"):
        for answer in (
            here.front.get(f"/needs/{need}", stranger),
            here.front.get(f"/commitments/{need}", stranger),
        ):
            assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
    listed = here.front.get(
        "/needs?state=raised,rejected,withdrawn", stranger
    ).get_json()
    assert (listed["items"], listed["next"]) == ([], None)
    unit = here.front.get(f"/units/{here.unit()}", stranger)
    assert unit.status_code == 200
    assert "by" not in unit.get_json()


def test_a_clerk_sees_needs_and_projects_in_several_states_as_one_list(
    here: Street,
) -> None:
    claimed, held = here.claimed(here.unit())
    waiting, refused = here.verified(), here.verified()
    begun = here.front.done(
        f"/needs/{refused}/claim",
        here.liaison(here.units[-1]),
        unit=here.units[-1],
        due=here.day(9),
    )["id"]
    here.front.done(f"/commitments/{begun}/begin", here.liaison(here.units[-1]))
    seen, after = [], ""
    while True:
        shown = here.shown(
            f"/needs?state=verified,claimed&limit=1&after={after}".removesuffix(
                "&after="
            )
        )
        seen += [(need["raised_at"], need["id"]) for need in shown["items"]]
        if not (after := shown["next"]):
            break
    assert seen == sorted(set(seen))
    assert {claimed, waiting, refused} <= {id for _, id in seen}
    found = here.shown(f"/commitments?state=held,underway&unit={here.units[-1]}")[
        "items"
    ]
    assert [one["id"] for one in found] == [begun, held]
    rows = here.front.get(
        "/lists/needs.csv?state=verified,claimed", here.worker
    ).get_data(as_text=True)
    assert all(need in rows for need in (claimed, waiting, refused))
    problem = here.front.get("/lists/needs.csv?state=verified,lost", here.worker)
    assert (problem.status_code, problem.get_json()["errors"][0]["path"]) == (
        422,
        "state",
    )
    assert "verified" in problem.get_json()["errors"][0]["message"]


def test_a_claim_not_acted_on_is_released_by_itself_and_to_be_seen(
    here: Street,
) -> None:
    need, commitment = here.claimed(here.unit())
    here.step(timedelta(days=6))
    here.until(f"/commitments/{commitment}", lambda shown: shown["state"] == "lapsed")
    assert here.shown(f"/needs/{need}")["state"] == "verified"
    listed = here.front.get(f"/commitments?need={need}", here.worker).get_json()[
        "items"
    ]
    assert [item["state_text"] for item in listed] == ["认领失效"]


def test_what_nobody_claims_in_time_and_what_is_not_done_in_time_says_so(
    here: Street,
) -> None:
    need = here.verified()
    here.step(timedelta(days=40))
    here.until(
        f"/needs/{need}", lambda shown: sorted(shown["overdue"]) == ["claim", "close"]
    )
    _, commitment = here.claimed(here.unit(), days=1)
    here.front.done(f"/commitments/{commitment}/begin", here.liaison(here.units[-1]))
    here.step(timedelta(days=3))
    here.until(f"/commitments/{commitment}", lambda shown: shown["late"])


def test_an_offering_used_up_pauses_and_comes_back_next_day(here: Street) -> None:
    unit = here.unit()
    liaison = here.liaison(unit)
    tomorrow = (
        datetime.now(LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
        + here.ahead
        + timedelta(days=1)
    )
    body = {
        "title": "线路检查", "category": CATEGORY, "audience": ["老人"], "place": "上门", "community": COMMUNITY,
        "starts_at": instant(tomorrow.astimezone(UTC)), "minutes": 60, "repeats": "FREQ=DAILY", "capacity": 1,
        "per": "day", "valid_until": here.day(200),
    }  # fmt: skip
    offering = here.front.done(f"/units/{unit}/offerings", liaison, **body)["id"]
    occurrence = here.front.get(f"/offerings/{offering}/occurrences?days=3").get_json()[
        "items"
    ][0]
    matches = here.front.get(
        f"/needs/{here.verified()}/matches", here.worker
    ).get_json()["items"]
    assert offering in [match["offering"] for match in matches]
    using = {
        "unit": unit,
        "due": here.day(30),
        "offering": offering,
        "starts_at": occurrence["starts_at"],
    }
    here.front.done(f"/needs/{here.verified()}/claim", liaison, **using)
    again = here.front.post(f"/needs/{here.verified()}/claim", liaison, **using)
    assert (again.status_code, again.get_json()["code"]) == (409, "used_up")
    here.step(timedelta(days=1))
    here.until(f"/offerings/{offering}", lambda shown: shown["pauses"] == ["used_up"])
    here.step(timedelta(days=1))
    here.until(f"/offerings/{offering}", lambda shown: shown["state"] == "published")


def test_a_meeting_is_held_and_its_resolution_carried_out(here: Street) -> None:
    unit = here.unit()
    chair = here.front.get(
        f"/meetings/next-chair?division={STREET}", here.street
    ).get_json()
    assert chair["unit"] == here.units[0]
    held_at = instant(datetime.now(UTC) + here.ahead - timedelta(hours=1))
    called = {
        "division": STREET,
        "held_at": held_at,
        "place": "党群服务中心",
        "agenda": "用电安全",
    }
    meeting = here.front.done("/meetings", here.street, **called)["id"]
    here.front.done(f"/meetings/{meeting}/attendance", here.street, units=here.units)
    here.front.done(f"/meetings/{meeting}/minutes", here.street, minutes="分片检查")
    here.front.done(
        f"/meetings/{meeting}/resolutions", here.street, text="普查三个院落"
    )
    here.front.done(f"/meetings/{meeting}/conclude", here.street)
    resolution = here.shown(f"/meetings/{meeting}")["resolutions"][0]["id"]
    carried_out = {
        "unit": unit,
        "title": "普查",
        "category": CATEGORY,
        "audience": "全体居民",
        "community": COMMUNITY,
    }
    project = here.front.done(
        f"/resolutions/{resolution}/undertake",
        here.street,
        **carried_out,
        due=here.day(9),
    )
    assert (project["state"], project["origin"]) == ("underway", "resolution")
    present = here.front.get(f"/meetings/{meeting}/attendance", here.street).get_json()[
        "items"
    ]
    assert len(present) == len(here.units)


def test_the_weights_are_served_to_everybody(here: Street) -> None:
    weights = here.front.get("/matching/weights").get_json()["items"]
    assert sum(weight["weight"] for weight in weights if weight["weight"] > 0) == 100


def test_i5_whatever_has_happened_since_the_same_key_is_answered_the_same(
    here: Street,
) -> None:
    here.front.must_answer_the_same_again()
