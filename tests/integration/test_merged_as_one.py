"""Two records merged are told what one would have been told who had done it all; and parted each their own again.

Of every service but that of activities, whose histories have a test of their own.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from schemas.people.consents import PURPOSES_IN_WORDS
from services.xfh.demo.plan import credit_code
from tests.examples.cobuild import COMMANDS as OF_COBUILD
from tests.examples.partners import COMMANDS as OF_PARTNERS
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_signing_in import CONSENT, RECORD

DEEDS, MOST_OF_A_KIND = (
    14,
    3,
)  # One person may have so many open of some, and two have twice as many.
# Not that without which nobody asks for them.
PURPOSES = tuple(purpose for purpose in PURPOSES_IN_WORDS if purpose != "visits")
KINDS = (
    "needs",
    "raised",
    "turned_down",
    "asked",
    "unit",
    "partner",
    "consents",
    "done_for",
    "goes_to_doors",
    "in_team",
)
WANTED = {k: v for k, v in OF_COBUILD["raise_need"].items() if k != "resolution"}

# That there are two records, and that one is merged into the other.
OF_RECORDS = {"recorded", "aliases", "attendees"}
GRID = {"community": COMMUNITY, "grid": "W-0201"}

Seen = dict[str, Counter[str]]
Two = tuple[str, str]


class World:
    """Where either of two does things, who may be one and the same."""

    def __init__(self, front: Gateway, *, as_one: bool) -> None:
        self.front = front
        self._worker = front.token("W1", ("community_worker", COMMUNITY))
        self._street = front.token("A2", ("street_admin", STREET))
        first, second = (self._recorded(name) for name in ("王秀英", "王秀瑛"))
        self.two: Two = (first, first if as_one else second)
        self._door = self._has_a_grid()

    def _has_a_grid(self) -> str:
        """The door in it that members of the grid call at."""
        named = {"name": "第一微网格", "valid_from": "2026-01-01"}
        district = self.front.token("A1", ("district_admin", DISTRICT))
        self.front.done("/grids", district, **GRID, **named)
        self._all_hear()
        door = {"label": "3栋501", "walk": 1}
        return str(self.front.done("/doors", self._worker, **GRID, **door)["id"])

    def _recorded(self, name: str) -> str:
        said = RECORD | {"name": name}
        return str(self.front.done("/people", self._worker, **said)["id"])

    def live(self, seed: int) -> None:
        luck = random.Random(seed)
        purposes, done = list(PURPOSES), Counter[str]()
        for number in range(DEEDS):
            kind, who = luck.choice(KINDS), self.two[luck.randrange(2)]
            done[kind] += 1
            if done[kind] > MOST_OF_A_KIND:
                continue
            if kind == "consents":
                if purposes:
                    self._consents(who, purposes.pop(), luck.random() < 0.5)
            else:
                getattr(self, f"_{kind}")(who, number)
        self.settle()

    def settle(self) -> None:
        """Whoever follows has heard of all, and whatever is due is done."""
        for _ in range(3):
            self._all_hear()
            for host in self.front.bus.hosts.values():
                host.timers.fire()

    def _all_hear(self) -> None:
        for host in self.front.bus.hosts.values():
            for follower in host.followers.values():
                follower.catch_up()

    def _own(self, who: str) -> str:
        return self.front.token(who, ("resident", COMMUNITY))

    def _needs(self, who: str, number: int) -> None:
        said = WANTED | {"community": COMMUNITY, "words": f"第 {number} 项"}
        self.front.post("/needs", self._own(who), **said)

    def _raised(self, who: str, number: int) -> str:
        said = WANTED | {"community": COMMUNITY, "words": f"代写第 {number} 项"}
        need = self.front.done("/needs", self._worker, **said, beneficiary=who)
        return str(need["id"])

    def _turned_down(self, who: str, number: int) -> None:
        need = self._raised(who, number)
        reason = f"第 {number} 项请先问物业"
        self.front.done(f"/needs/{need}/reject", self._worker, reason=reason)

    def _asked(self, who: str, number: int) -> None:
        need = self._raised(who, number)
        self.front.done(f"/needs/{need}/ask", self._worker, words="几楼？")

    def _done_for(self, who: str, number: int) -> None:
        said = WANTED | {"community": COMMUNITY, "words": f"代办第 {number} 项"}
        self.front.done("/needs", self._worker, **said, on_behalf_of=who)

    def _unit(self, who: str, number: int) -> None:
        said = {"name": f"第 {number} 单位", "credit_code": credit_code(number)}
        asked = OF_COBUILD["register_unit"] | said | {"community": COMMUNITY}
        self.front.post("/units", self._own(who), **asked)

    def _partner(self, who: str, number: int) -> None:
        said = {"name": f"第 {number} 队", "community": COMMUNITY}
        asked = OF_PARTNERS["apply"] | said | {"credit_code": credit_code(number + 99)}
        made = self.front.post("/partners", self._own(who), **asked)
        if made.status_code == 201 and number % 2:
            path = f"/partners/{made.get_json()['document']['id']}/reject"
            self.front.done(path, self._street, reason=f"第 {number} 队材料不全")

    def _consents(self, who: str, purpose: str, is_withdrawn: bool) -> None:
        path = f"/people/{who}/consents"
        given = self.front.done(path, self._worker, purpose=purpose, **CONSENT)["id"]
        if is_withdrawn:
            self.front.done(f"/consents/{given}/withdraw", self._worker, **CONSENT)

    def _goes_to_doors(self, who: str, number: int) -> None:
        """For a while: nobody merges a record with a role. A token is outdated once a role is heard of."""
        appointed = self.front.done("/grid-members", self._worker, **GRID, person=who)
        self._all_hear()
        member = self.front.token(who, ("grid_member", COMMUNITY))
        said = {"outcome": "met", "answers": [], "told": []}
        visit = self.front.done("/visits", member, door=self._door, **said)["id"]
        found = {"kind": "gas", "urgency": "routine", "words": f"第 {number} 条"}
        found |= {"door": self._door, "visit": visit, "route": "need"}
        self.front.done("/findings", member, **found)
        self.front.done(f"/grid-members/{appointed['id']}/relieve", self._worker)
        self._all_hear()

    def _in_team(self, who: str, number: int) -> None:
        team = {"name": f"第 {number} 队", "kind": "gas", "division": COMMUNITY}
        self.front.done("/teams", self._worker, **team, persons=[who])

    def merge(self) -> str:
        survivor, gone = self.two
        about = {"person": gone, "into": survivor, "basis": "本人说明"}
        merge: str = self.front.done("/merges", self._worker, **about)["id"]
        self.front.done(f"/merges/{merge}/confirm", self._street)
        self.settle()
        return merge

    def part(self, merge: str) -> None:
        said = {"reason": "不是同一个人"}
        self.front.done(f"/merges/{merge}/undo", self._worker, **said)
        self.settle()

    def seen_by(self, who: str) -> Seen:
        """What they are told of their own, without ids and moments."""
        own = self._own(who)
        needs = self._items("/me/needs", own)
        consents = self._items(f"/people/{who}/consents", self._worker)
        acted = self._items(f"/people/{who}/acted", own)
        data = self.front.get("/me/data", own).get_json()
        assert not data["missing"]
        return {
            "needs": Counter(f"{one['state']} {one.get('words')}" for one in needs),
            "notices": Counter(one["text"] for one in self._items("/me/notices", own)),
            "waiting": Counter(one["kind"] for one in self._items("/me/waiting", own)),
            "teams": Counter(one["name"] for one in self._items("/teams/mine", own)),
            "consents": Counter(f"{one['purpose']} {one['state']}" for one in consents),
            "acted": Counter(f"{one['by']} {one['act']}" for one in acted),
            "words": Counter(
                words["text"]
                for one in data["services"]
                if one["service"] != "people"  # Two records say who they are.
                for words in one["words"]
            ),
            "documents": Counter(
                {
                    f"{one['service']} {held['collection']}": len(held["items"])
                    for one in data["services"]
                    if one["service"] != "people"
                    for held in one["documents"]
                    if held["collection"] not in OF_RECORDS
                }
            ),
        }

    def _items(self, path: str, token: str) -> list[dict[str, Any]]:
        question = "" if path.endswith("/acted") else "?limit=100"
        answer = self.front.get(f"{path}{question}", token).get_json()
        items: list[dict[str, Any]] = answer["items"]
        return items


@contextmanager
def world(folder: Path, seed: int, *, as_one: bool) -> Iterator[World]:
    folder.mkdir()
    with gateway(folder) as front:
        lived = World(front, as_one=as_one)
        lived.live(seed)
        yield lived


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    first, count = (metafunc.config.getoption(name) for name in ("first_seed", "seeds"))
    metafunc.parametrize("seed", [0, *range(first, first + count)])


def test_whoever_is_merged_is_told_what_one_would_be(tmp_path: Path, seed: int) -> None:
    with world(tmp_path / "one", seed, as_one=True) as one:
        expected = one.seen_by(one.two[0])
    with world(tmp_path / "two", seed, as_one=False) as two:
        before = [two.seen_by(who) for who in two.two]
        merge = two.merge()
        assert two.seen_by(two.two[0]) == expected
        two.part(merge)
        assert [two.seen_by(who) for who in two.two] == before
