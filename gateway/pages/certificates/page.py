"""The pages of a certificate of service hours: one to print, for who holds it; one to check its code, for everybody."""

import re
from importlib import import_module

from flask import Response, request

from gateway.edge import reading
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.edge.responses import of_json
from gateway.pages import html
from schemas.activities.certificates import OfCertificate, VerifyCertificate
from services.district.calendar import day_of
from services.kit.errors import Invalid, Unknown

MOST_LINES = 100  # What is printed of the services; the rest is in the record.
UNKNOWN = "没有这张证明，请核对核验码"
FOUR = re.compile(".{1,4}")
LETTERS_SHOWN = 2  # Of who holds it, as many as whoever checks the code is told.
WHERE = (
    "核验码印在证明的二维码旁，共 26 位，由字母 A–Z 和数字 2–7 组成；空格和大小写不计。"
)

SERVICE = "activities"
PRINTED, VERIFIED = "/certificates/<certificate>", "/verify/<code>"
GATES: Gates = {
    ("GET", PRINTED): asking(SERVICE),
    ("GET", VERIFIED): asking(SERVICE, is_secret=True),
}


def register(app: Application) -> None:
    for words in (in_words, spaced, ending, day_of):
        app.add_template_filter(words)
    app.get(PRINTED)(html.for_readers(certificate_page))
    app.get(VERIFIED)(html.for_readers(verify_page))


def certificate_page(certificate: str) -> Response:
    """The printed code leads to the public address: never where the request says it was sent."""
    question = reading.load(OfCertificate(), {"certificate": certificate})
    asker = Asker.of(request)
    shown = asker.ask(SERVICE, "get_certificate", question)
    first_lines = question | {"after": None, "limit": MOST_LINES}
    services = asker.ask(SERVICE, "certified_services", first_lines)["items"]
    address = f"{application().home.url}/verify/{shown.get('code', '')}"
    page = html.drawn(
        "certificates/certificate.html",
        shown=shown,
        services=services,
        address=address,
        qr=_qr(address),
    )
    return html.private_page(page)


def verify_page(code: str) -> Response:
    """A code that is none is told like one nobody knows. A program that wants JSON gets it."""
    try:
        return _verified(code)
    except (Invalid, Unknown):
        return html.problem_page(Unknown(UNKNOWN), WHERE)


def _verified(code: str) -> Response:
    question = reading.load(VerifyCertificate(), {"code": code})
    shown = Asker.everybody(request).ask(SERVICE, "verify_certificate", question)
    if html.wants_json():
        return html.varied(of_json(shown))
    page = html.drawn("certificates/verify.html", shown=shown, code=question["code"])
    return html.page(page)


def in_words(minutes: int) -> str:
    """`45 分钟`, `2 小时（120 分钟）`, `1 小时 35 分钟（95 分钟）`"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} 分钟"
    rest_in_words = f" {rest} 分钟" if rest else ""
    return f"{hours} 小时{rest_in_words}（{minutes} 分钟）"


def spaced(code: str) -> str:
    """A long code as people read it out, in fours."""
    return " ".join(FOUR.findall(code))


def ending(person: str) -> str:
    """By which who holds a certificate tells it from others'; of a number that is masked no more is shown."""
    return person.rpartition("*")[2][-LETTERS_SHOWN:]


def _qr(text: str) -> str:
    """The QR of an address as SVG, to stand in a page."""
    segno = import_module("segno")  # Only who prints a certificate needs it.
    made: str = segno.make(text, error="m").svg_inline(scale=1, omitsize=True, border=2)
    return made
