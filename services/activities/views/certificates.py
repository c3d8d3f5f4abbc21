"""Certificates as they are shown: whole to holder and issuer, to everybody else no more than the code is for."""

from datetime import datetime

from schemas.documents import Json
from services.activities.rules.certificates import (
    by_code,
    certified,
    find_certified,
    masked,
    must_certify,
    replaced_by,
    the_certificate,
)
from services.activities.rules.codes import certificate_code, hash_of
from services.activities.views.records import service_shown
from services.district.calendar import local_day
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

REPLACED = "已由新证明替代"
OF_AN_OLD_KEY = (
    "核验码是用以前的密钥生成的，不能再打印；已打印的仍可核验，需要时请重新出具"
)


def get_certificate(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    certificate = the_certificate(views, question["certificate"], asked)
    code = certificate_code(certificate["id"], key)
    told = (
        {"code": code}
        if hash_of(code) == certificate["code_hash"]
        else {"code_text": OF_AN_OLD_KEY}
    )
    return {
        **_named(views, certificate),
        **_now(views, certificate),
        **told,
        **_replaced(views, certificate),
    }


def certified_services(views: Reads, question: Json, asked: Asked) -> Json:
    """What it is about, as that stands now."""
    certificate = the_certificate(views, question["certificate"], asked)
    found = page(views, question, find_certified(certificate))
    return {**found, "items": [service_shown(views, seat) for seat in found["items"]]}


def my_certificates(views: Reads, question: Json, asked: Asked) -> Json:
    return _listed(views, question, {"person": asked.actor.id})


def list_certificates(views: Reads, question: Json, asked: Asked) -> Json:
    must_certify(views, question["issuer"], asked)
    return _listed(views, question, {"issuer": question["issuer"]})


def verify_certificate(views: Reads, question: Json, asked: Asked) -> Json:
    certificate = by_code(views, question["code"])
    shown = ("state", "state_text", "issuer", "since", "until", "minutes")
    revoked = (
        {"revoked_on": _day(certificate["revoked_at"])}
        if "revoked_at" in certificate
        else {}
    )
    repeats = {"repeats": True} if "repeats" in certificate else {}
    after = replaced_by(views, certificate)
    replaced = {"replaced_on": _day(after["issued_at"])} if after else {}
    return {
        **{name: certificate[name] for name in shown},
        **name_of(views, certificate["issuer"], "issuer_name"),
        "person": masked(certificate["person"]),
        "issued_on": _day(certificate["issued_at"]),
        **_now(views, certificate),
        **revoked,
        **repeats,
        **replaced,
        **_words(certificate, after),
    }


def _now(views: Reads, certificate: Json) -> Json:
    """What it would say now, and whether that is something else."""
    minutes = sum(seat["minutes"] for seat in certified(views, certificate))
    return {"corrected": minutes != certificate["minutes"], "minutes_now": minutes}


def _listed(views: Reads, question: Json, where: dict[str, str]) -> Json:
    found = page(
        views, question, Find("certificates", where, "issued_at", newest_first=True)
    )
    shown = [
        {**_named(views, certificate), **_replaced(views, certificate)}
        for certificate in found["items"]
    ]
    return {**found, "items": shown}


def _replaced(views: Reads, certificate: Json) -> Json:
    after = replaced_by(views, certificate)
    return {
        **({"replaced_by": after["id"]} if after else {}),
        **_words(certificate, after),
    }


def _words(certificate: Json, after: Json | None) -> Json:
    """What its state is called where another took its place."""
    return {"state_text": REPLACED} if after and certificate["state"] == "valid" else {}


def _named(views: Reads, certificate: Json) -> Json:
    return {**certificate, **name_of(views, certificate["issuer"], "issuer_name")}


def _day(moment: str) -> str:
    return local_day(datetime.fromisoformat(moment))
