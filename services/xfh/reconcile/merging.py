"""Who is merged into whom, replayed into the plain lists: what either had is put together, and taken apart again."""

from copy import deepcopy
from dataclasses import dataclass, field

from schemas.documents import Json
from services.xfh.reconcile import minutes, plain
from services.xfh.reconcile.halls import REGROUPED, STANDING, people_of

MERGED, PARTED = REGROUPED


def named_after(person: str, gone: str, into: str) -> str:
    """The other's name in the place of the one that goes, with the guest they name."""
    if person == gone or person.startswith(f"{gone}~"):
        return into + person.removeprefix(gone)
    return person


def regroup(session: plain.Session, type: str, content: Json) -> None:
    """The same for sessions as the figures see them."""
    two = content["person"], content["into"]
    for said in content["signups"]:
        if said["signup"] in session.groups:  # Who simply came has no seat to count.
            _regroup(session.groups[said["signup"]], said, two)
    if type == MERGED:
        _merge_visits(session, content, two)
    else:
        _part_visits(session, content, two)
    for stands in content["people"]:
        _stand(session, stands)


def _regroup(group: plain.Group, said: Json, two: tuple[str, str]) -> None:
    by = said["by"]
    people = people_of(said)
    joined = {*group.joined, *group.away}
    if joined & set(two):
        joined.update(two)
    group.by = by
    group.size = len(people)
    group.people = people
    group.joined = [one for one in people if one in joined and one != by]
    group.away = [*joined.difference(group.joined)]


def _stand(session: plain.Session, stands: Json) -> None:
    visit = session.visits[stands["person"]]
    visit.attended, visit.minutes = stands["attended"], stands["minutes"]
    visit.hours, visit.helps = stands["hours"], "role" in stands
    visit.invited = not stands["walked_in"]
    visit.signer = session.signer_of(stands["person"])
    session.stays = session.stays or visit.attended


def _merge_visits(session: plain.Session, content: Json, two: tuple[str, str]) -> None:
    gone, into = two
    visits: dict[str, tuple[plain.Visit, plain.Visit]] = {}
    for person in content["gone"]:
        went = session.visits.pop(person, plain.Visit())
        own = session.visits[named_after(person, gone, into)]
        visits[person] = went, deepcopy(own)
        own.score = went.score if own.score is None else own.score
    late = session.late.pop(gone, 0)
    session.late[into] += late
    session.merged[gone] = {"late": late, "visits": visits}


def _part_visits(session: plain.Session, content: Json, two: tuple[str, str]) -> None:
    gone, into = two
    before = session.merged.pop(gone)
    session.late[into] -= before["late"]
    session.late[gone] += before["late"]
    for person, (went, was) in before["visits"].items():
        own = session.visits[named_after(person, gone, into)]
        session.visits[person] = went
        if was.score is None and own.score == went.score:
            own.score = None
    for person in content["gone"]:
        session.visits.pop(person, None)


@dataclass
class Marks:
    """Everybody's visits, by session and person, and what those were who are merged."""

    visits: dict[tuple[str, str], minutes.Visit]
    before: dict[tuple[str, str], tuple[minutes.Visit, minutes.Visit]] = field(
        default_factory=dict
    )

    def merge(self, content: Json) -> None:
        session = content["session"]
        for person in content["gone"]:
            went = self._visit(session, person)
            own = self._visit(session, self._named(person, content))
            _sit_like(own, went)
            self.before[session, person] = went, deepcopy(own)
            del self.visits[session, person]
            own.marks += went.marks
            own.score = own.score or went.score
        self._stand(content)

    def part(self, content: Json) -> None:
        session, gone, into = (content[name] for name in ("session", "person", "into"))
        for key in [key for key in self.before if key[0] == session]:
            if named_after(key[1], gone, into) != key[1]:
                self._part(key, content)
        for person in content["gone"]:
            self.visits.pop((session, person), None)
        self._stand(content)

    def _part(self, key: tuple[str, str], content: Json) -> None:
        went, was = self.before.pop(key)
        own = self._visit(key[0], self._named(key[1], content))
        self.visits[key] = went
        for mark in went.marks:
            if mark in own.marks:
                own.marks.remove(mark)
        if was.signup and own.signup == went.signup:
            own.signup, own.apart = was.signup, was.apart
        if was.score == 0 and own.score == went.score:
            own.score = 0

    def _stand(self, content: Json) -> None:
        for stands in content["people"]:
            visit = self._visit(content["session"], stands["person"])
            is_decided = stands["hours"] == "adjusted"
            decided = (stands["attended"], stands["minutes"])
            visit.decided = decided if is_decided else None
            visit.helps = "role" in stands

    def _named(self, person: str, content: Json) -> str:
        return named_after(person, content["person"], content["into"])

    def _visit(self, session: str, person: str) -> minutes.Visit:
        return self.visits.setdefault((session, person), minutes.Visit(session, person))


def _sit_like(own: minutes.Visit, went: minutes.Visit) -> None:
    """Who had no place at the session has the other's from now on, even one that was given up, and after an undo."""
    if not own.signup:
        own.signup, own.apart = went.signup, went.apart


def stands_in(content: Json) -> list[tuple[str, str]]:
    """(person, sign-up) of all who stand in a sign-up that is told."""
    return [
        (person, said["signup"])
        for said in content["signups"]
        if said["state"] in STANDING
        for person in people_of(said)
    ]
