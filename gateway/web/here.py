"""The code on the wall at the door, and the page it opens on a phone, where one tap says who is there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from gateway.edge.application import application
from gateway.web.door import ONE, SERVICE, SESSION
from gateway.web.page import Ask, Form, Page, Visit
from gateway.web.second_factor import qr
from schemas.activities.contents import OfSession
from schemas.activities.door import CheckIn
from schemas.documents import Json

HERE = "/activities/<activity>/here"
EVERY_S = "40"  # A code is good for 90 seconds: whoever scans the last moment of one has time for a tap.


def shown_anew(content: Json) -> Mapping[str, str]:
    return {"Refresh": EVERY_S}


def on_the_wall(visit: Visit) -> Json:
    return {"qr": qr, "leads_to": leads_to}


def leads_to(session: Json, code: str) -> str:
    """The address the code on the wall stands for: any phone's own scanner opens it."""
    query = urlencode({"session": session["id"], "code": code})
    return f"{application().home.url}/activities/{session['activity']}/here?{query}"


CODE = Ask("door", SERVICE, "door_code", OfSession)
PAGES: tuple[Page | Form, ...] = (
    Page(
        f"{ONE}/door",
        "door_code.html",
        (SESSION, CODE),
        on_the_wall,
        for_all=False,
        headers=shown_anew,
    ),
    Form(
        HERE,
        "here.html",
        SERVICE,
        "check_in",
        CheckIn,
        "/activities/{activity}/here?session={session}&came=1",
        (SESSION,),
    ),
)
