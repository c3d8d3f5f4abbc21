"""At the door with a camera: a page that goes on without signal, and the list it takes along.

Without JavaScript, a camera or the program that reads codes, a code is typed, or somebody ticked off on the list.
"""

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, request

from gateway.edge.application import application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.edge.request_log import UNLESS_SAID
from gateway.edge.responses import of_json
from gateway.files.whole_lists import documents, those_there
from gateway.pages.names import names_of
from gateway.web.companions import words_of
from gateway.web.door import ONE, SERVICE, SESSION
from gateway.web.frame import FOR_ONE, POLICY
from gateway.web.page import Form, Visit
from gateway.web.seat_code import kept_after
from gateway.web.telling import in_its_language
from schemas.activities.door import LETTERS_TYPED, CheckIn
from schemas.documents import Json, pick

SCAN = f"{ONE}/scan"
LIST = f"{SCAN}/list"
GATES: Gates = {("GET", LIST): asking(SERVICE)}
# The program that reads codes is compiled in the browser: no other page may do that.
COMPILES = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
LOOKS = UNLESS_SAID["Permissions-Policy"].replace("camera=()", "camera=(self)")
SCANNING = {"Content-Security-Policy": COMPILES, "Permissions-Policy": LOOKS}


def at_the_door(visit: Visit) -> Json:
    last = str(visit.query.get("last", ""))
    named = names_of(visit, [last])(last) if last else ""
    return {"now": visit.now, "last": last, "named": named, "letters": LETTERS_TYPED}


def _headers(content: Json) -> Mapping[str, str]:
    """A page that names somebody is not kept."""
    kept = kept_after(content["session"]["ends_at"], content["now"])
    is_kept = not (content["last"] or content["typed"])
    return SCANNING | (dict(kept) if is_kept else {})


PAGES = (
    Form(
        SCAN,
        "scan.html",
        SERVICE,
        "check_in",
        CheckIn,
        "/desk/activities/{activity}/sessions/{session}/scan?last={person}",
        (SESSION,),
        at_the_door,
        _headers,
    ),
)


def register(web: Blueprint) -> None:
    web.add_url_rule(LIST, "scan list", _taken_along)


def _taken_along(activity: str, session: str) -> Response:
    """The list for where there is no signal. It goes with the page, when somebody signs out."""
    asker = Asker.of(request)
    of_session = {"activity": activity, "session": session}
    told = asker.ask(SERVICE, "get_session", of_session)
    items = list(_expected(asker, of_session))
    headers = kept_after(told["ends_at"], application().now())
    return of_json({"items": items}, headers={"Cache-Control": FOR_ONE, **headers})


def _expected(asker: Asker, of_session: Json) -> Iterator[Json]:
    """Who has a seat: what their codes are known by, and what the door calls them."""
    seats = those_there(list(documents(asker, SERVICE, "door_list", of_session)))
    name_of = names_of(asker, (seat["person"] for seat in seats))
    words = words_of(seats)
    for seat in seats:
        known = pick(seat, "person", "since", "code_hash", "typed_hash")
        as_what = "" if seat["relation"] == "self" else words[seat["person"]]
        whose = {"name": name_of(seat["person"]), "companion": in_its_language(as_what)}
        yield known | whose
