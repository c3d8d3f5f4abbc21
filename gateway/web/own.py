"""Pages of one's own: signing up, what became of it, what one needs, what one is told."""

from gateway.web.drawing import drawn
from gateway.web.known import acts_for
from gateway.web.page import Ask, Button, Form, Page, Visit
from schemas.activities.contents import OfActivity
from schemas.activities.sessions import ListSessions
from schemas.activities.signups import (
    AcceptOffer,
    CancelSignup,
    GetSignup,
    MySignups,
    SignUp,
)
from schemas.cobuild.needs import ConfirmNeed, GetNeed, MyNeeds, RaiseNeed
from schemas.documents import Json
from schemas.notices.inbox import MyNotices

# Whom somebody may bring along, by the name their sign-up keeps; several of a kind each have their own.
COMPANIONS = (
    ("child-1", "child", "孩子"),
    ("child-2", "child", "第二个孩子"),
    ("elder-1", "elder", "老人"),
    ("elder-2", "elder", "第二位老人"),
    ("family-1", "family", "家人"),
)
ASKED_OF_A_NEED = ("words", "category", "audience", "urgency")


def party(visit: Visit) -> Json:
    return {"me": visit.actor.id, "companions": COMPANIONS}


def those_acted_for(visit: Visit) -> Json:
    return {"acts_for": acts_for(visit)}


def of_a_need(visit: Visit) -> Json:
    return {
        "fields": drawn(RaiseNeed(), *ASKED_OF_A_NEED),
        "streets": visit.places.streets(),
    }


PAGES = (
    Form(
        "/activities/<activity>/sign-up",
        "sign_up.html",
        "activities",
        "sign_up",
        SignUp,
        "/signups/{id}",
        (
            Ask("activity", "activities", "get_activity", OfActivity),
            Ask("sessions", "activities", "list_sessions", ListSessions),
        ),
        party,
    ),
    Page(
        "/signups/<signup>",
        "signup.html",
        (Ask("signup", "activities", "get_signup", GetSignup),),
        for_all=False,
    ),
    Button(
        "/signups/<signup>/cancel",
        "activities",
        "cancel_signup",
        CancelSignup,
        "/signups/{id}",
    ),
    Button(
        "/signups/<signup>/accept",
        "activities",
        "accept_offer",
        AcceptOffer,
        "/signups/{id}",
    ),
    Page(
        "/me",
        "me.html",
        (
            Ask("signups", "activities", "my_signups", MySignups),
            Ask("needs", "cobuild", "my_needs", MyNeeds),
        ),
        those_acted_for,
        for_all=False,
    ),
    Form(
        "/needs/new",
        "need_new.html",
        "cobuild",
        "raise_need",
        RaiseNeed,
        "/needs/{id}",
        more=of_a_need,
    ),
    Page(
        "/needs/<need>",
        "need.html",
        (Ask("need", "cobuild", "get_need", GetNeed),),
        for_all=False,
    ),
    Button(
        "/needs/<need>/confirm", "cobuild", "confirm_need", ConfirmNeed, "/needs/{id}"
    ),
    Page(
        "/inbox",
        "inbox.html",
        (Ask("notices", "notices", "my_notices", MyNotices),),
        for_all=False,
    ),
)
