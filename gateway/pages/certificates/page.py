"""The pages of a certificate of service hours: one to print, for who holds it; one to check its code, for everybody."""

from datetime import datetime
from importlib import import_module

import orjson
from flask import Flask, Response, render_template, request

from gateway.edge import reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates, asking
from gateway.edge.rpc import Services
from gateway.pages import html
from schemas.activities.certificates import OfCertificate, VerifyCertificate
from schemas.documents import Json
from services.district.calendar import local_day
from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Invalid, Problem, Unknown
from services.kit.tokens import Verifier

MOST_LINES = 100  # What is printed of the services; the rest is in the record.
UNKNOWN = "没有这张证明，请核对核验码"
WHERE = (
    "核验码印在证明的二维码旁，共 26 位，由字母 A–Z 和数字 2–7 组成；空格和大小写不计。"
)

SERVICE = "activities"
GATES: Gates = {
    ("GET", "/certificates/<certificate>"): asking(SERVICE),
    ("GET", "/verify/<code>"): asking(SERVICE, is_secret=True),
}


def add(app: Flask, services: Services, verifier: Verifier, public_url: str) -> None:
    """`public_url` is where a printed code leads: never where the request says it was sent."""
    for words in (in_words, spaced, day_of):
        app.add_template_filter(words)

    @app.get("/certificates/<certificate>")
    def certificate_page(certificate: str) -> Response:
        try:
            said = reading.load(OfCertificate(), {"certificate": certificate})
            return _printed(
                said, services, actor_of(request.environ, verifier), public_url
            )
        except Problem as problem:
            return html.told(problem)

    @app.get("/verify/<code>")
    def verify_page(code: str) -> Response:
        try:
            return _verified(
                reading.load(VerifyCertificate(), {"code": code}), services
            )
        except (Invalid, Unknown):
            return html.told(Unknown(UNKNOWN), WHERE)
        except Problem as problem:
            return html.told(problem)


def _printed(said: Json, services: Services, actor: Actor, public_url: str) -> Response:
    trace = request.environ[TRACE]
    shown = services.ask(SERVICE, "get_certificate", said, actor=actor, trace=trace)
    lines = {**said, "after": None, "limit": MOST_LINES}
    listed = services.ask(
        SERVICE, "certified_services", lines, actor=actor, trace=trace
    )
    address = f"{public_url}/verify/{shown.get('code', '')}"
    page = render_template(
        "certificates/certificate.html",
        shown=shown,
        services=listed["items"],
        address=address,
        qr=_qr(address),
    )
    return html.page(page, "private, no-store")


def _verified(said: Json, services: Services) -> Response:
    trace = request.environ[TRACE]
    shown = services.ask(
        SERVICE, "verify_certificate", said, actor=ANONYMOUS, trace=trace
    )
    if html.wants_json():
        return html.varied(Response(orjson.dumps(shown), content_type=html.JSON))
    return html.page(
        render_template("certificates/verify.html", shown=shown, code=said["code"])
    )


def in_words(minutes: int) -> str:
    """`45 分钟`, `2 小时（120 分钟）`, `1 小时 35 分钟（95 分钟）`"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} 分钟"
    return f"{hours} 小时{f' {rest} 分钟' if rest else ''}（{minutes} 分钟）"


def spaced(code: str) -> str:
    """A long code as people read it out, in fours."""
    return " ".join(code[first : first + 4] for first in range(0, len(code), 4))


def day_of(moment: str) -> str:
    return local_day(datetime.fromisoformat(moment))


def _qr(text: str) -> str:
    """The QR of an address as SVG, to stand in a page."""
    segno = import_module("segno")  # Only who prints a certificate needs it.
    made: str = segno.make(text, error="m").svg_inline(scale=1, omitsize=True, border=2)
    return made
