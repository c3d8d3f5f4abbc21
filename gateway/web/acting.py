"""Acting for somebody: found by name, seen with what is on where they live, signed up with one tap."""

from gateway.edge import reading
from gateway.web.answered import Answered
from gateway.web.drawing import drawn
from gateway.web.forms import typed
from gateway.web.known import ask_people, people_named
from gateway.web.near import from_now_on
from gateway.web.own import ASKED_OF_A_NEED
from gateway.web.page import Ask, Button, Form, Page, Visit
from schemas.activities.sessions import ListSessions
from schemas.activities.signups import (
    AcceptOffer,
    CancelSignup,
    GetSignup,
    MySignups,
    SignUp,
)
from schemas.cobuild.needs import MyNeeds, RaiseNeed
from schemas.documents import Json
from schemas.people.persons import FindPersons, OfPerson

FIND = "/desk/for"
WHOM = f"{FIND}/<on_behalf_of>"
SIGNUP = f"{WHOM}/signups/<signup>"
TO_THE_SIGNUP = f"{FIND}/{{by}}/signups/{{id}}"
LISTING = ListSessions()
MOST_LISTED = 40


def whom(visit: Visit) -> Json:
    """Who is acted for, as the page calls them."""
    question: Json = {"person": visit.path["on_behalf_of"]}
    return {
        "person": ask_people(visit, "get_person", reading.load(OfPerson(), question))
    }


def whom_and_what_is_on(visit: Visit) -> Json:
    """Where they live, unless another place is asked for."""
    known = whom(visit)
    chosen = str(visit.query.get("division") or known["person"]["community"])
    question = from_now_on(visit) | {"division": chosen, "limit": MOST_LISTED}
    with visit.services.place("activities"):
        sessions = visit.services.ask(
            "activities",
            "list_sessions",
            reading.load(LISTING, question),
            actor=visit.actor,
            trace=visit.trace,
        )
    place = visit.places.name_of(chosen) or visit.places.district()
    return known | {
        "sessions": sessions,
        "place": place,
        "chosen": chosen,
        "streets": visit.places.streets(),
        "whole": visit.places.district_code(),
    }


def what_they_need(visit: Visit) -> Json:
    fields = drawn(RaiseNeed(), *ASKED_OF_A_NEED)
    return whom(visit) | {"fields": fields, "streets": visit.places.streets()}


def found(visit: Visit, filled: Json) -> Json:
    return {"people": people_named(visit, filled), "typed": typed(filled)}


SIGNUPS = Ask("signups", "activities", "my_signups", MySignups)
NEEDS = Ask("needs", "cobuild", "my_needs", MyNeeds)
FINDING = Page(FIND, "acting_find.html", for_all=False)
PAGES: tuple[Page | Form | Button, ...] = (
    FINDING,
    Page(WHOM, "acting.html", (SIGNUPS, NEEDS), whom_and_what_is_on, for_all=False),
    Button(f"{WHOM}/sign-up", "activities", "sign_up", SignUp, TO_THE_SIGNUP),
    Page(
        SIGNUP,
        "acting_signup.html",
        (Ask("signup", "activities", "get_signup", GetSignup),),
        whom,
        for_all=False,
    ),
    Button(
        f"{SIGNUP}/cancel", "activities", "cancel_signup", CancelSignup, TO_THE_SIGNUP
    ),
    Button(
        f"{SIGNUP}/accept", "activities", "accept_offer", AcceptOffer, TO_THE_SIGNUP
    ),
    Form(
        f"{WHOM}/needs/new",
        "acting_need.html",
        "cobuild",
        "raise_need",
        RaiseNeed,
        f"{FIND}/{{by}}",
        more=what_they_need,
    ),
)
ANSWERED = (Answered(FIND, FINDING, FindPersons, found),)
