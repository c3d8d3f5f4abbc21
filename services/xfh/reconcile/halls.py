"""Who sits and who waits in each session, replayed from the log of activities into plain lists.

Those who help sit apart from those who take part: a hall of their own, but where all the places are theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.documents import Json, pick
from services.kit.log import Event

APART = ":helpers"
SEATED = ("confirmed", "offered")
STANDING = ("requested", "waiting", *SEATED)
TOLD_WHOLE = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
CANCELLED = ("activity_cancelled.v1", "activity_cancelled.v2", "sessions_cancelled.v1")
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


REGROUPED = ("seats_merged.v1", "seats_parted.v1")


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

    plan: Json = field(default_factory=dict)
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
        beyond = [party for party in self.those("confirmed") if party.beyond]
        return sum(len(party.people) for party in beyond)

    def queue(self) -> list[str]:
        """The sign-ups that wait, first come first."""
        waiting = [id for id, party in self.parties.items() if party.state == "waiting"]
        return sorted(waiting, key=lambda id: self.parties[id].accepted)

    def free(self, pool: str, now: str) -> int:
        """Seats nobody has or is offered, but for those kept for others and, until the cutoff, the offline ones."""
        kept = self._kept("walk_in")
        if pool == "online" and now < self.plan["cutoff"]:
            kept += self._kept("offline")
        return int(self.plan["capacity"]) - self.seats(*SEATED) - kept

    def _kept(self, pool: str) -> int:
        """How many are still kept for a pool."""
        kept = int(self.plan.get(f"kept_{pool}", 0))
        return max(0, kept - self.held_by(pool))

    def held_by(self, pool: str) -> int:
        there = [party for party in self.those(*SEATED) if party.pool == pool]
        return sum(len(party.people) for party in there)


def halls_after(events: Iterable[Event]) -> dict[str, Hall]:
    """By the id of the session, with `APART` for those who help, as the log leaves them."""
    halls: dict[str, Hall] = {}
    for event in events:
        if event.type in TOLD_WHOLE:
            _plan(halls, event.data)
        if event.type in CANCELLED:
            _cancel(halls, event.data)
        elif event.type in REGROUPED:
            _reseat(halls, event.data)
        elif event.data.get("session") in halls:
            _seat(halls[hall_of(halls, event)], event)
    return halls


def _reseat(halls: dict[str, Hall], content: Json) -> None:
    """Sign-ups as they are told, in whichever hall of the session they are."""
    for said in content["signups"]:
        for id in (content["session"], f"{content['session']}{APART}"):
            party = halls[id].parties.get(said["signup"]) if id in halls else None
            if party is not None:
                party.people = people_of(said)
                party.state = said["state"]


def people_of(said: Json) -> list[str]:
    return [member["person"] for member in said["party"]]


def _plan(halls: dict[str, Hall], content: Json) -> None:
    for plan in content.get("sessions", [content]):
        id = plan["session"]
        halls.setdefault(id, Hall()).plan = plan
        if "helpers" in plan:
            apart = halls.setdefault(f"{id}{APART}", Hall())
            apart.plan = _of_helpers(plan)


def _cancel(halls: dict[str, Hall], content: Json) -> None:
    """A draft that is cancelled was never held, and has no hall."""
    ids = content["sessions"] if "sessions" in content else [content["session"]]
    for id in ids:
        for name in halls.keys() & {id, f"{id}{APART}"}:
            halls[name].cancelled = True


def hall_of(halls: dict[str, Hall], event: Event) -> str:
    """Where whom the event is about sits: that of the sign-up it names, else of the kind it says."""
    session: str = event.data["session"]
    apart = f"{session}{APART}"
    if apart in halls and _is_apart(halls[apart], event):
        return apart
    return session


def _is_apart(helpers: Hall, event: Event) -> bool:
    content = event.data
    if "signup" in content and "party" not in content:
        return content["signup"] in helpers.parties
    if event.type == "check_undone.v1":
        seated = [party.people for party in helpers.those("confirmed")]
        return [content["person"]] in seated
    return "role" in content


def _of_helpers(plan: Json) -> Json:
    """The plan of the places for those who help."""
    cutoff = plan.get("helpers_cutoff", plan["cutoff"])
    times = pick(plan, "starts_at", "ends_at")
    return {"capacity": plan["helpers"], "cutoff": cutoff} | times


def _seat(hall: Hall, event: Event) -> None:
    content = event.data
    if "party" in content:
        hall.parties[content["signup"]] = _party(event)
    if event.type == "check_undone.v1" and not content["attended"]:
        _give_up_walk_in(hall, content["person"])
    if "signup" in content:
        party = hall.parties[content["signup"]]
        hall.late += _given_up_late(party, event)
        party.state = BECOMES.get(event.type) or content.get("state", party.state)
        _change_people(party, event)
    for state, field_of in (("confirmed", "promoted"), ("missed", "missed")):
        for id in content.get(field_of, ()):
            hall.parties[id].state = state


def _party(event: Event) -> Party:
    content = event.data
    people = [member["person"] for member in content["party"]]
    beyond = event.type == "walked_in.v1" and "reason" in content
    return Party(people, event.seq, content.get("pool", "online"), beyond)


def _give_up_walk_in(hall: Hall, person: str) -> None:
    """Who did not simply come after all has no seat."""
    for party in hall.those("confirmed"):
        if party.pool == "walk_in" and party.people == [person]:
            party.state = "cancelled"


def _given_up_late(party: Party, event: Event) -> int:
    """How many seats that were sure."""
    if not event.data.get("late") or party.pool == "walk_in":
        return 0
    if party.state != "confirmed":
        return 0
    return 1 if event.type == "party_left.v1" else len(party.people)


def _change_people(party: Party, event: Event) -> None:
    content = event.data
    if event.type in GOES:
        place = party.people.index(content[GOES[event.type]])
        party.people[place] = content["to"]["person"]
    elif event.type == "party_grown.v1":
        party.people.append(content["person"])
    elif event.type == "party_left.v1":
        party.people.remove(content["person"])


def let_in_by(event: Event) -> list[str]:
    """The sign-ups that an event gives seats, or offers them, though others may wait."""
    content = event.data
    promoted = list(content.get("promoted", ()))
    is_let_in = event.type in {"signup_confirmed.v1", "seat_offered.v1"}
    if is_let_in or content.get("state") == "confirmed":
        return [*promoted, content["signup"]]
    return promoted


def overtaken_by(hall: Hall, id: str) -> list[str]:
    """Those who came before a party, would have fitted where it fits, and still wait."""
    own = hall.parties[id]
    people: list[str] = []
    for other in hall.those("waiting"):
        is_before = other.accepted < own.accepted
        fits = len(other.people) <= len(own.people)
        if is_before and fits and other.pool in (own.pool, "offline"):
            people += other.people
    return people
