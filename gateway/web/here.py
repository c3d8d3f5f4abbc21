"""The code on the wall at the door, and the page it opens on a phone, where one tap says that a family is there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from gateway.edge.application import application
from gateway.web.answered import Answered
from gateway.web.door import ONE, SERVICE, SESSION
from gateway.web.own import words_of
from gateway.web.page import Ask, Order, Page, Visit
from gateway.web.second_factor import qr
from gateway.web.sending import key_of_form, outcome_of
from schemas import fields
from schemas.activities.contents import OfSession
from schemas.activities.door import CheckIn
from schemas.activities.signups import MOST_IN_A_PARTY, MySignups
from schemas.documents import Json, pick_present
from schemas.fields import Schema

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
    code = fields.Text(300)
    persons = fields.Many(fields.Id(), 0, MOST_IN_A_PARTY)


def all_of_mine(visit: Visit) -> Json:
    return {"limit": MOST_SIGNUPS}


def who_is_expected(visit: Visit) -> Json:
    return {"me": visit.actor.id, "words_of": words_of, "typed": {}}


def come(visit: Visit, filled: Json) -> Json:
    """What became of each who was ticked: one who cannot be let in keeps out nobody else of the family."""
    at = {"activity": visit.path["activity"], "session": visit.query.get("session")}
    by_code = at | pick_present(filled, "code")
    came = {
        person: outcome_of(
            Order(SERVICE, "check_in", CheckIn, by_code | {"person": person}),
            visit,
            f"{key_of_form()}-{number}",
        )
        for number, person in enumerate(filled.get("persons", ()))
    }
    return {"came": came, "typed": filled}


CODE = Ask("door", SERVICE, "door_code", OfSession)
HERE = Page(
    "/activities/<activity>/here",
    "here.html",
    (SESSION, Ask("mine", SERVICE, "my_signups", MySignups, all_of_mine)),
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
