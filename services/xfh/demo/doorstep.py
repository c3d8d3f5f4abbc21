"""The demonstration's doors: listed, walked for gas, gone to again, and told what became of what was found there.

Members are on their way without signal: each phone sends its walk at once in the evening, and one a week late.
"""

from datetime import timedelta
from typing import NamedTuple

from schemas.documents import Json
from schemas.fields import instant
from services.xfh.demo.day import Day
from services.xfh.demo.doors import Door, Walk, walks
from services.xfh.demo.listed import Listed

FRIDAY_BEFORE, SATURDAY_BEFORE = "2026-06-05", "2026-06-06"
MONDAY, FRIDAY = "2026-06-08", "2026-06-12"
MINUTES_A_DOOR = 8
HANDLED, OVERDUE = 30, 4  # Of what goes to a team.
TOLD = 10
FOUND: Json = {"kind": "gas", "urgency": "routine", "item": "hose"}


class Found(NamedTuple):
    """What was found at a door, by who goes there."""

    walk: Walk
    door: Door
    id: str


class Doorstep:
    """One run of it; it asks as the day does, so it is taken up where it stopped just the same."""

    def __init__(self, day: Day):
        self._day = day
        self._walks = walks(day.plan.grids, day.plan.scale)
        self._late = late_of(self._walks)
        self._listed = Listed(day, self._walks)
        self._found: list[Found] = []

    def begin(self) -> None:
        """The Friday before: what there is at the doors, and who goes there."""
        self._day.at("08:30", FRIDAY_BEFORE)
        self._listed.begin()

    def walk(self) -> None:
        """Saturday: every door once; in the evening each phone sends what it has."""
        self._day.at("20:00", SATURDAY_BEFORE)
        self._come_home(self._on_time())
        self._day.for_all(self._mediate, self._walks)
        for found in self._going("need"):
            self._need_of(found)

    def hand_on(self) -> None:
        """Monday: a unit takes on the first of what was raised as a need, and has done it."""
        day = self._day
        day.at("09:00", MONDAY)
        for found in self._going("need")[:1]:
            need = self._need_of(found)
            worker, liaison = day.worker(found.walk.community), day.liaison(0)
            title = {"title": "更换燃气软管（演示）", "urgency": "routine"}
            day.do(f"/needs/{need}/verify", worker, title, "door-need-verify")
            taken = {"unit": day.units[0], "due": FRIDAY}
            claim = day.new(f"/needs/{need}/claim", liaison, taken, "door-need-claim")
            done = {"words": "软管已更换。", "served": 1}
            day.do(f"/commitments/{claim}/fulfil", liaison, done, "door-need-fulfil")

    def go_again(self) -> None:
        """Friday: to those that were not in; the team has been; and the doors are told."""
        day = self._day
        day.at("18:00", FRIDAY)
        for walk in self._on_time():
            self._go_again(walk)
        handled = self._going("followup")[:HANDLED]
        day.for_all(self._resolve, handled)
        needed = self._going("need")[:1]
        for found in needed:
            self._confirm(found)
        day.at("19:00", FRIDAY)
        day.for_all(self._tell, [*handled[:TOLD], *needed])

    def hear_late(self) -> None:
        """The Saturday after: the phone that had no signal all week sends its walk."""
        self._day.at("20:55")
        self._come_home([self._late])

    def _on_time(self) -> list[Walk]:
        return [walk for walk in self._walks if walk != self._late]

    # At the doors

    def _come_home(self, walks: list[Walk]) -> None:
        """What each phone has, one after the other, each a turn of its own; then what was found is written down."""
        for walk in walks:
            self._send_walk(walk)
        doors = ((walk, door) for walk in walks for door in walk.doors)
        self._day.for_all(self._record, [found for found in doors if found[1].finds])

    def _send_walk(self, walk: Walk) -> None:
        begins = self._day.moment("14:00", SATURDAY_BEFORE)
        visits: list[Json] = []
        for door in walk.doors:
            at = begins + timedelta(minutes=MINUTES_A_DOOR * door.walk)
            visit = self._visit(walk, door, door.outcome) | {"at": instant(at)}
            visits.append(visit | {"nonce": f"n-{door.walk}"})
        self._send(walk, visits, "first")

    def _go_again(self, walk: Walk) -> None:
        begins = self._day.moment("16:00", FRIDAY)
        visits: list[Json] = []
        for door in walk.doors:
            if door.again:
                at = begins + timedelta(minutes=MINUTES_A_DOOR * door.walk)
                visit = self._visit(walk, door, door.again) | {"at": instant(at)}
                visits.append(visit | {"nonce": f"n-{door.walk}-again"})
        if visits:
            self._send(walk, visits, "again")

    def _visit(self, walk: Walk, door: Door, outcome: str) -> Json:
        id = self._listed.doors[walk.grid, door.walk]
        visit: Json = {"door": id, "round": self._listed.round, "outcome": outcome}
        visit["device"] = f"phone-{walk.grid}"
        if outcome == "met":
            visit["answers"] = _answers(door)
        if id in self._listed.cares:
            visit["care"] = self._listed.cares[id]
        return visit

    def _send(self, walk: Walk, visits: list[Json], key: str) -> None:
        body = {"visits": visits, "device_now": instant(self._day.now())}
        key = f"walk-{walk.grid}-{key}"
        report = self._day.do("/visits/queued", self._member(walk), body, key)
        assert report["refused"] == 0, report

    def _record(self, found_at: tuple[Walk, Door]) -> None:
        walk, door = found_at
        id = self._listed.doors[walk.grid, door.walk]
        body = FOUND | {"door": id, "route": door.finds, "words": "演示：软管老化"}
        if door.finds == "followup":
            body |= {"team": self._listed.team, "due": self._due(door)}
        key = f"finding-{walk.grid}-{door.walk}"
        found = self._day.new("/findings", self._member(walk), body, key)
        self._found.append(Found(walk, door, found))

    def _due(self, door: Door) -> str:
        """Long enough for most; for some of what the team does not get round to, it is over by Friday."""
        if HANDLED <= door.number < HANDLED + OVERDUE:
            return "2026-06-10"
        return "2026-06-19"

    def _mediate(self, walk: Walk) -> None:
        if walk.quarrel is None:
            return
        member, key = self._member(walk), f"mediation-{walk.grid}"
        words = "演示：楼上楼下为噪音争执，人物均为虚构"
        body = {"community": walk.community, "grid": walk.grid}
        body |= {"kind": "noise", "words": words}
        id = self._day.new("/mediations", member, body, key)
        if walk.quarrel:
            ending = {"ending": walk.quarrel}
            self._day.do(f"/mediations/{id}/end", member, ending, f"{key}-end")

    # What becomes of what was found

    def _going(self, way: str) -> list[Found]:
        """Those that go that way, in the order in which they were thought of."""
        going = [found for found in self._found if found.door.finds == way]
        return sorted(going, key=lambda found: found.door.number)

    def _need_of(self, found: Found) -> str:
        """The need that the finding was raised as, once it is."""
        path = f"/findings/{found.id}"
        worker = self._day.worker(found.walk.community)
        self._day.until(lambda: "need" in self._day.get(path, worker))
        return str(self._day.get(path, worker)["need"])

    def _resolve(self, found: Found) -> None:
        team = self._day.resident("demo-gas-1")
        key = f"resolve-{found.walk.grid}-{found.door.walk}"
        self._day.do(f"/findings/{found.id}/resolve", team, {}, key)

    def _confirm(self, found: Found) -> None:
        """The community looks, and the need is done; so then is the finding."""
        day, worker = self._day, self._day.worker(found.walk.community)
        need = self._need_of(found)
        day.do(f"/needs/{need}/confirm", worker, {"score": 5}, "door-need-confirm")
        path = f"/findings/{found.id}"
        day.until(lambda: day.get(path, worker)["state"] == "resolved")

    def _tell(self, found: Found) -> None:
        """Back at the same door."""
        walk, door = found.walk, found.door
        told = {"door": self._listed.doors[walk.grid, door.walk], "told": [found.id]}
        key = f"tell-{walk.grid}-{door.walk}"
        self._day.do("/visits", self._member(walk), told | {"outcome": "met"}, key)

    def _member(self, walk: Walk) -> str:
        return self._day.grid_member(walk.community, walk.grid)


def late_of(walks: list[Walk]) -> Walk:
    """The walk whose phone is a week late: the first on which nothing was found that others see to."""
    for walk in walks:
        if all(door.finds in ("", "advice") for door in walk.doors):
            return walk
    return walks[-1]


def _answers(door: Door) -> list[Json]:
    hose = "老化" if door.finds else "完好"
    given = {"gas": "yes", "hose": hose, "alarms": str(door.walk % 2)}
    return [{"item": item, "value": value} for item, value in given.items()]
