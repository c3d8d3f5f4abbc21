"""Pages of one's own: what became of a sign-up, what one needs, what one is told."""

from collections.abc import Callable, Iterable

from flask import request

from gateway.edge.application import application
from gateway.web import display, words
from gateway.web.companions import COMPANIONS, RELATIONS, words_of
from gateway.web.drawing import drawn
from gateway.web.known import acts_for, own_record
from gateway.web.named import communities
from gateway.web.page import Ask, Button, Form, Page, Visit
from gateway.web.whose import home_of
from schemas.activities.contents import OfSession
from schemas.activities.door import Rate
from schemas.activities.relations import RELATIONS_IN_WORDS
from schemas.activities.signups import (
    AcceptOffer,
    AddToParty,
    CancelSignup,
    GetSignup,
    JoinParty,
    LeaveParty,
    MySignups,
    PassOn,
)
from schemas.cobuild.closing import ConfirmNeed
from schemas.cobuild.needs import GetNeed, MyNeeds, RaiseNeed
from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.notices.inbox import MyNotices
from schemas.persons import called
from services.district.calendar import LOCAL

ASKED_OF_A_NEED = ("words", "category", "audience", "urgency")

SIGNUP = Ask("signup", "activities", "get_signup", GetSignup)


def in_language(visit: Visit) -> Json:
    """That of the page."""
    return {"lang": display.chosen(request).language}


def is_coming(visit: Visit) -> Callable[[Json], bool]:
    """True of what begins today or later: what is on now is not over."""
    today = instant(words.begins(visit.now.astimezone(LOCAL).date()))
    return lambda signup: bool(signup["starts_at"] >= today)


def those_acted_for(visit: Visit) -> Json:
    known: Json = {"acts_for": acts_for(visit), "me": visit.actor.id}
    known |= {"is_coming": is_coming(visit)} | own_record(visit)
    home = home_of(visit.actor)
    return known | {"home_community": home, "home_name": visit.places.name_of(home)}


def of_a_need(visit: Visit) -> Json:
    return {
        "fields": drawn(RaiseNeed(), *ASKED_OF_A_NEED),
        "streets": visit.places.streets(),
        "home_community": home_of(visit.actor),
    }


def who_came(visit: Visit) -> Json:
    """How to call each of a party, and what to send for them: a guest by the name their signer gave them."""
    return {
        "now": instant(visit.now),
        "said": called,
        "words_of": words_at_home,
        "url": application().home.url,
    }


def words_at_home(party: Iterable[Json]) -> dict[str, str]:
    """As whoever signed up says it: `我`, `孩子`, `第二位老人`."""
    me = RELATIONS_IN_WORDS["self"]
    return {
        person: "我" if word == me else word for person, word in words_of(party).items()
    }


def who_looks(visit: Visit) -> Json:
    return {"me": visit.actor.id}


def passing_on(visit: Visit) -> Json:
    def session_of(signup: Json) -> Json:
        about = pick(signup, "activity", "session")
        return dict(visit.ask("activities", "get_session", OfSession, **about))

    return who_came(visit) | {"companions": COMPANIONS, "session_of": session_of}


def with_relation(visit: Visit, payload: Json) -> Json:
    """Who comes instead is to whoever signed up what the name they are picked by says."""
    to = payload["to"]
    relation = RELATIONS.get(to["person"], to["relation"])
    return payload | {"to": to | {"relation": relation}}


def joining(visit: Visit) -> Json:
    """Who comes along says by which of the names they were written down: the sign-up is shown to nobody before."""
    picks = {"community": communities(visit)}
    return {
        "fields": drawn(JoinParty(), "community", "born", picks=picks),
        "companions": COMPANIONS,
    }


PAGES = (
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
        means=with_relation,
    ),
    Button(
        "/signups/<signup>/add",
        "activities",
        "add_to_party",
        AddToParty,
        "/signups/{id}",
    ),
    Form(
        "/signups/<signup>/join",
        "join.html",
        "activities",
        "join_party",
        JoinParty,
        "/signups/{signup}",
        more=joining,
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
