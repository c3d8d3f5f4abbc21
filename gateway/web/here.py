"""The code on the wall at the door, and the page it opens on a phone, where one tap says that a family is there."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import request

from gateway.edge.application import application
from gateway.web.answered import Answered
from gateway.web.door import ONE, SERVICE, SESSION
from gateway.web.own import words_at_home
from gateway.web.page import Ask, Order, Page, Visit
from gateway.web.second_factor import qr
from gateway.web.sending import key_of_form, outcome_of
from schemas import fields
from schemas.activities.contents import OfSession
from schemas.activities.door import CheckIn
from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.activities.signups import MySignups
from schemas.documents import Json, if_any, pick, pick_present
from schemas.fields import Schema
from services.kit.errors import Forbidden

MOST_SIGNUPS = 100
EVERY_S = "40"  # A code is good for 90 seconds: whoever scans the last moment of one has time for a tap.


def shown_anew(content: Json) -> Mapping[str, str]:
    return {"Refresh": EVERY_S}


def on_the_wall(visit: Visit) -> Json:
    return {"qr": qr, "leads_to": leads_to}


def leads_to(session: Json, code: str) -> str:
    """The address the code on the wall stands for: any phone's own scanner opens it."""
    query = urlencode({"session": session["id"], "code": code})
    return f"{application().home.url}/activities/{session['activity']}/here?{query}"


class Came(Schema):
    """Who came alone, or of a family those who were ticked."""

    session = fields.Id()
    code = fields.Text(300)
    person = fields.Id()
    persons = fields.Many(fields.Id(), 0, MOST_IN_A_PARTY)


def which(visit: Visit) -> Json:
    """The session that the code names, or the form that it became."""
    return if_any(session=request.values.get("session"))


def who_is_expected(visit: Visit) -> Json:
    known = {"me": visit.actor.id, "words_of": words_at_home, "typed": {}}
    return known | {"mine": _signups(visit)}


def _signups(visit: Visit) -> list[Json]:
    """None for who comes by an office in which nobody signs up."""
    try:
        asked = visit.ask(SERVICE, "my_signups", MySignups, limit=MOST_SIGNUPS)
    except Forbidden:
        return []
    signups: list[Json] = asked["items"]
    return signups


def come(visit: Visit, filled: Json) -> Json:
    """What became of each who was ticked: one who cannot be let in keeps out nobody else of the family.

    Raises the `Problem` of the first when nobody was let in.
    """
    by_code = pick(visit.path, "activity") | pick_present(filled, "session", "code")
    came = {
        person: outcome_of(
            Order(SERVICE, "check_in", CheckIn, by_code | {"person": person}),
            visit,
            f"{key_of_form()}-{number}",
        )
        for number, person in enumerate(_ticked(filled))
    }
    _somebody_must_be_in(list(came.values()))
    return {"came": came, "typed": filled}


def _ticked(filled: Json) -> list[str]:
    alone = [filled["person"]] if "person" in filled else []
    return list(filled.get("persons", alone))


def _somebody_must_be_in(outcomes: list[Json]) -> None:
    if outcomes and not any(one["done"] for one in outcomes):
        raise outcomes[0]["problem"]


CODE = Ask("door", SERVICE, "door_code", OfSession)
HERE = Page(
    "/activities/<activity>/here",
    "here.html",
    (replace(SESSION, says=which),),
    who_is_expected,
    for_all=False,
)
PAGES: tuple[Page, ...] = (
    Page(
        f"{ONE}/door",
        "door_code.html",
        (SESSION, CODE),
        on_the_wall,
        for_all=False,
        headers=shown_anew,
    ),
    HERE,
)
ANSWERED = (Answered(HERE.path, HERE, Came, come),)
