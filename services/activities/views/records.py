"""A person's record as it is shown: services with what the volunteer-service rules ask for, totals, commendations."""

from typing import Any

from schemas.documents import Json
from services.activities.model.attendance import ALL
from services.activities.rules import codes
from services.activities.rules.certificates import must_certify
from services.activities.rules.commendations import the_commendation
from services.district import territory
from services.district.authority import STREET
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

HOURS_TEXT = {"scanned": "扫码记录", "backfilled": "补录", "adjusted": "更正"}
WORKERS = ("community_worker", *STREET)
TRAINING = "干部培训"
OF_SEAT = (
    "id",
    "seq",
    "person",
    "activity",
    "session",
    "starts_at",
    "minutes",
    "hours",
    "role",
    "appraisal",
    "contest",
)
OF_SESSION = ("title", "category", "host", "community", "place", "ends_at")


def my_record(views: Reads, question: Json, asked: Asked) -> Json:
    """With what the person thought of it, which nobody else is told."""
    found = _served_at(views, question, asked.actor.id, {})
    return {
        **found,
        "items": [
            {**service_shown(views, seat), "score": seat["score"]}
            for seat in found["items"]
        ],
    }


def resident_record(views: Reads, question: Json, asked: Asked) -> Json:
    served = _served(views, question, asked)
    found = _served_at(
        views, question, question["person"], territory.within({"division": served})
    )
    return {**found, "items": [service_shown(views, seat) for seat in found["items"]]}


def my_totals(views: Reads, question: Json, asked: Asked) -> Json:
    return _totals(views, question, asked.actor.id, ALL)


def resident_totals(views: Reads, question: Json, asked: Asked) -> Json:
    return _totals(views, question, question["person"], _served(views, question, asked))


def my_commendations(views: Reads, question: Json, asked: Asked) -> Json:
    return _commendations(views, question, {"person": asked.actor.id})


def resident_commendations(views: Reads, question: Json, asked: Asked) -> Json:
    must_certify(views, question["issuer"], asked)
    return _commendations(
        views, question, {name: question[name] for name in ("person", "issuer")}
    )


def get_commendation(views: Reads, question: Json, asked: Asked) -> Json:
    return _named(views, the_commendation(views, question["commendation"], asked))


def _commendations(views: Reads, question: Json, where: dict[str, str]) -> Json:
    found = page(views, question, Find("commendations", where, "on", newest_first=True))
    return {
        **found,
        "items": [_named(views, commendation) for commendation in found["items"]],
    }


def _named(views: Reads, commendation: Json) -> Json:
    return {**commendation, **name_of(views, commendation["issuer"], "issuer_name")}


def service_shown(views: Reads, seat: Json) -> Json:
    """One line of a record."""
    session = views.get("sessions", seat["session"]) or {}
    activity = views.get("activities", seat["activity"]) or {}
    about: Json = {
        name: activity[name]
        for name in ("summary", "audience", "campaign")
        if name in activity
    }
    return {
        **{name: seat[name] for name in OF_SEAT if name in seat},
        **{name: session[name] for name in OF_SESSION},
        **about,
        **name_of(views, session["host"], "host_name"),
        "hours_text": HOURS_TEXT[seat["hours"]],
        **_by(session, "closed_by", "in_charge"),
        **_by(seat, "recorded_by", "recorded_by"),
        "training": session["category"] == TRAINING,
    }


def _by(doc: Json, name: str, shown: str) -> dict[str, str]:
    return {shown: doc[name]} if doc.get(name) else {}


def _served_at(
    views: Reads, question: Json, person: str, place: dict[str, str]
) -> Json:
    """A page of the seats at which the person served there, or took part."""
    where: dict[str, Any] = {
        "person": person,
        "role": question["role"],
        "recorded": 1,
        **place,
    }
    since, until = question.get("since"), question.get("until")
    return page(
        views,
        question,
        Find("seats", where, "starts_at", since, until, newest_first=True),
    )


def _totals(views: Reads, question: Json, person: str, scope: str) -> Json:
    return page(
        views,
        question,
        Find("years", {"person": person, "scope": scope}, "year", newest_first=True),
    )


def _served(views: Reads, question: Json, asked: Asked) -> str:
    """Where the actor serves: what took place there may be seen, and no more of a person's record."""
    actor = asked.actor
    scopes = [
        role.scope
        for role in actor.roles
        if role.role in WORKERS and role.scope.isdigit()
    ]
    division = question.get("division") or min(scopes, key=len, default="")
    if not division:
        raise Invalid("请填写区划代码", code="division_needed", path="division")
    if not actor.covers_any(WORKERS, division):
        raise Forbidden(
            f"{territory.called(views, division)}不在您的工作范围内",
            code="out_of_scope",
            path="division",
        )
    return str(division)


def my_code(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """The person's own code, shown to whoever scans at a door."""
    return codes.own_code(asked.actor.id, key, asked.now)
