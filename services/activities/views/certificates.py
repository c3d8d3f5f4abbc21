"""Certificates as they are shown: whole to holder and issuer, to everybody else no more than the code is for."""

from schemas.documents import Json, pick
from services.activities.rules.certificates import (
    by_code,
    certificate_seen,
    certified,
    find_certified,
    masked,
    must_certify,
    replaced_by,
)
from services.activities.rules.codes import certificate_code, hash_of
from services.activities.views.pages import show_each
from services.activities.views.records import service_shown
from services.district.calendar import day_of
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

REPLACED = "已由新证明替代"
OF_AN_OLD_KEY = (
    "核验码是用以前的密钥生成的，不能再打印；已打印的仍可核验，需要时请重新出具"
)
SEEN_BY_ALL = ("state", "state_text", "issuer", "since", "until", "minutes")


def get_certificate(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """With its code, as long as that is made with the key of today."""
    certificate = certificate_seen(views, question, asked)
    seen = _shown(views, certificate) | _now(views, certificate)
    code = certificate_code(certificate["id"], key)
    if hash_of(code) == certificate["code_hash"]:
        return seen | {"code": code}
    return seen | {"code_text": OF_AN_OLD_KEY}


def certified_services(views: Reads, question: Json, asked: Asked) -> Json:
    """What it is about, as that stands now."""
    certificate = certificate_seen(views, question, asked)
    seats = page(views, question, find_certified(certificate))
    return show_each(seats, lambda seat: service_shown(views, seat))


def my_certificates(views: Reads, question: Json, asked: Asked) -> Json:
    return _listed(views, question, {"person": asked.actor.id})


def list_certificates(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of one issuer. Raises for who does not certify there."""
    must_certify(views, question["issuer"], asked)
    return _listed(views, question, {"issuer": question["issuer"]})


def verify_certificate(views: Reads, question: Json, asked: Asked) -> Json:
    """What everybody may know who holds the paper: whether it holds, and whose it is no more than by a mask."""
    certificate = by_code(views, question["code"])
    after = replaced_by(views, certificate)
    seen = pick(certificate, *SEEN_BY_ALL) | {
        "person": masked(certificate["person"]),
        "issued_on": day_of(certificate["issued_at"]),
    }
    seen |= name_of(views, certificate["issuer"], "issuer_name")
    seen |= _now(views, certificate)
    if "revoked_at" in certificate:
        seen["revoked_on"] = day_of(certificate["revoked_at"])
    if "repeats" in certificate:
        seen["repeats"] = True
    if after:
        seen["replaced_on"] = day_of(after["issued_at"])
    return seen | _words(certificate, after)


def _now(views: Reads, certificate: Json) -> Json:
    """What it would say now, and whether that is something else."""
    minutes = sum(seat["minutes"] for seat in certified(views, certificate))
    return {"corrected": minutes != certificate["minutes"], "minutes_now": minutes}


def _listed(views: Reads, question: Json, where: dict[str, str]) -> Json:
    latest_first = Find("certificates", where, "issued_at", newest_first=True)
    certificates = page(views, question, latest_first)
    return show_each(certificates, lambda certificate: _shown(views, certificate))


def _shown(views: Reads, certificate: Json) -> Json:
    """As it is kept, with whose it is by name and what took its place."""
    after = replaced_by(views, certificate)
    seen = certificate | name_of(views, certificate["issuer"], "issuer_name")
    if after:
        seen |= {"replaced_by": after["id"]}
    return seen | _words(certificate, after)


def _words(certificate: Json, after: Json | None) -> Json:
    """What its state is called where another took its place."""
    is_replaced = after and certificate["state"] == "valid"
    return {"state_text": REPLACED} if is_replaced else {}
