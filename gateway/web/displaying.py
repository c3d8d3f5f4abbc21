"""The page on which somebody chooses how pages are shown: nothing changes but a cookie that says nothing of anybody."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge.gates import Gates, asking
from gateway.edge.home import here
from gateway.web import display
from gateway.web.frame import FOR_ONE, back_to, framed

GATES: Gates = {("GET", "/display"): asking(), ("POST", "/display"): asking()}


def register(web: Blueprint) -> None:
    web.add_url_rule("/display", "display", _choices)
    web.add_url_rule("/display", "send display", _choose, methods=["POST"])


def _choices() -> Response:
    choices = {"themes": display.THEMES, "sizes": display.SIZES}
    choices |= {"languages": display.LANGUAGES}
    return framed("display.html", choices | {"back": back_to("/")}, caching=FOR_ONE)


def _choose() -> Answer:
    chosen = display.chosen(request).choose(
        *(request.form.get(name, "") for name in ("theme", "size", "language"))
    )
    response = redirect(here() + back_to("/"), 303)
    display.keep(chosen, response)
    return response
