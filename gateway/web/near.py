"""Where the first page and the calendar begin: the community somebody chose, else where they live, in its street.

What is chosen is kept in a cookie that says nothing of who it is, so nobody signs in for it.
"""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.web.display import remember
from gateway.web.page import Visit
from gateway.web.places import Places
from gateway.web.whose import COMMUNITY, STREET, home_of
from schemas.activities.sessions import ListSessions
from schemas.documents import Json, if_any, pick_present
from schemas.fields import instant

COOKIE = "xfh-near"
COMING = ("planned", "running")
MOST_AROUND = 40
HOME = "/"
LISTING = ListSessions()
GATES: Gates = {("POST", HOME): Gate(())}


def register(web: Blueprint, places: Places) -> None:
    def choose() -> Answer:
        response = redirect(f"{here()}/", 303)
        keep(request.form.get("division", ""), places, response)
        return response

    web.add_url_rule(HOME, "send near", choose, methods=["POST"])


def keep(code: str, places: Places, response: Answer) -> None:
    """A place that is on record; the whole district is one as well, to who lives somewhere."""
    if code == places.district_code() or places.name_of(code):
        remember(response, COOKIE, code)


def where(visit: Visit) -> str:
    """The code of what is asked for, else of what is near; "" for everywhere."""
    return str(visit.query.get("division") or near(visit))


def near(visit: Visit) -> str:
    """The code of the place that pages begin with; "" for the whole district."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen and chosen == visit.places.district_code():
        return ""
    for code in (chosen, home_of(visit.actor)):
        if visit.places.name_of(code):
            return code
    return ""


def of_the_place(visit: Visit) -> Json:
    return from_now_on(visit) | if_any(division=where(visit))


def from_now_on(visit: Visit) -> Json:
    return {"since": instant(visit.now), "state": ",".join(COMING)}


def begins(visit: Visit) -> str:
    """The code of the place a page begins with, "" where that is the whole district or was asked for."""
    return "" if "division" in visit.query else near(visit)


def around(visit: Visit) -> Json:
    """What else the street of a community has, as `of_street`, for who has not asked for a place."""
    community = begins(visit)
    street = community[:STREET] if len(community) == COMMUNITY else ""
    told = {"street": street, "of_street": []}
    if not street or "after" in visit.query:
        return told
    told["street_name"] = visit.places.name_of(street)
    return told | {"of_street": _of_street(visit, street, community)}


def _of_street(visit: Visit, street: str, but: str) -> list[Json]:
    """Those of its other communities, asked in the place that the page has taken."""
    asked = pick_present(visit.query, "category", "free") | from_now_on(visit)
    asked |= {"division": street, "limit": MOST_AROUND}
    payload = reading.load(LISTING, asked)
    listed = visit.services.ask(
        "activities", "list_sessions", payload, actor=visit.actor, trace=visit.trace
    )
    return [one for one in listed["items"] if one["community"] != but]
