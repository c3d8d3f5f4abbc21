"""Two ids of one person: followed from people, then each session where the one that goes had a part is moved by itself.

One person has one seat at a session. The surest of two is kept, the other is given up like any that becomes free
otherwise than by a cancellation. Hours are those of all the marks together.
"""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.persons import principal
from services.activities.folds.regrouping import seated, unseen
from services.activities.model.lifecycles import ACTIVITY, SEATED, STANDING
from services.activities.model.merging import (
    as_called,
    first_to_stand,
    member_as_called,
    parted,
    united,
)
from services.activities.model.seating import seat_id
from services.activities.rules.authority import now_text
from services.activities.rules.minutes import figures
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every
from services.kit.log import Event, Fact
from services.kit.views import Find, Overlay, Reads

OF_TWO = ("merge", "person", "into")
LAST = "\uffff"  # After every id.
NEVER_ENTERED: Json = {"entered": ""}


def follow_merged(docs: Reads, event: Event, asked: Asked) -> Fact:
    return _of_person("attendee_merged.v1", event)


def follow_undone(docs: Reads, event: Event, asked: Asked) -> Fact:
    return _of_person("attendee_parted.v1", event)


def _of_person(type: str, event: Event) -> Fact:
    content = pick(event.data, *OF_TWO)
    return Fact(type, f"attendee/{content['person']}", content)


def merge_seats(docs: Reads, merging: Json, asked: Asked) -> Fact:
    """Time does, at once, for each session of who is merged."""
    gone, into = merging["person"], merging["into"]
    session = docs.the("sessions", merging["session"])
    signups = _told(_merged(_concerned(docs, merging), gone, into))
    moved = _seats_of(docs, merging)
    pairs = [(seat, _own(docs, seat, gone, into)) for seat in moved]
    together = [
        seated(docs, united(own or unseen(seat, to), seat, session), signups)
        for (seat, own), to in zip(pairs, _called(moved, gone, into), strict=True)
    ]
    content = {
        "signups": signups,
        "gone": [seat["person"] for seat in moved],
        "people": [_stands(docs, docs, seat) for seat in together],
        "unrated": [_unrated(seat, own) for seat, own in pairs if _rated(seat, own)],
    }
    return _fact("seats_merged.v1", merging, content)


def part_seats(docs: Reads, merging: Json, asked: Asked) -> Fact:
    """Time does, at once, for each session that was moved."""
    gone, into = merging["person"], merging["into"]
    session = docs.the("sessions", merging["session"])
    signups = _told(_parted(docs, merging, session, asked))
    trial = Overlay(docs)
    people: list[Json] = []
    nobodies: list[Json] = []
    for person, two in merging["two"].items():
        to = as_called(person, gone, into)
        now = docs.the("seats", seat_id(session["id"], to))
        own = two["own"] or unseen(two["was"], to)
        left = seated(docs, parted(now, own, two["was"], session), signups)
        back = seated(docs, two["was"], signups)
        trial.put("seats", back)
        trial.put("seats", left)
        people.append(back)
        (people if two["own"] or _is_of_use(left) else nobodies).append(left)
    pairs = [(two["was"], two["own"]) for two in merging["two"].values()]
    content = {
        "signups": signups,
        "gone": [seat["person"] for seat in nobodies],
        "people": [_stands(docs, trial, seat) for seat in people],
        "unrated": [_unrated(seat, own) for seat, own in pairs if _rated(seat, own)],
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


def _merged(signups: list[Json], gone: str, into: str) -> Iterator[tuple[Json, Json]]:
    """(before, after) of each, nobody with more than one seat: the surest comes first."""
    seated_already: set[str] = set()
    for before in sorted(signups, key=first_to_stand):
        party = [member_as_called(each, gone, into) for each in before["party"]]
        if before["state"] in STANDING:
            party = [each for each in party if each["person"] not in seated_already]
            party = list({each["person"]: each for each in party}.values())
            seated_already |= {each["person"] for each in party}
        by = into if before["by"] == gone else before["by"]
        yield before, before | {"by": by, "party": party, "state": _left(before, party)}


def _left(signup: Json, party: list[Json]) -> str:
    """In which state a sign-up is of which so many are left."""
    return signup["state"] if party or not signup["party"] else "cancelled"


def _parted(
    docs: Reads, merging: Json, session: Json, asked: Asked
) -> Iterator[tuple[Json, Json]]:
    """(now, then) of each that was moved: as it was, but for what somebody has given up or taken since.

    A seat given up by merging comes back where nobody else can have got it: the session had begun; so does a place in
    the queue until it begins.
    """
    is_to_come = now_text(asked) < session["starts_at"]
    gone, into = merging["person"], merging["into"]
    for id, was in merging["signups"].items():
        now = docs.the("signups", id)
        party = [_as_was(each, was, gone, into) for each in now["party"]]
        taken = {each["person"] for each in party}
        had_none = was["state"] not in SEATED and is_to_come
        lost = merging["lost"][id] if merging["begun"] or had_none else []
        party += [each for each in lost if each["person"] not in taken]
        is_emptied = now["state"] == "cancelled" and not now["party"] and bool(party)
        state = was["state"] if is_emptied else now["state"]
        yield now, now | {"by": was["by"], "party": party, "state": state}


def _as_was(member: Json, was: Json, gone: str, into: str) -> Json:
    """The member as they were called in that sign-up before."""
    party: list[Json] = was["party"]
    for before in party:
        if as_called(before["person"], gone, into) == member["person"]:
            return before
    return member


def _told(signups: Iterator[tuple[Json, Json]]) -> list[Json]:
    """Those that change, as the event tells them."""
    return [
        pick(after, "by", "party", "state") | {"signup": after["id"]}
        for before, after in signups
        if pick(before, "by", "party", "state") != pick(after, "by", "party", "state")
    ]


def _seats_of(docs: Reads, merging: Json) -> list[Json]:
    """Theirs at the session and their guests', also of those who left."""
    first = seat_id(merging["session"], merging["person"])
    find = Find("seats", {}, "id", since=first, until=f"{first}{LAST}")
    seats = [seat for seat in every(docs, find) if "person" in seat]
    return [seat for seat in seats if principal(seat["person"]) == merging["person"]]


def _called(seats: list[Json], gone: str, into: str) -> list[str]:
    return [as_called(seat["person"], gone, into) for seat in seats]


def _own(docs: Reads, seat: Json, gone: str, into: str) -> Json | None:
    """The survivor's seat beside that one."""
    id = seat_id(seat["session"], as_called(seat["person"], gone, into))
    own = docs.get("seats", id)
    return None if own is None or "person" not in own else own


def _stands(docs: Reads, trial: Reads, seat: Json) -> Json:
    signup = docs.the("signups", seat["signup"])
    walked_in = seat["attended"] and signup["pool"] == "walk_in"
    about = pick(seat, "person", "attended") | {"walked_in": walked_in}
    return about | figures(trial, NEVER_ENTERED | seat)


def _is_of_use(seat: Json) -> bool:
    """Whether anything is known of it that did not come with the other."""
    seen = seat["scans"], seat["attended"], seat["score"] is not None
    return any(seen) or seat["state"] in STANDING or "contest" in seat


def _rated(seat: Json, own: Json | None) -> bool:
    return own is not None and None not in (seat["score"], own["score"])


def _unrated(seat: Json, own: Json | None) -> Json:
    assert own is not None
    return {"person": own["person"], "score": seat["score"]}
