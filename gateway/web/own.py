"""Pages of one's own: signing up, what became of it, what one needs, what one is told."""

from flask import request

from gateway.web import display
from gateway.web.companions import COMPANIONS, NAMED
from gateway.web.drawing import drawn
from gateway.web.known import acts_for
from gateway.web.page import Ask, Button, Form, Page, Visit
from schemas.activities.contents import OfActivity, OfSession
from schemas.activities.door import Rate
from schemas.activities.relations import RELATIONS_IN_WORDS
from schemas.activities.sessions import ListSessions
from schemas.activities.signups import (
    AcceptOffer,
    AddToParty,
    CancelSignup,
    GetSignup,
    LeaveParty,
    MySignups,
    PassOn,
    SignUp,
)
from schemas.cobuild.closing import ConfirmNeed
from schemas.cobuild.needs import GetNeed, MyNeeds, RaiseNeed
from schemas.documents import Json
from schemas.fields import instant
from schemas.notices.inbox import MyNotices
from schemas.persons import called

ASKED_OF_A_NEED = ("words", "category", "audience", "urgency")

SIGNUP = Ask("signup", "activities", "get_signup", GetSignup)


def in_language(visit: Visit) -> Json:
    """That of the page."""
    return {"lang": display.chosen(request).language}


def party(visit: Visit) -> Json:
    return {"me": visit.actor.id, "companions": COMPANIONS}


def those_acted_for(visit: Visit) -> Json:
    return {"acts_for": acts_for(visit), "me": visit.actor.id}


def of_a_need(visit: Visit) -> Json:
    return {
        "fields": drawn(RaiseNeed(), *ASKED_OF_A_NEED),
        "streets": visit.places.streets(),
    }


def who_came(visit: Visit) -> Json:
    """How to call each of a party, and what to send for them: a guest by the name their signer gave them."""
    return {
        "now": instant(visit.now),
        "said": called,
        "words_of": words_of,
    }


def words_of(participant: Json) -> str:
    """`我`, `孩子`, `第二位老人`."""
    if participant["relation"] == "self":
        return "我"
    name = called(participant["person"])
    return NAMED.get(name, RELATIONS_IN_WORDS[participant["relation"]])


def who_looks(visit: Visit) -> Json:
    return {"me": visit.actor.id}


def passing_on(visit: Visit) -> Json:
    return who_came(visit) | {"companions": COMPANIONS}


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
        (SIGNUP,),
        passing_on,
        for_all=False,
    ),
    Form(
        "/signups/<signup>/pass-on",
        "pass_on.html",
        "activities",
        "pass_on",
        PassOn,
        "/signups/{id}",
        (SIGNUP,),
        passing_on,
    ),
    Button(
        "/signups/<signup>/add",
        "activities",
        "add_to_party",
        AddToParty,
        "/signups/{id}",
    ),
    Button(
        "/signups/<signup>/leave",
        "activities",
        "leave_party",
        LeaveParty,
        "/signups/{signup}",
    ),
    Form(
        "/signups/<signup>/rate",
        "rate.html",
        "activities",
        "rate",
        Rate,
        "/me/record",
        (SIGNUP,),
    ),
    Button(
        "/signups/<signup>/rating/delete",
        "activities",
        "delete_rating_words",
        OfSession,
        "/me/record",
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
        who_looks,
        for_all=False,
    ),
    Button(
        "/needs/<need>/confirm", "cobuild", "confirm_need", ConfirmNeed, "/needs/{id}"
    ),
    Page(
        "/inbox",
        "inbox.html",
        (Ask("notices", "notices", "my_notices", MyNotices, in_language),),
        for_all=False,
    ),
)
