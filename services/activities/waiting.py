"""What of activities waits for somebody: for the host, the street that reviews, and who was offered a seat."""

from collections.abc import Iterator

from schemas.documents import Json, if_any
from schemas.fields import instant
from services.activities.model.parties import concerned
from services.activities.rules.authority import may_keep
from services.activities.rules.contests import is_impartial
from services.activities.rules.corrections import serves
from services.district import own
from services.district.authority import STREET
from services.district.waiting import Task, Where, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

OFFICES = ("branch_secretary", "unit_liaison", "partner_manager")
COMMUNITY = 12  # Digits of the code of a host that is a community.
OVER = {"closed", "cancelled"}


def _hosts(asked: Asked) -> list[Where]:
    """By what that is found of which the actor may be a keeper: by its host, or by a place wider than a community."""
    scopes = [role.scope for role in asked.actor.roles if role.role in OFFICES]
    hosts: list[Where] = [{"host": scope} for scope in scopes if "/" in scope]
    places = in_places(asked.actor, "community_worker")
    return hosts + [_of_communities(place) for place in places]


def _of_communities(place: Where) -> Where:
    if "community" not in place:
        return place
    return {"host": f"community/{place['community']}"}


def _is_kept(views: Reads, doc: Json, asked: Asked) -> bool:
    return may_keep(views, doc["host"], asked)


# Activities


def _submitted(asked: Asked) -> Iterator[Find]:
    for place in in_places(asked.actor, *STREET):
        yield Find("activities", place | {"state": "submitted"}, "waits_since")


def _returned(asked: Asked) -> Iterator[Find]:
    for host in _hosts(asked):
        yield Find("activities", host | {"state": "draft"}, "waits_since")


def _activity(views: Reads, activity: Json, asked: Asked) -> Json:
    return {
        "title": activity["title"],
        "place": activity["community"],
        "names": {"activity": activity["id"]},
    }


def _is_to_review(views: Reads, activity: Json, asked: Asked) -> bool:
    return not own.keeps(activity["host"], asked)


# Sessions


def _past(asked: Asked) -> Iterator[Find]:
    now = instant(asked.now)
    for host in _hosts(asked):
        yield Find("sessions", host, "closes_at", until=now)


def _session(views: Reads, session: Json, asked: Asked) -> Json:
    names = {
        "activity": session["activity"],
        "session": session["id"],
    }
    return {
        "title": session["title"],
        "place": session["community"],
        "since": session["closes_at"],
        "names": names,
    }


# Sign-ups


def _requested(asked: Asked) -> Iterator[Find]:
    for host in _hosts(asked):
        yield Find("signups", host, "asked_at")


def _offered(asked: Asked) -> list[Find]:
    return [Find("signups", {"by": asked.actor.id}, "answer_by")]


def _is_to_decide(views: Reads, signup: Json, asked: Asked) -> bool:
    if any(map(asked.is_oneself, concerned(signup))):
        return False
    return _is_kept(views, signup, asked) and _is_ahead(views, signup, asked)


def _is_ahead(views: Reads, signup: Json, asked: Asked) -> bool:
    session = views.get("sessions", signup["session"])
    return session is not None and session["state"] not in OVER


def _signup(views: Reads, signup: Json, asked: Asked) -> Json:
    session = views.get("sessions", signup["session"]) or signup
    return {
        "title": session["title"],
        "place": session["community"],
        "since": signup["changed_at"],
        "names": {"signup": signup["id"]},
    }


# Contests


def _contested(asked: Asked) -> Iterator[Find]:
    places = in_places(asked.actor, "community_worker", *STREET)
    for where in [*_hosts(asked), *places]:
        yield Find("contests", where, "settle_by")


def _is_to_settle(views: Reads, contest: Json, asked: Asked) -> bool:
    """For the host; once it is overdue, for who serves the place. Never for who is concerned themself."""
    if not is_impartial(views, contest, asked):
        return False
    if contest["state"] == "overdue":
        return serves(contest, asked)
    return _is_kept(views, contest, asked)


def _contest(views: Reads, contest: Json, asked: Asked) -> Json:
    session = views.the("sessions", contest["session"])
    words = asked.note(contest["note"]) if "note" in contest else ""
    shown = {
        "title": session["title"],
        "place": contest["community"],
        "since": contest["asked_at"],
        "names": {"contest": contest["id"]},
    }
    return shown | if_any(words=words)


TASKS = (
    Task(
        "activity_to_review",
        _submitted,
        _activity,
        "get_activity",
        ("publish_activity", "return_activity"),
        waits=_is_to_review,
    ),
    Task(
        "activity_returned",
        _returned,
        _activity,
        "get_activity",
        ("revise_activity", "submit_activity", "cancel_activity"),
        waits=_is_kept,
    ),
    Task(
        "session_to_close",
        _past,
        _session,
        "get_session",
        ("close_activity", "cancel_sessions", "cancel_activity"),
        is_dated=True,
        waits=_is_kept,
    ),
    Task(
        "signup_to_decide",
        _requested,
        _signup,
        "get_signup",
        ("approve_signup", "decline_signup"),
        waits=_is_to_decide,
    ),
    Task(
        "seat_offered",
        _offered,
        _signup,
        "get_signup",
        ("accept_offer", "cancel_signup"),
        is_dated=True,
        waits=_is_ahead,
    ),
    Task(
        "contest_to_settle",
        _contested,
        _contest,
        "get_contest",
        ("settle_contest",),
        is_dated=True,
        waits=_is_to_settle,
    ),
)
