"""Who sits and who waits in each session, replayed from the log of activities into plain lists.

Those who help sit apart from those who take part: a hall of their own, but where all the places are theirs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from services.kit.log import Event
from services.xfh.reconcile.cells import Cells

APART = ":helpers"
SEATED = ("confirmed", "offered")
STANDING = ("requested", "waiting", *SEATED)
TOLD_WHOLE = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
BECOMES = {
    "signup_confirmed.v1": "confirmed",
    "signup_waitlisted.v1": "waiting",
    "signup_requested.v1": "requested",
    "signup_cancelled.v1": "cancelled",
    "signup_declined.v1": "declined",
    "seat_offered.v1": "offered",
    "offer_accepted.v1": "confirmed",
    "offer_lapsed.v1": "lapsed",
    "walked_in.v1": "confirmed",
}
# Whose seat somebody else now has: the field that names them.
GOES = {"seat_passed_on.v1": "person", "party_joined.v1": "instead_of"}


@dataclass
class Party:
    """`accepted` is the place in the log at which the platform said yes or wait.

    `beyond` is somebody who came though no seat was left.
    """

    people: list[str]
    accepted: int
    pool: str
    beyond: bool = False
    state: str = ""


@dataclass
class Hall:
    """The places of one kind at a session, by the events alone."""

    plan: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    late: int = 0
    cancelled: bool = False

    def those(self, *states: str) -> list[Party]:
        return [party for party in self.parties.values() if party.state in states]

    def people(self, *states: str) -> list[str]:
        return [person for party in self.those(*states) for person in party.people]

    def seats(self, *states: str) -> int:
        return len(self.people(*states))

    def beyond(self) -> int:
        """How many more than there are seats were let in, for a reason."""
        return sum(
            len(party.people) for party in self.those("confirmed") if party.beyond
        )

    def queue(self) -> list[str]:
        """The sign-ups that wait, first come first."""
        waiting = [id for id, party in self.parties.items() if party.state == "waiting"]
        return sorted(waiting, key=lambda id: self.parties[id].accepted)

    def free(self, pool: str, now: str) -> int:
        """Seats nobody has or is offered, but for those kept for others and, until the cutoff, the offline ones."""
        kept = self.plan.get("kept_walk_in", 0) - self._held_by("walk_in")
        if pool == "online" and now < self.plan["cutoff"]:
            kept = max(0, kept) + max(
                0, self.plan.get("kept_offline", 0) - self._held_by("offline")
            )
        return int(self.plan["capacity"]) - self.seats(*SEATED) - max(0, int(kept))

    def _held_by(self, pool: str) -> int:
        return sum(
            len(party.people) for party in self.those(*SEATED) if party.pool == pool
        )


def halls_after(events: Iterable[Event]) -> dict[str, Hall]:
    halls: dict[str, Hall] = {}
    for event in events:
        data = event.data
        for plan in data.get("sessions", [data]) if event.type in TOLD_WHOLE else ():
            halls.setdefault(plan["session"], Hall()).plan = plan
            if "helpers" in plan:
                halls.setdefault(
                    f"{plan['session']}{APART}", Hall()
                ).plan = _of_helpers(plan)
        if event.type.partition(".")[0] in ("activity_cancelled", "sessions_cancelled"):
            for id in data["sessions"] if "sessions" in data else [data["session"]]:
                for hall in (id, f"{id}{APART}"):
                    halls.get(
                        hall, Hall()
                    ).cancelled = True  # A draft that is cancelled was never held.
        elif data.get("session") in halls:
            _seat(halls[hall_of(halls, event)], event)
    return halls


def hall_of(halls: dict[str, Hall], event: Event) -> str:
    """Where whom the event is about sits: that of the sign-up it names, else of the kind it says."""
    session, data = event.data["session"], event.data
    apart = f"{session}{APART}"
    if apart not in halls:
        return str(session)
    if "signup" in data and "party" not in data:
        return apart if data["signup"] in halls[apart].parties else str(session)
    if event.type == "check_undone.v1":
        walked_in = [data["person"]] in [
            party.people for party in halls[apart].those("confirmed")
        ]
        return apart if walked_in else str(session)
    return apart if "role" in data else str(session)


def _of_helpers(plan: dict[str, Any]) -> dict[str, Any]:
    cutoff = plan.get("helpers_cutoff", plan["cutoff"])
    times = {name: plan[name] for name in ("starts_at", "ends_at")}
    return {"capacity": plan["helpers"], "cutoff": cutoff, **times}


def _seat(hall: Hall, event: Event) -> None:
    data = event.data
    if "party" in data:
        people = [member["person"] for member in data["party"]]
        hall.parties[data["signup"]] = Party(
            people,
            event.seq,
            data.get("pool", "online"),
            event.type == "walked_in.v1" and "reason" in data,
        )
    if event.type == "check_undone.v1" and not data["attended"]:
        for party in hall.those(
            "confirmed"
        ):  # Who did not simply come after all has no seat.
            party.state = (
                "cancelled"
                if (party.people, party.pool) == ([data["person"]], "walk_in")
                else party.state
            )
    if "signup" in data:
        party = hall.parties[data["signup"]]
        hall.late += _given_up_late(party, event)
        party.state = BECOMES.get(event.type) or data.get("state", party.state)
        _change_people(party, event)
    became = {
        **dict.fromkeys(data.get("promoted", ()), "confirmed"),
        **dict.fromkeys(data.get("missed", ()), "missed"),
    }
    for id, state in became.items():
        hall.parties[id].state = state


def _given_up_late(party: Party, event: Event) -> int:
    """How many seats that were sure."""
    if (
        not event.data.get("late")
        or party.state != "confirmed"
        or party.pool == "walk_in"
    ):
        return 0
    return 1 if event.type == "party_left.v1" else len(party.people)


def _change_people(party: Party, event: Event) -> None:
    data = event.data
    if event.type in GOES:
        party.people[party.people.index(data[GOES[event.type]])] = data["to"]["person"]
    elif event.type == "party_grown.v1":
        party.people.append(data["person"])
    elif event.type == "party_left.v1":
        party.people.remove(data["person"])


def let_in_by(event: Event) -> list[str]:
    """The sign-ups that an event gives seats, or offers them, though others may wait."""
    seated = (
        event.type in {"signup_confirmed.v1", "seat_offered.v1"}
        or event.data.get("state") == "confirmed"
    )
    return [
        *event.data.get("promoted", ()),
        *([event.data["signup"]] if seated else ()),
    ]


def overtaken_by(hall: Hall, id: str) -> list[str]:
    """Those who came before a party, would have fitted where it fits, and still wait."""
    own = hall.parties[id]
    before = [other for other in hall.those("waiting") if other.accepted < own.accepted]
    no_larger = [other for other in before if len(other.people) <= len(own.people)]
    return [
        name
        for other in no_larger
        if other.pool in (own.pool, "offline")
        for name in other.people
    ]


def recompute(events: Iterable[Event]) -> Cells:
    """How full each session is, and how each sign-up and each of its people stands."""
    cells: Cells = {}
    for id, hall in halls_after(events).items():
        cells[f"seatings/{id}"] = _counts(hall)
        cells |= dict(_standings(hall))
        for party in hall.those(*STANDING):
            session = id.removesuffix(APART)
            cells |= {
                f"seats/{session}:{person}": {party.state: 1} for person in party.people
            }
    return cells


def _counts(hall: Hall) -> dict[str, int]:
    return {
        "capacity": hall.plan["capacity"],
        "taken": hall.seats("confirmed"),
        "offered": hall.seats("offered"),
        "waiting": len(hall.queue()),
        "requested": len(hall.those("requested")),
        "late": hall.late,
        "tickets": len(hall.parties),
        **{f"taken_{pool}": hall._held_by(pool) for pool in ("offline", "walk_in")},
    }


def _standings(hall: Hall) -> Iterator[tuple[str, dict[str, int]]]:
    """Each sign-up's state, its place in the order of acceptance, and who belongs to it."""
    in_order = sorted(hall.parties.items(), key=lambda named: named[1].accepted)
    for place, (id, party) in enumerate(in_order, start=1):
        yield (
            f"signups/{id}",
            {party.state: 1, "ticket": place, **dict.fromkeys(party.people, 1)},
        )
