"""Two ids of one person: followed from people, then each session where the one that goes had a part is moved by itself.

One person has one seat at a session. The surest of two is kept, the other is given up like any that becomes free
otherwise than by a cancellation. Hours are those of all the marks together.
"""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.persons import principal
from services.activities.folds.regrouping import unseen
from services.activities.model.lifecycles import ACTIVITY, SEATED, STANDING
from services.activities.model.merging import (
    as_called,
    first_to_stand,
    member_as_called,
    parted,
    seated,
    united,
)
from services.activities.model.seating import seat_at, seat_id
from services.activities.rules.authority import now_text
from services.activities.rules.minutes import figures
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every
from services.kit.log import Event, Fact
from services.kit.views import Find, Overlay, Reads

OF_TWO = ("merge", "person", "into")
TOLD = "by", "party", "state"
LAST = "\uffff"  # After every id.
NEVER_ENTERED: Json = {"entered": ""}


def follow_merged(docs: Reads, event: Event, asked: Asked) -> Fact:
    """Recorded once for each merge; the sessions are moved one by one afterwards."""
    return _of_person("attendee_merged.v1", event)


def follow_undone(docs: Reads, event: Event, asked: Asked) -> Fact:
    """Recorded once for each undoing; the sessions are parted one by one afterwards."""
    return _of_person("attendee_parted.v1", event)


def _of_person(type: str, event: Event) -> Fact:
    content = pick(event.data, *OF_TWO)
    return Fact(type, f"attendee/{content['person']}", content)


def merge_seats(docs: Reads, merging: Json, asked: Asked) -> Fact:
    """Time does, at once, for each session of who is merged."""
    session = docs.the("sessions", merging["session"])
    concerned = _concerned(docs, merging)
    signups = _told(_merged(concerned, merging))
    seats = _seats_of(docs, merging)
    pairs = [(seat, _own(docs, seat, merging)) for seat in seats]
    people = []
    for seat, own in pairs:
        beside = own or unseen(seat, _to(seat["person"], merging))
        together = united(beside, seat, session)
        people.append(_stands(docs, docs, seated(docs, together, signups)))
    content = {
        "signups": signups,
        "gone": [seat["person"] for seat, _ in pairs],
        "people": people,
        "unrated": _unrated(pairs),
    }
    return _fact("seats_merged.v1", merging, content)


def part_seats(docs: Reads, merging: Json, asked: Asked) -> Fact:
    """Time does, at once, for each session that was moved."""
    session = docs.the("sessions", merging["session"])
    signups = _told(_parted(docs, merging, session, asked))
    trial = Overlay(docs)
    people: list[Json] = []
    nobodies: list[Json] = []
    pairs: list[tuple[Json, Json | None]] = []
    for person, two in merging["two"].items():
        back = seated(docs, two["was"], signups)
        rest = _left(docs, person, two, merging, session)
        left = seated(docs, rest, signups)
        trial.put("seats", back)
        trial.put("seats", left)
        people.append(back)
        is_kept = two["own"] or _is_of_use(left) or _frees(trial, left)
        (people if is_kept else nobodies).append(left)
        pairs.append((two["was"], two["own"]))
    content = {
        "signups": signups,
        "gone": [seat["person"] for seat in nobodies],
        "people": [_stands(docs, trial, seat) for seat in people],
        "unrated": _unrated(pairs),
    }
    return _fact("seats_parted.v1", merging, content)


def _fact(type: str, merging: Json, content: Json) -> Fact:
    about = pick(merging, "session", *OF_TWO)
    return ACTIVITY.fact(type, merging["activity"], about | content)


def _concerned(docs: Reads, merging: Json) -> list[Json]:
    """The sign-ups at the session in which either has a part, in whatever state."""
    two = {merging["person"], merging["into"]}
    find = Find("signups", {"session": merging["session"]}, "ticket")
    return [signup for signup in every(docs, find) if two & _people_of(signup)]


def _people_of(signup: Json) -> set[str]:
    return {signup["by"]} | {principal(member["person"]) for member in signup["party"]}


def _merged(signups: list[Json], merging: Json) -> Iterator[tuple[Json, Json]]:
    """(before, after) of each, nobody with more than one seat: the surest comes first."""
    gone, into = merging["person"], merging["into"]
    seated_already: set[str] = set()
    for before in sorted(signups, key=first_to_stand):
        party = [member_as_called(each, gone, into) for each in before["party"]]
        if before["state"] in STANDING:
            party = _each_once(party, seated_already)
            seated_already |= {member["person"] for member in party}
        after = before | {"party": party, "state": _state_of(before, party)}
        if before["by"] == gone:
            after["by"] = into
        yield before, after


def _each_once(party: list[Json], seated_already: set[str]) -> list[Json]:
    """Its members without those who have a seat; who is in it twice, as they are named last."""
    members = {member["person"]: member for member in party}
    return [
        member for person, member in members.items() if person not in seated_already
    ]


def _state_of(signup: Json, party: list[Json]) -> str:
    """In which state a sign-up is of which so many are left."""
    is_emptied = signup["party"] and not party
    return "cancelled" if is_emptied else signup["state"]


def _left(docs: Reads, person: str, two: Json, merging: Json, session: Json) -> Json:
    """The survivor's seat without what came with the other."""
    to = _to(person, merging)
    was = two["was"]
    now = seat_at(docs, session["id"], to)
    own = two["own"] or unseen(was, to)
    return parted(now, own, was, session)


def _parted(
    docs: Reads, merging: Json, session: Json, asked: Asked
) -> Iterator[tuple[Json, Json]]:
    """(now, then) of each that was moved: as it was, but for what somebody has given up or taken since."""
    is_to_come = now_text(asked) < session["starts_at"]
    for id, was in merging["signups"].items():
        now = docs.the("signups", id)
        party = list(_as_they_were(now["party"], was, merging))
        if _comes_back(was, merging, is_to_come):
            party += _not_in(party, merging["lost"][id])
        then = now | {"by": was["by"], "party": party}
        was_emptied = not now["party"]
        if was_emptied and party:
            then["state"] = was["state"]
        yield now, then


def _comes_back(was: Json, merging: Json, is_to_come: bool) -> bool:
    """Whether a seat given up by merging comes back: nobody else can have got it, for the session had begun.

    So does a place in the queue until it begins.
    """
    had_none = was["state"] not in SEATED
    return bool(merging["begun"] or (had_none and is_to_come))


def _not_in(party: list[Json], lost: list[Json]) -> list[Json]:
    """Those lost whose person is not in the party."""
    people = {member["person"] for member in party}
    return [member for member in lost if member["person"] not in people]


def _as_they_were(party: list[Json], was: Json, merging: Json) -> Iterator[Json]:
    """The members as they were called in that sign-up before; where both were in it, each once."""
    left = [*was["party"]]
    for member in party:
        called = [_to(each["person"], merging) for each in left]
        is_there = member["person"] in called
        yield left.pop(called.index(member["person"])) if is_there else member


def _told(signups: Iterator[tuple[Json, Json]]) -> list[Json]:
    """Those that change, as the event tells them."""
    told = []
    for before, after in signups:
        said = pick(after, *TOLD)
        if said != pick(before, *TOLD):
            told.append(said | {"signup": after["id"]})
    return told


def _seats_of(docs: Reads, merging: Json) -> list[Json]:
    """Theirs at the session and their guests', also of those who left."""
    first = seat_id(merging["session"], merging["person"])
    find = Find("seats", {}, "id", since=first, until=f"{first}{LAST}")
    return [seat for seat in every(docs, find) if _is_of(seat, merging["person"])]


def _is_of(seat: Json, person: str) -> bool:
    """A seat that was moved is nobody's."""
    return "person" in seat and principal(seat["person"]) == person


def _to(person: str, merging: Json) -> str:
    """How who is merged, or a guest of theirs, is called as the survivor."""
    return as_called(person, merging["person"], merging["into"])


def _own(docs: Reads, seat: Json, merging: Json) -> Json | None:
    """The survivor's seat beside that one."""
    own = docs.get("seats", seat_id(seat["session"], _to(seat["person"], merging)))
    return None if own is None or "person" not in own else own


def _stands(docs: Reads, trial: Reads, seat: Json) -> Json:
    signup = docs.the("signups", seat["signup"])
    walked_in = seat["attended"] and signup["pool"] == "walk_in"
    about = pick(seat, "person", "attended") | {"walked_in": walked_in}
    return about | figures(trial, NEVER_ENTERED | seat)


def _is_of_use(seat: Json) -> bool:
    """Whether anything is known of it that did not come with the other."""
    was_there = seat["scans"] or seat["attended"] or seat["score"] is not None
    return bool(was_there or seat["state"] in STANDING or "contest" in seat)


def _frees(trial: Reads, seat: Json) -> bool:
    """Whether what is not counted there any more counts at another session: its people are told to count anew."""
    return "recount" in figures(trial, NEVER_ENTERED | seat)


def _unrated(pairs: list[tuple[Json, Json | None]]) -> list[Json]:
    """The scores of those who have scored as both: one of the two is taken away."""
    return [
        {"person": own["person"], "score": seat["score"]}
        for seat, own in pairs
        if own is not None and None not in (seat["score"], own["score"])
    ]
