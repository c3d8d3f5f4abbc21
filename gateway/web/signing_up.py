"""Signing up a family: for which session, as what, and what the terms of the activity ask of each who comes."""

from typing import Any

import marshmallow as ma

from gateway.web.activities import every_session, shown
from gateway.web.companions import COMPANIONS
from gateway.web.page import Ask, Form, Visit
from gateway.web.whose import home_of
from schemas import fields
from schemas.activities.contents import OfActivity
from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.activities.sessions import ListSessions
from schemas.activities.signups import SignUp
from schemas.documents import Json, pick_present, without

SAID_FOR_ALL = ("community", "household")


class Family(SignUp):
    """As a form sends it: where they live and that they are one household is said once, for all who are ticked."""

    community = fields.Division("community")
    household = fields.Id()

    @ma.pre_load
    def say_it_of_each(self, said: Json, **kwargs: Any) -> Json:
        for_all = pick_present(said, *SAID_FOR_ALL)
        ticked = [one for one in said.get("party", []) if "person" in one]
        party = {"party": [one | for_all for one in ticked]} if ticked else {}
        return without(said, "party", *SAID_FOR_ALL) | party


def as_sent(typed: Json, person: str) -> Json:
    """`{path, born}` of somebody in the form that comes back, by which refusals name them; nothing of who stays."""
    names = (f"party/{row}" for row in range(MOST_IN_A_PARTY))
    sent = [name for name in names if f"{name}/person" in typed]
    for place, name in enumerate(sent):
        if typed[f"{name}/person"] == person:
            return {"path": f"party/{place}", "born": typed.get(f"{name}/born", "")}
    return {}


def asked_of_each(posted: Json) -> Json:
    """What the terms of an activity or session ask: a day of birth, one of some communities, to be of one household."""
    terms = [posted.get("terms", {}), posted.get("helper_terms", {})]
    communities = (code for one in terms for code in one.get("communities", ()))
    return {
        "born": any(one.keys() & {"least_age", "most_age"} for one in terms),
        "communities": list(dict.fromkeys(communities)),
        "household": any(one.get("one_per_household") for one in terms),
    }


def family(visit: Visit) -> Json:
    known: Json = {"me": visit.actor.id, "companions": COMPANIONS}
    known |= {"home_community": home_of(visit.actor)}
    return known | {"place_name": visit.places.name_of} | shown(visit)


PAGES = (
    Form(
        "/activities/<activity>/sign-up",
        "sign_up.html",
        "activities",
        "sign_up",
        Family,
        "/signups/{id}",
        (
            Ask("activity", "activities", "get_activity", OfActivity),
            Ask("sessions", "activities", "list_sessions", ListSessions, every_session),
        ),
        family,
    ),
)
