"""Two seats of one person at one session: what they are together, and what is left when they are parted again."""

from schemas.documents import Json, pick, pick_present, without
from schemas.persons import called, guest, is_guest, principal
from services.activities.model.attendance import Scan, is_decided, rescanned
from services.activities.model.lifecycles import STANDING

WORDS = ("score", "note")
OF_PERSON = ("contest", "recorded_by", "appraisal")
ORDER = ("confirmed", "offered", "requested", "waiting")


def as_called(person: str, gone: str, into: str) -> str:
    """How the person is called once `gone` is merged into `into`: theirs are the guests as well."""
    if principal(person) != gone:
        return person
    return guest(into, called(person)) if is_guest(person) else into


def member_as_called(member: Json, gone: str, into: str) -> Json:
    names = pick_present(member, "person", "guardian")
    return member | {name: as_called(names[name], gone, into) for name in names}


def first_to_stand(signup: Json) -> tuple[bool, int, bool, int]:
    """By which of several sign-ups somebody has their one seat: the surest, then the one that was signed up for."""
    state = signup["state"]
    place = ORDER.index(state) if state in STANDING else len(ORDER)
    return place == len(ORDER), place, signup["pool"] == "walk_in", signup["ticket"]


def united(own: Json, gone: Json, session: Json) -> Json:
    """`own` with all that was seen of `gone`: every mark; what somebody has decided stands, first of the own."""
    after = pick_present(gone, *OF_PERSON) | own
    if own["score"] is None and gone["score"] is not None:
        after |= pick_present(gone, *WORDS)
    if is_decided(gone) and not is_decided(own):
        after |= pick(gone, "attended", "minutes", "hours")
    if gone["attended"] and not own["attended"]:
        after |= pick(gone, "role", "role_text")
    return rescanned(after, session, [*own["scans"], *gone["scans"]])


def parted(now: Json, own: Json, gone: Json, session: Json) -> Json:
    """What is left of the seat `now` when `gone` is taken out: `own` as it was, and what came since."""
    after = now
    if now["signup"] == gone["signup"]:
        after = now | pick(own, "signup", "state")
    for name in OF_PERSON:
        if name not in own and now.get(name) == gone.get(name):
            after = without(after, name)
    if own["score"] is None and now["score"] == gone["score"]:
        after = without(after, "note") | {"score": None}
    if _is_decided_by(gone, own, now):
        after = after | {"hours": "scanned", "minutes": 0}
    if now["role"] == gone["role"] and gone["attended"] and not own["attended"]:
        after = after | pick(own, "role", "role_text")
    return rescanned(after, session, _less(now["scans"], gone["scans"]))


def _is_decided_by(gone: Json, own: Json, now: Json) -> bool:
    """Whether the decision that holds is the one about `gone`."""
    same = pick(now, "attended", "minutes") == pick(gone, "attended", "minutes")
    return is_decided(gone) and not is_decided(own) and same


def _less(scans: list[Scan], gone: list[Scan]) -> list[Scan]:
    left = [*scans]
    for scan in gone:
        if scan in left:
            left.remove(scan)
    return left
