"""`/sign-in/ways`: what may be offered, which is only what is set up."""

from flask import Response, current_app

from gateway.edge.application import Application
from gateway.edge.gates import Gate, Gates
from gateway.signin import asking
from gateway.signin.codes import CODES, Codes
from gateway.signin.foreign import FOREIGN, Foreign
from schemas.documents import Json
from schemas.people.sessions import WAYS_IN_WORDS

GATES: Gates = {("GET", "/sign-in/ways"): Gate(())}
WITHOUT_SET_UP = ("desk", "password")


def register(app: Application) -> None:
    app.add_url_rule("/sign-in/ways", "ways", _ways)


def _ways() -> Response:
    codes: Codes = current_app.extensions[CODES]
    foreign: Foreign = current_app.extensions[FOREIGN]
    items = [_way(way) for way in WITHOUT_SET_UP]
    if senders := codes.choices():
        items.append(_way("code") | {"senders": senders})
    if providers := foreign.choices():
        items.append(_way("foreign") | {"providers": providers})
    return asking.json({"items": items})


def _way(way: str) -> Json:
    return {"way": way, "text": WAYS_IN_WORDS[way]}
