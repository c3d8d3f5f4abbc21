"""Calendars as they are read: a place's, a host's, and a person's own; what was cancelled stays in them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from schemas.activities.calendars import MOST_ENTRIES
from schemas.activities.roles import HELPER
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import SIGNUP, STANDING
from services.activities.rules import calendars
from services.activities.rules.authority import EVER_APPROVED
from services.activities.rules.found import the_activity
from services.activities.views.clocked import titled
from services.district import territory
from services.district.hosts import KEPT_IN, name_of
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Find, Reads

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
SAID = (
    "activity", "title", "category", "place", "host", "summary", "audience", "starts_at", "ends_at", "changes",
    "changed_at", "reason",
)  # fmt: skip
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


def get_calendar(views: Reads, question: Json, asked: Asked) -> Json:
    if "activity" in question:
        return _of_activity(views, the_activity(views, question["activity"], asked))
    whose = question.get("host") or question["division"]
    named = name_of(views, whose, "name")
    if not named or not _is_public(views, whose):
        raise Unknown(f"没有 {whose} 的日历")
    sessions = _nearest(views, _wheres(question), asked)
    entries = [_entry(session) for session in sessions[:MOST_ENTRIES]]
    return _calendar(
        views, f"{named['name']}活动", entries, len(sessions) <= MOST_ENTRIES
    )


def _of_activity(views: Reads, activity: Json) -> Json:
    """All its sessions, also those long over."""
    found = views.find(
        Find(
            "sessions",
            {"activity": activity["id"]},
            "starts_at",
            limit=MOST_ENTRIES + 1,
        )
    )
    entries = [_entry(session) for session in found[:MOST_ENTRIES]]
    return _calendar(views, titled(activity), entries, len(found) <= MOST_ENTRIES)


def personal_calendar(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    calendar = calendars.addressed(views, question["secret"], key)
    signups = _signups(views, calendar["person"], asked)
    entries = [
        _own_entry(views, id, of_session)
        for id, of_session in _by_session(signups).items()
    ]
    since, until = instant(asked.now - BACK), instant(asked.now + AHEAD)
    near = sorted(
        (each for each in entries if since <= each["starts_at"] < until), key=_when
    )
    return _calendar(views, "我的活动", near[-MOST_ENTRIES:], len(near) <= MOST_ENTRIES)


def my_calendar(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    calendar = calendars.of_person(views, asked)
    live = calendar["state"] == "live"
    return {
        **calendar,
        **({"secret": calendars.secret_now(calendar, key)} if live else {}),
    }


def _calendar(views: Reads, name: str, entries: Sequence[Json], complete: bool) -> Json:
    hosts = {entry["host"] for entry in entries}
    names = {
        host: {"host_name": host, **name_of(views, host, "host_name")} for host in hosts
    }
    named = [{**entry, **names[entry["host"]]} for entry in entries]
    return {"name": name, "entries": named, "complete": complete}


def _is_public(views: Reads, whose: str) -> bool:
    """A unit or partner is named to everybody from its approval on."""
    kind, _, id = whose.partition("/")
    found = views.get(KEPT_IN[kind], id) if kind in {"unit", "partner"} else None
    return found is None or found["state"] in EVER_APPROVED


def _wheres(question: Json) -> list[Json]:
    """A host's sessions are found together; those of a division where they are shown, and where they are not."""
    if "host" in question:
        return [{"host": question["host"]}]
    return [
        {"shown": shown, **territory.within(question)}
        for shown in ("public", "cancelled")
    ]


def _nearest(views: Reads, wheres: Iterable[Json], asked: Asked) -> list[Json]:
    """In order of time; when there are too many, first what is to come, then what was last. One more tells of more."""
    since, now, until = (
        instant(moment) for moment in (asked.now - BACK, asked.now, asked.now + AHEAD)
    )
    ahead, past = [], []
    for where in wheres:
        ahead += views.find(
            Find("sessions", where, "starts_at", now, until, limit=MOST_ENTRIES + 1)
        )
        past += views.find(
            Find(
                "sessions",
                where,
                "starts_at",
                since,
                now,
                limit=MOST_ENTRIES + 1,
                newest_first=True,
            )
        )
    chosen = [*sorted(ahead, key=_when), *sorted(past, key=_when, reverse=True)]
    kept, more = chosen[:MOST_ENTRIES], chosen[MOST_ENTRIES : MOST_ENTRIES + 1]
    return [*sorted(kept, key=_when), *more]


def _when(each: Json) -> tuple[str, str]:
    return each["starts_at"], each["id"]


def _entry(session: Json) -> Json:
    cancelled = session["state"] == "cancelled"
    status = {
        "status": "cancelled" if cancelled else "confirmed",
        "status_text": session["state_text"],
    }
    known = {name: session[name] for name in SAID if name in session}
    return {**known, **status, "id": session["id"], "session": session["id"]}


def _signups(views: Reads, person: str, asked: Asked) -> list[Json]:
    """Those the person made, and those others made with the person in the party, as they are for the person.

    A sign-up is found by when its session first was to begin, so the search goes back as far as one can be put off.
    """
    since = instant(asked.now - AHEAD)
    made = _latest(views, "signups", {"by": person}, since)
    known = {signup["id"] for signup in made}
    seats = [
        seat
        for seat in _latest(views, "seats", {"person": person}, since)
        if seat["signup"] not in known
    ]
    return [
        *made,
        *(
            {**(views.get("signups", seat["signup"]) or {}), "state": seat["state"]}
            for seat in seats
        ),
    ]


def _latest(views: Reads, collection: str, where: Json, since: str) -> list[Json]:
    return views.find(
        Find(
            collection,
            where,
            "starts_at",
            since,
            limit=2 * MOST_ENTRIES,
            newest_first=True,
        )
    )


def _by_session(signups: Iterable[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for signup in signups:
        found.setdefault(signup["session"], []).append(signup)
    return found


def _own_entry(views: Reads, id: str, signups: Sequence[Json]) -> Json:
    """The session as it is for the person. It changes with the session and with every step of a sign-up."""
    session = views.get("sessions", id) or {}
    entry = _entry(session)
    strongest = min(signups, key=lambda signup: STRONGEST.index(signup["state"]))
    state = strongest["state"]
    known = {
        **entry,
        "id": f"me.{id}",
        "changes": entry["changes"] + max(signup["seq"] for signup in signups),
        "changed_at": max(
            entry["changed_at"], *(signup["changed_at"] for signup in signups)
        ),
    }
    if strongest["role"] == HELPER:
        known |= {name: strongest[name] for name in ("role", "role_text")}
    if entry["status"] == "cancelled":
        return known
    return {
        **known,
        **_standing(state),
        **(_link(session) if state == "confirmed" else {}),
    }


def _link(session: Json) -> Json:
    """Where they take part who have a seat; the calendars of places and hosts do not say it."""
    return {"link": session["link"]} if "link" in session else {}


def _standing(state: str) -> Json:
    sure = "tentative" if state in STANDING else "cancelled"
    return {
        "status": "confirmed" if state == "confirmed" else sure,
        "status_text": SIGNUP.texts[state],
    }
