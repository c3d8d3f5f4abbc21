"""Random histories of the doorstep, made by the real rules of grids: what they refuse did not happen.

Phones send late, twice and by clocks that are off; doors move and close, grids are redrawn and members relieved while
rounds go on; consent is given up and renewed; timers are let in between.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.grids.outcomes import OUTCOMES
from services.district.calendar import local_day
from services.grids.rules import (
    cares,
    doors,
    findings,
    mediations,
    members,
    rounds,
    visits,
)
from services.grids.rules import walks as walks_of_grids
from services.grids.service import Grids
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Event, Fact
from tests.examples import branches
from tests.examples import grids as examples
from tests.given import asked, division, example_of, given_from, happened
from tests.unit.grids.stage import empty, take

# So that days, months, quarters and years end on the way.
BEGINS = datetime(2026, 12, 20, 1, tzinfo=UTC)
UNLISTED = "510108016002"  # None of its grids is on the roll, so it may write any code.
UNLISTED_TOLD = division(UNLISTED, "莲池社区", "community", "510108016")
PLACES = (
    ("510108015001", "W-0101"),
    ("510108015001", "W-0102"),
    ("510108016001", "W-0201"),
    (UNLISTED, "W-0101"),
)
DIVISIONS = ("510108", "510108015", "510108015001", "510108016001")
ROLES = ("district_admin", "community_worker")
ADMIN = tuple((role, "510108") for role in ROLES)
MOST_WALK = 999  # Those at first stand behind it, where no chance puts another.
FIRST_WALKS = range(1001, 1005)
A_DAY = timedelta(days=1)
STEPS = (1, 1, 7, 7, 47, 180, 700, 1440, 4320)
DAYS_LATE = (0, 1, 3, 12, 40)
MEMBER = "P3"
OF_A_MEMBER = (("grid_member", "510108"),)
LIKELY = (
    "visit", "late_visit", "visit", "late_visit", "visit", "late_visit", "record_door", "announce", "call", "call",
    "find", "resolve",
)  # fmt: skip
GAS, NO_GAS = ({"item": "gas", "value": value} for value in ("yes", "no"))
NOBODY_TOLD: Json = {"told": []}

Rule = Callable[..., Fact | None]
Due = tuple[str, str, str, Rule]
DUE: tuple[Due, ...] = (
    ("rounds", "announced", "opens_at", rounds.open),
    ("rounds", "open", "closes_at", rounds.close),
    ("findings", "followup", "due_at", findings.note_overdue),
    ("cares", "active", "next_at", cares.miss),
)


class DoorHistory:
    """Plays random steps at a few doors and keeps the events that came of them."""

    def __init__(self, seed: int):
        self._luck = random.Random(seed)
        self._now = BEGINS
        self.events: list[Event] = []
        third = example_of(
            branches, "grid_recorded.v1", grid="W-0201", community=PLACES[2][0]
        )
        self._docs = given_from(empty(), Grids, "branches", third, UNLISTED_TOLD)
        take(self._docs, example_of(examples, "team_recorded.v1", division="510108"))
        for walk in FIRST_WALKS:
            self._record_door(walk=walk)
        for community, grid in PLACES:
            about = {"community": community, "grid": grid, "person": MEMBER}
            self._rule(members.appoint, about)
        self._announce()
        self._now += A_DAY
        moved = self._place() | {"walk": 1000, "door": self._one("doors")["id"]}
        self._rule(doors.move, moved)

    def play(self, steps: int) -> list[Event]:
        for _ in range(steps):
            self._now += timedelta(minutes=self._luck.choice(STEPS))
            self._let_time_pass()
            name = self._luck.choice((*LIKELY * 3, *OTHERS))
            try:
                OTHERS[name](self) if name in OTHERS else getattr(self, f"_{name}")()
            except Problem:
                continue
        return self.events

    def _let_time_pass(self) -> None:
        for collection, state, by, rule in DUE:
            for doc in self._all(collection, state=state):
                is_over = collection == "findings" and doc.get("clock") != "running"
                if doc[by] <= instant(self._now) and not is_over:
                    self._happen(rule(self._docs, doc, self._asked()))

    def _all(self, collection: str, **where: str) -> list[Json]:
        docs = [
            doc for (kind, _), doc in self._docs.changed.items() if kind == collection
        ]
        return [doc for doc in docs if pick(doc, *where) == where]

    def _one(self, collection: str, **where: str) -> Json:
        """Any of them; what is not there is refused as an unknown one is."""
        docs = self._all(collection, **where)
        if not docs:
            raise Problem("none", code="none")
        return self._luck.choice(docs)

    def _place(self) -> Json:
        community, grid = self._luck.choice(PLACES)
        return {
            "community": community,
            "grid": grid,
            "walk": self._luck.randint(1, MOST_WALK),
        }

    def _record_door(self, **there: int) -> None:
        named = {"label": "3栋2单元501"}
        self._rule(doors.record, self._place() | named | there)

    def _move_door(self) -> None:
        door = {"door": self._one("doors")["id"]}
        self._rule(doors.move, door | self._place())

    def _redraw(self) -> None:
        """All doors of a grid are another's, perhaps of another community, perhaps to come back."""
        (before, old), (community, grid) = self._luck.sample(PLACES, 2)
        for door in self._all("doors", community=before, grid=old, state="open"):
            to = {"community": community, "grid": grid, "walk": door["walk"]}
            self._rule(doors.move, to | {"door": door["id"]})

    def _appoint(self) -> None:
        place = pick(self._place(), "community", "grid")
        self._rule(members.appoint, place | {"person": MEMBER})

    def _relieve(self) -> None:
        member = self._one("members", state="in_office")["id"]
        self._rule(members.relieve, {"member": member})

    def _close_door(self) -> None:
        door = self._one("doors")["id"]
        self._rule(doors.close, {"door": door, "reason": "拆除"})

    def _announce(self) -> None:
        first = self._now + timedelta(days=self._luck.randint(0, 3))
        last = first + timedelta(days=self._luck.randint(0, 20))
        command = examples.ASKING | {
            "division": self._luck.choice(DIVISIONS),
            "since": local_day(first),
            "until": local_day(last),
            "override": "上级专项",
            "per": self._luck.choice(("door", "door", "door", "grid")),
            "once": False,
            "items": examples.ITEMS[: self._luck.randint(1, 4)],
        }
        self._rule(rounds.announce, command)

    def _cancel(self) -> None:
        round = self._one("rounds")["id"]
        self._rule(rounds.cancel, {"round": round, "reason": "改期"})

    def _said(self, of: Json) -> Json:
        """An outcome and, of a round where somebody was met, perhaps an answer."""
        outcome = self._luck.choice((*OUTCOMES, "met"))
        answers = []
        if outcome == "met" and "round" in of:
            answers = self._luck.choice(([], [GAS], [NO_GAS], [GAS]))
        return {"outcome": outcome, "answers": answers}

    def _visit(self) -> None:
        command = self._of_a_round()
        command |= self._said(command) | NOBODY_TOLD
        self._rule(visits.record, command, self._walker())

    def _call(self) -> None:
        care = self._one("cares")
        command = {"care": care["id"], "door": care["door"]} | NOBODY_TOLD
        command |= self._said(command)
        if self._luck.random() < 0.5:
            self._rule(visits.record, command | {"outcome": "met"})
        else:
            self._late(command)

    def _of_a_round(self) -> Json:
        """Mostly one that goes on, at a door that stands."""
        luck = self._luck.random()
        if luck < 0.1:
            return {"door": self._one("doors")["id"]}
        state = {} if luck < 0.3 else {"state": "open"}
        round = self._one("rounds", **state)
        doors = [self._one("doors", **state) for _ in range(4)]
        near = [one for one in doors if one["community"].startswith(round["division"])]
        return {"door": (near or doors)[0]["id"], "round": round["id"]}

    def _late_visit(self) -> None:
        command = self._of_a_round()
        self._late(command | self._said(command) | NOBODY_TOLD)

    def _late(self, command: Json) -> None:
        """Made up to weeks ago, by a clock that may be off, sent perhaps twice."""
        off = timedelta(minutes=self._luck.choice((0, 0, 90, -90)))
        ago = self._luck.randint(0, 1440 * self._luck.choice(DAYS_LATE))
        at = self._now - timedelta(minutes=ago)
        sent = {"device": "phone-1", "nonce": f"n-{self._luck.randint(1, 400)}"}
        command |= sent | {
            "at": instant(at + off),
            "device_now": instant(self._now + off),
        }
        who = self._walker()
        self._rule(visits.record_late, command, who)
        self._rule(visits.record_late, command, who)

    def _walker(self) -> str:
        """The member, if they are one there then, or who works everywhere."""
        return self._luck.choice((MEMBER, "P9"))

    def _correct(self) -> None:
        """Now and then only the outcome: what was answered stays."""
        visit = self._one("visits")
        said = self._said(visit)
        if self._luck.random() < 0.4:
            del said["answers"]
        self._rule(visits.correct, {"visit": visit["id"]} | said)

    def _tell(self) -> None:
        """At a door where something is done."""
        done = self._one("findings", state="resolved")
        said = {"outcome": self._luck.choice((*OUTCOMES, "met")), "answers": []}
        command = {"door": done["door"], "told": [done["id"]]} | said
        if self._luck.random() < 0.5:
            self._rule(visits.record, command)
        else:
            self._late(command)

    def _renumber(self) -> None:
        """The whole walk of a grid, in an order that chance makes."""
        community, grid = self._luck.choice(PLACES)
        where = {"community": community, "grid": grid}
        standing = self._all("doors", **where, state="open")
        if not standing:
            raise Problem("none", code="none")
        walks = self._luck.sample(range(1, MOST_WALK), len(standing))
        numbered = [
            {"door": door["id"], "walk": walk}
            for door, walk in zip(standing, walks, strict=True)
        ]
        self._rule(walks_of_grids.renumber, where | {"doors": numbered})

    def _withdraw(self) -> None:
        self._rule(visits.withdraw, {"visit": self._one("visits")["id"]})

    def _find(self) -> None:
        door = {"door": self._one("doors")["id"]}
        self._rule(findings.record, examples.FOUND | door | self._route())

    def _route(self) -> Json:
        route = self._luck.choice(("followup", "followup", "need", "advice"))
        if route != "followup":
            return {"route": route}
        due = local_day(self._now + timedelta(days=self._luck.randint(0, 6)))
        return {"route": route, "team": examples.TEAM, "due": due}

    def _route_again(self) -> None:
        finding = {"finding": self._one("findings")["id"]}
        self._rule(findings.route, finding | self._route())

    def _resolve(self) -> None:
        finding = self._one("findings", state="followup")["id"]
        self._rule(findings.resolve, {"finding": finding})

    def _follow_a_need(self) -> None:
        """What cobuild tells of the need of a finding."""
        finding = self._one("findings", route="need")
        need = {"need": f"N-{finding['id']}"}
        told = {"id": need["need"], "finding": finding["id"]}
        self._docs.put("needs", told)
        rule = self._luck.choice(
            (findings.follow_raised, findings.follow_done, findings.follow_reopened)
        )
        fact = Fact("need_raised.v1", "need/1", need)
        event = Event(1, "E1", fact.type, fact.stream, "", need, "")
        followed = rule(self._docs, event, self._asked())
        if followed is not None:
            self._happen(followed)

    def _begin_care(self) -> None:
        begins = examples.COMMANDS["begin_care"]
        more = {
            "door": self._one("doors")["id"],
            "every_days": self._luck.randint(1, 9),
        }
        self._rule(cares.begin, begins | more)

    def _pause(self) -> None:
        self._rule(cares.pause, {"care": self._one("cares")["id"]})

    def _resume(self) -> None:
        self._rule(cares.resume, {"care": self._one("cares", state="paused")["id"]})

    def _end_care(self) -> None:
        care = self._one("cares")["id"]
        self._rule(cares.end, {"care": care, "reason": "已搬走"})

    def _renew_care(self) -> None:
        """Consent is given up, and given again."""
        care = self._one("cares", state="active")
        self._rule(cares.end, {"care": care["id"], "reason": "其他"})
        self._rule(
            cares.begin,
            examples.COMMANDS["begin_care"] | pick(care, "door", "every_days"),
        )

    def _open_mediation(self) -> None:
        place = pick(self._place(), "community", "grid")
        self._rule(mediations.open, examples.COMMANDS["open_mediation"] | place)

    def _end_mediation(self) -> None:
        ending = self._luck.choice(("agreed", "partly", "not_agreed"))
        mediation = self._one("mediations")["id"]
        self._rule(mediations.end, {"mediation": mediation, "ending": ending})

    def _rule(self, rule: Rule, command: Json, who: str = "P9") -> None:
        self._happen(rule(self._docs, command, self._asked(who)))

    def _happen(self, fact: Fact | None) -> None:
        assert fact is not None
        event = happened(fact, seq=len(self.events) + 1, now=self._now)
        self.events.append(event)
        take(self._docs, fact, now=self._now)

    def _asked(self, who: str = "P9") -> Asked:
        new_id = f"N{len(self.events) + 1}-{self._luck.randrange(10**9)}"
        roles = OF_A_MEMBER if who == MEMBER else ADMIN
        return asked(*roles, id=who, now=self._now, new_id=new_id)


OTHERS: dict[str, Callable[[DoorHistory], Any]] = {
    name: getattr(DoorHistory, f"_{name}")
    for name in (
        "move_door", "close_door", "announce", "cancel", "correct", "withdraw", "find", "route_again", "resolve",
        "follow_a_need", "begin_care", "begin_care", "pause", "resume", "end_care", "open_mediation", "end_mediation",
        "redraw", "appoint", "appoint", "relieve", "renew_care", "tell", "tell", "renumber",
    )
}  # fmt: skip
