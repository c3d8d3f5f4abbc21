"""Two seats of one person at one session: what they are together, and what is left when they are parted again."""

from collections.abc import Iterator

from schemas.documents import Json, pick, pick_present, without
from schemas.persons import called, guest, is_guest, principal
from services.activities.model.attendance import Scan, is_decided, rescanned
from services.activities.model.lifecycles import STANDING
from services.activities.model.parties import people_of
from services.kit.views import Reads

WORDS = ("score", "note")
OF_PERSON = ("contest", "recorded_by", "appraisal")
GIVEN_UP: Json = {"state": "cancelled"}
ORDER = ("confirmed", "offered", "requested", "waiting")


def as_called(person: str, gone: str, into: str) -> str:
    """How the person is called once `gone` is merged into `into`: theirs are the guests as well."""
    if principal(person) != gone:
        return person
    return guest(into, called(person)) if is_guest(person) else into


def member_as_called(member: Json, gone: str, into: str) -> Json:
    """The member of a party, and who looks after them, as they are called once that is done."""
    names = pick_present(member, "person", "guardian")
    return member | {name: as_called(names[name], gone, into) for name in names}


def first_to_stand(signup: Json) -> tuple[bool, int, bool, int]:
    """By which of several sign-ups somebody has their one seat: the surest, then the one that was signed up for."""
    state = signup["state"]
    stands = state in STANDING
    place = ORDER.index(state) if stands else len(ORDER)
    walked_in = signup["pool"] == "walk_in"
    return not stands, place, walked_in, signup["ticket"]


def seated(docs: Reads, seat: Json, told: list[Json]) -> Json:
    """The seat as its sign-up stands, by what is told or else as it is: in another where its person stands there.

    Whoever is of its party no more has given it up.
    """
    person = seat["person"]
    after = {each["signup"]: each for each in told}
    own = after.get(seat["signup"]) or docs.the("signups", seat["signup"])
    is_there = person in people_of(own)
    if not is_there or own["state"] not in STANDING:
        for each in told:
            if each["state"] in STANDING and person in people_of(each):
                return seat | pick(each, "signup", "state")
    if is_there:
        return seat | pick(own, "state")
    return seat | GIVEN_UP if seat["state"] in STANDING else seat


def united(own: Json, gone: Json, session: Json) -> Json:
    """`own` with all that was seen of `gone`: every mark; what somebody has decided stands, first of the own."""
    after = pick_present(gone, *OF_PERSON) | own
    if own["score"] is None and gone["score"] is not None:
        after |= pick_present(gone, *WORDS)
    if is_decided(gone) and not is_decided(own):
        after |= pick(gone, "attended", "minutes", "hours")
    if _came_alone(gone, own):
        after |= pick(gone, "role", "role_text")
    scans = own["scans"] + gone["scans"]
    return rescanned(after, session, scans)


def parted(now: Json, own: Json, gone: Json, session: Json) -> Json:
    """What is left of the seat `now` when `gone` is taken out: `own` as it was, and what came since."""
    after = without(now, *_of_gone_alone(now, own, gone))
    if now["signup"] == gone["signup"]:
        after |= pick(own, "signup", "state")
    if own["score"] is None and now["score"] == gone["score"]:
        after = without(after, "note") | {"score": None}
    if _is_decided_by(gone, own, now):
        after |= {"hours": "scanned", "minutes": 0}
    if now["role"] == gone["role"] and _came_alone(gone, own):
        after |= pick(own, "role", "role_text")
    scans = _less(now["scans"], gone["scans"])
    return rescanned(after, session, scans)


def _of_gone_alone(now: Json, own: Json, gone: Json) -> Iterator[str]:
    """The fields about the person that the seat has from `gone`."""
    for name in OF_PERSON:
        if name not in own and now.get(name) == gone.get(name):
            yield name


def _came_alone(gone: Json, own: Json) -> bool:
    """Whether they attended as the one and not as the other."""
    return bool(gone["attended"] and not own["attended"])


def _is_decided_by(gone: Json, own: Json, now: Json) -> bool:
    """Whether the decision that holds is the one about `gone`."""
    if is_decided(own) or not is_decided(gone):
        return False
    decided = "attended", "minutes"
    return pick(now, *decided) == pick(gone, *decided)


def _less(scans: list[Scan], gone: list[Scan]) -> list[Scan]:
    left = [*scans]
    for scan in gone:
        if scan in left:
            left.remove(scan)
    return left
