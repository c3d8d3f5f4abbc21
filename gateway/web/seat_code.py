"""The code of one's seat: large, printable, and open without signal."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import segno
from markupsafe import Markup

from gateway.web.companions import words_of
from gateway.web.page import Ask, Page, Visit
from schemas.activities.signups import OfSignup
from schemas.documents import Json

KEPT_FOR = "Kept-For"  # Tells the service worker to keep a copy for so many seconds, by whatever clock it has.
KEPT_AFTER = timedelta(hours=24)


def qr(code: str) -> Markup:
    """The picture of a code, as large as its place. As few and as large squares as withstand a quarter of them lost."""
    picture = segno.make(code, error="q", micro=False)
    drawn = picture.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn here, of letters and digits.


def spoken(code: str) -> str:
    """As it is said: `K7QP2M` in two breaths."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def kept_after(closes_at: str, now: datetime) -> dict[str, str]:
    """The header by which a page is kept until a day after that."""
    until = datetime.fromisoformat(closes_at) + KEPT_AFTER
    return {KEPT_FOR: str(max(0, int((until - now).total_seconds())))}


def moment(visit: Visit) -> Json:
    return {"now": visit.now, "words_of": words_of}


def _kept(content: Json) -> Mapping[str, str]:
    seats = content["seats"]
    return kept_after(seats["closes_at"], content["now"]) if seats["codes"] else {}


PAGES = (
    Page(
        "/signups/<signup>/code",
        "seat_code.html",
        (Ask("seats", "activities", "seat_codes", OfSignup),),
        moment,
        for_all=False,
        headers=_kept,
    ),
    Page("/offline", "offline.html"),
)
