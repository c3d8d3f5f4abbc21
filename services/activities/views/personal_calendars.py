"""A person's own calendar: the sessions they have signed up to, each as it is for them."""

from collections.abc import Iterable, Sequence

from schemas.activities.calendars import MOST_ENTRIES
from schemas.activities.roles import HELPER
from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from services.activities.model.lifecycles import SIGNUP, STANDING
from services.activities.rules import calendars
from services.activities.views.calendars import AHEAD, BACK, by_time, calendar, entry
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

# Of several sign-ups for the same session the first of these counts.
STRONGEST = (
    "confirmed",
    "offered",
    "waiting",
    "requested",
    "cancelled",
    "declined",
    "lapsed",
    "missed",
)


def personal_calendar(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """By its secret address. Raises `Unknown` for one that is wrong, stopped or replaced."""
    own = calendars.addressed(views, question["secret"], key)
    signups = _signups(views, own["person"], asked)
    entries = []
    for id, of_session in _by_session(signups).items():
        entries.append(own_entry(views, id, of_session))
    near = [each for each in entries if _is_near(each, asked)]
    latest = sorted(near, key=by_time)[-MOST_ENTRIES:]
    is_complete = len(latest) == len(near)
    return calendar(views, "我的活动", latest, complete=is_complete)


def _is_near(own: Json, asked: Asked) -> bool:
    since = instant(asked.now - BACK)
    until = instant(asked.now + AHEAD)
    return since <= str(own["starts_at"]) < until


def my_calendar(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """With its secret address, as long as that is in use."""
    own = calendars.of_person(views, asked)
    if own["state"] != "live":
        return own
    return own | {"secret": calendars.secret_now(own, key)}


def _signups(views: Reads, person: str, asked: Asked) -> list[Json]:
    """Those the person made, and those others made with the person in the party, as they are for the person.

    A sign-up is found by when its session first was to begin, so the search goes back as far as one can be put off.
    """
    since = instant(asked.now - AHEAD)
    signups = _latest(views, "signups", {"by": person}, since)
    made = {signup["id"] for signup in signups}
    for seat in _latest(views, "seats", {"person": person}, since):
        if seat["signup"] not in made:
            signup = views.the("signups", seat["signup"])
            signups.append(signup | pick(seat, "state"))
    return signups


def _latest(views: Reads, collection: str, where: Json, since: str) -> list[Json]:
    most = 2 * MOST_ENTRIES
    latest_first = Find(
        collection, where, "starts_at", since, limit=most, newest_first=True
    )
    return [*views.find(latest_first)]


def _by_session(signups: Iterable[Json]) -> dict[str, list[Json]]:
    by_session: dict[str, list[Json]] = {}
    for signup in signups:
        by_session.setdefault(signup["session"], []).append(signup)
    return by_session


def own_entry(views: Reads, id: str, signups: Sequence[Json]) -> Json:
    """The session as it is for the person. It changes with the session and with every step of a sign-up."""
    session = views.the("sessions", id)
    own = entry(session) | {"id": f"me.{id}"}
    own["changes"] += max(signup["seq"] for signup in signups)
    changed = (signup["changed_at"] for signup in signups)
    own["changed_at"] = max(own["changed_at"], *changed)
    strongest = min(signups, key=_rank)
    if strongest["role"] == HELPER:
        own |= pick(strongest, "role", "role_text")
    if own["status"] == "cancelled":
        return own
    return own | _standing(session, strongest["state"])


def _rank(signup: Json) -> int:
    return STRONGEST.index(signup["state"])


def _standing(session: Json, state: str) -> Json:
    """How sure it is; and, for who has a seat, where to take part: calendars of places and hosts do not say that."""
    text = {"status_text": SIGNUP.texts[state]}
    if state == "confirmed":
        return text | {"status": "confirmed"} | pick_present(session, "link")
    return text | {"status": "tentative" if state in STANDING else "cancelled"}
