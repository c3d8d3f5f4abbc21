"""Where somebody sets up a second factor: a QR to scan, the digits it shows, and the codes to keep on paper."""

from importlib import import_module

from flask import Blueprint, request
from ulid import ULID
from werkzeug.wrappers import Response as Answer

from gateway.api import made
from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import Gate, Gates
from gateway.signin.access import SERVICE
from gateway.web import arriving
from gateway.web.frame import FOR_ONE, framed, problem_page
from gateway.web.page import Ask, Button, Page, Visit
from schemas.documents import Json
from schemas.people.second_factors import (
    AskSecondFactor,
    ConfirmSecondFactor,
    OfferSecondFactor,
)
from services.kit.errors import Problem

MINE, CONFIRM = "/me/second-factor", "/me/second-factor/confirm"
GATES: Gates = {("POST", CONFIRM): Gate(())}  # A place is taken behind it.
SAID = ConfirmSecondFactor(only=["code"])


def helpers(visit: Visit) -> Json:
    return {"qr": qr}


def qr(text: str) -> str:
    """The QR of a text as SVG, to stand in a page."""
    segno = import_module("segno")  # Only who sets one up needs it.
    made: str = segno.make(text, error="m").svg_inline(scale=1, omitsize=True, border=2)
    return made


PAGES: tuple[Page | Button, ...] = (
    Page(
        MINE,
        "second_factor.html",
        (Ask("mine", SERVICE, "get_second_factor", AskSecondFactor),),
        helpers,
        for_all=False,
    ),
    Button(f"{MINE}/offer", SERVICE, "offer_second_factor", OfferSecondFactor, MINE),
)


def register(web: Blueprint) -> None:
    web.add_url_rule(CONFIRM, "confirm second factor", _confirm, methods=["POST"])


def _confirm() -> Answer:
    try:
        asker, said = _sent()
        secret = made.RECOVERY.make()
        payload, key = said | secret.payload, str(ULID())
        with asker.services.place(SERVICE):
            answer = asker.ask(SERVICE, "confirm_second_factor", payload, key=key)
    except Problem as problem:
        return problem_page(problem)
    shown = secret.shown(answer["document"])
    return framed("second_factor_set.html", shown, caching=FOR_ONE)


def _sent() -> tuple[Asker, Json]:
    """Who sends the form, and what it says. Raises a `Problem` for a form that is not ours or not theirs."""
    if not arriving.is_from_here():
        Asker.of(request).must_be_known()
    filled = arriving.filled_in(SAID)
    asker = Asker.of(request)
    asker.must_be_known()
    arriving.must_be_senders()
    return asker, reading.load(SAID, filled)
