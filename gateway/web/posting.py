"""A host posts activities: its own in one list, a new one or last time's again on one screen, what is next of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from gateway.web.commands import ROUTES
from gateway.web.drawing import drawn
from gateway.web.filling import filled_in
from gateway.web.page import Ask, Form, Order, Page, Visit
from gateway.web.picking import picks_of
from gateway.web.speaking import own_hosts
from gateway.web.whose import hosts_of
from schemas.activities.contents import MOST_SESSIONS, OfActivity
from schemas.activities.messages import ListHostMessages
from schemas.activities.postings import DraftActivity, ListActivities
from schemas.activities.sessions import ListSessions
from schemas.branches.branches import OfBranch
from schemas.cobuild.offerings import OfOffering
from schemas.cobuild.units import OfUnit
from schemas.documents import Json, if_any, pick_present
from schemas.fields import Schema, instant
from schemas.partners.partners import OfPartner
from services.kit.errors import Forbidden

SERVICE = "activities"
MOST_LISTED = 50
ASKED = ("host", "title", "category", "starts_at", "ends_at", "place", "community", "capacity")  # fmt: skip
ASKED_BESIDES = ("summary", "audience", "repeats", "cutoff", "kept_offline", "kept_walk_in", "helpers")  # fmt: skip
KEPT = (
    *("host", "title", "category", "place", "community", "capacity", "summary"),
    *("audience", "kept_offline", "kept_walk_in", "helpers", "terms"),
)
HOMES: dict[str, tuple[str, str, type[Schema]]] = {
    "branch": ("branches", "get_branch", OfBranch),
    "unit": ("cobuild", "get_unit", OfUnit),
    "partner": ("partners", "get_partner", OfPartner),
}
WEEK = timedelta(days=7)
MOMENTS = ("starts_at", "ends_at", "cutoff")


def own_activities(visit: Visit) -> Json:
    """Those of every host the visitor speaks for, what is to come before what is over."""
    hosts = list(hosts_of(visit.actor))
    if not hosts:
        raise Forbidden("您现在不代表哪个主办方，不能发起活动", code="speaks_for_none")
    found = [one for host in hosts for one in _of(visit, host)]
    found.sort(key=lambda one: (one["starts_at"], one["id"]), reverse=True)
    return {"activities": found}


def _of(visit: Visit, host: str) -> list[Json]:
    said = {"host": host, "limit": MOST_LISTED}
    answer = visit.ask(SERVICE, "list_activities", ListActivities, **said)
    listed: list[Json] = answer["items"]
    return listed


def new(visit: Visit) -> Json:
    hosts = own_hosts(visit)
    route = ROUTES["draft_activity"]
    picks = picks_of(route, ["host", "community"], visit)
    first = next((host for _, those in hosts for host, _ in those), "")
    known = {"host": first} | if_any(community=_home_of(visit, first))
    return {
        "fields": drawn(DraftActivity(), *ASKED, picks=picks),
        "besides": drawn(DraftActivity(), *ASKED_BESIDES),
        "known": filled_in(known, DraftActivity()),
        "last": None,
    }


def _home_of(visit: Visit, host: str) -> str:
    """The community a host is at home in; most of what it holds takes place there."""
    kind, _, id = host.partition("/")
    if kind not in HOMES:
        return id
    service, question, schema = HOMES[kind]
    return str(visit.ask(service, question, schema, **{kind: id})["community"])


def again(visit: Visit) -> Json:
    """As last time, on the same weekday and hour, the first that is to come."""
    last = visit.ask(
        SERVICE, "get_activity", OfActivity, activity=visit.path["activity"]
    )
    known = pick_present(last, *KEPT) | _moved(last, visit.now)
    known["title"] = last["title"].removeprefix("【已取消】")
    return new(visit) | {"known": filled_in(known, DraftActivity()), "last": last}


def _moved(last: Json, now: datetime) -> Json:
    starts = datetime.fromisoformat(last["starts_at"])
    weeks = max(0, (now - starts) // WEEK + 1)
    said = pick_present(last, *MOMENTS)
    return {
        name: instant(datetime.fromisoformat(moment) + weeks * WEEK)
        for name, moment in said.items()
    }


def published(activity: Json) -> Iterator[Order]:
    about = {"activity": activity["id"]}
    for command in ("publish_activity", "open_activity"):
        yield Order(SERVICE, command, OfActivity, about)


def names_of_offerings(visit: Visit) -> Json:
    """What an offering that it has asked for is called."""

    def called(offering: str) -> str:
        about = {"offering": offering}
        return str(visit.ask("cobuild", "get_offering", OfOffering, **about)["title"])

    return {"offering_name": called}


def every_session(visit: Visit) -> Json:
    return {"limit": MOST_SESSIONS}


ACTIVITY = Ask("activity", SERVICE, "get_activity", OfActivity)
SESSIONS = Ask("sessions", SERVICE, "list_sessions", ListSessions, every_session)
MESSAGES = Ask("messages", SERVICE, "host_messages", ListHostMessages)
ONE = "/desk/activities/<activity>"
PAGES = (
    Page(
        "/desk/activities",
        "activities_of_host.html",
        more=own_activities,
        for_all=False,
    ),
    Page(
        ONE,
        "activity_at_desk.html",
        (ACTIVITY, SESSIONS, MESSAGES),
        names_of_offerings,
        for_all=False,
    ),
    Form(
        "/desk/activities/new",
        "activity_new.html",
        SERVICE,
        "draft_activity",
        DraftActivity,
        "/desk/activities/{id}",
        more=new,
        also=published,
    ),
    Form(
        f"{ONE}/again",
        "activity_new.html",
        SERVICE,
        "draft_activity",
        DraftActivity,
        "/desk/activities/{id}",
        more=again,
        also=published,
    ),
)
