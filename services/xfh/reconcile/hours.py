"""Who was where for how long, and the years that makes, replayed from the log of activities."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.documents import Json
from schemas.persons import is_guest
from services.kit.log import Event
from services.xfh.reconcile.cells import Cells, day_of, scopes_of
from services.xfh.reconcile.halls import people_of
from services.xfh.reconcile.merging import MERGED, PARTED, Marks, stands_in
from services.xfh.reconcile.minutes import Visit, minutes_of

POSTED = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
TO_MANY = ("hours_settled.v1", "roles_changed.v1")
COMES = {"checked_in.v1": "in", "walked_in.v1": "in", "checked_out.v1": "out"}


@dataclass
class Party:
    """As what a party came, and everybody who ever was of it."""

    helps: bool
    people: list[str] = field(default_factory=list)


def recompute(events: Iterable[Event]) -> Cells:
    """`seats/session:person` for whoever came, and `years/person:year:place` with its totals."""
    sessions, visits = replayed(events)
    by_person: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_person[visit.person].append(visit)
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for own in by_person.values():
        minutes = minutes_of(own, sessions)
        for visit in own:
            _add(cells, visit, minutes[visit.session], sessions[visit.session])
    return cells


def replayed(events: Iterable[Event]) -> tuple[dict[str, Json], list[Visit]]:
    """What each session says last, and everybody's marks."""
    log = Replay()
    for event in events:
        log.take(event)
    return log.sessions, list(log.visits.values())


class Replay:
    """What the log has told so far: each session as it was told last, the parties, and everybody's visits."""

    def __init__(self) -> None:
        self.sessions: dict[str, Json] = {}
        self.parties: dict[str, Party] = {}
        self.visits: dict[tuple[str, str], Visit] = {}
        self.marks = Marks(self.visits)

    def take(self, event: Event) -> None:
        content = event.data
        if event.type in POSTED:
            for session in content.get("sessions", [content]):
                self.sessions[session["session"]] = content | session
        if content.get("session") not in self.sessions:
            return
        if event.type in (MERGED, PARTED):
            self._is_one(event.type, content)
            return
        if event.type in TO_MANY:
            self._happens_to_many(event.type, content)
        if "signup" in content:
            self._sit(event.type, content)
        person = _who(event)
        if person is not None:
            visit = self._visit(content["session"], person)
            _happens(visit, event.type, content)

    def _is_one(self, type: str, content: Json) -> None:
        """Two are one, or one is two again: their marks, and where each of them sits."""
        if type == MERGED:
            self.marks.merge(content)
        else:
            self.marks.part(content)
        all_help = self.sessions[content["session"]].get("all_help", False)
        for said in content["signups"]:
            self.parties[said["signup"]].people = people_of(said)
        for person, signup in stands_in(content):
            party = self.parties[signup]
            visit = self._visit(content["session"], person)
            visit.apart = party.helps and not all_help
            visit.signup = signup

    def _visit(self, session: str, person: str) -> Visit:
        return self.visits.setdefault((session, person), Visit(session, person))

    def _happens_to_many(self, type: str, content: Json) -> None:
        for person in content["people"]:
            visit = self._visit(content["session"], person["person"])
            if type == "roles_changed.v1":
                visit.helps = content["to"] == "helper"
            elif person["counted"]:
                visit.marks.append((content["at"], "out", "backfilled"))

    def _sit(self, type: str, content: Json) -> None:
        """Who, by the event, sits where the party of its sign-up does."""
        party = self.parties.setdefault(content["signup"], Party("role" in content))
        new = [member["person"] for member in content.get("party", ())]
        new += [content[name]["person"] for name in ("to", "member") if name in content]
        party.people += new
        session = content["session"]
        all_help = self.sessions[session].get("all_help", False)
        for person in party.people if type == "offer_accepted.v1" else new:
            visit = self._visit(session, person)
            visit.helps = party.helps
            visit.apart = party.helps and not all_help
            visit.signup = content["signup"]


def _who(event: Event) -> str | None:
    """Whom the event is about, when it is about one person."""
    content = event.data
    if event.type == "walked_in.v1":
        return str(content["party"][0]["person"])
    return content.get("person")


def _happens(visit: Visit, type: str, content: Json) -> None:
    if type in COMES or type == "scan_kept.v1":
        direction = COMES.get(type) or content["direction"]
        visit.marks.append((content["at"], direction, content["way"]))
    elif type == "check_undone.v1":
        visit.marks.remove((content["at"], content["undone"], content["way"]))
    elif type == "hours_corrected.v1":
        visit.decided = content["attended"], content["minutes"]
    elif type == "activity_rated.v1":
        visit.score = content["score"]


def _add(cells: Cells, visit: Visit, minutes: int, session: Json) -> None:
    """The visit's seat, and what it adds to its session's seating and its person's year."""
    cells[f"seats/{visit.session}:{visit.person}"] = {
        "attended": int(visit.attended),
        f"minutes_{visit.kind}": minutes,
        "score": visit.score,
        "scans": len(visit.marks),
    }
    if not visit.attended:
        return
    apart = ":helpers" if visit.apart else ""
    seating = cells[f"seatings/{visit.session}{apart}"]
    seating["attended"] += 1
    seating["minutes" if visit.helps else "attended_minutes"] += minutes
    if visit.helps and not is_guest(visit.person):
        _add_to_year(cells, visit, minutes, session)


def _add_to_year(cells: Cells, visit: Visit, minutes: int, session: Json) -> None:
    """Nobody but themself can make anybody's record: a guest has none."""
    year = day_of(session["starts_at"])[:4]
    for scope in ("all", *scopes_of(session["community"])):
        totals = cells[f"years/{visit.person}:{year}:{scope}"]
        totals["attendances"] += 1
        totals["minutes"] += minutes
        totals[f"minutes_{visit.kind}"] += minutes
