"""Certificates of service hours: who may issue one, over what, and how it is checked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

from schemas.activities.certificates import MOST_CERTIFIED
from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import CERTIFICATE
from services.activities.rules.authority import must_be_anothers, must_keep
from services.activities.rules.codes import certificate_code, hash_of
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import LOCAL, day_ends, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.lists.paging import every
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads

CERTIFICATES = kind_of(CERTIFICATE, "certificates")
CLAIM = ("issuer", "since", "until")
UNKNOWN = "没有这张证明，请核对核验码"


def issue_certificate(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    must_certify(docs, command["issuer"], asked)
    must_be_anothers(command["person"], asked, path="person")
    if command["until"] > local_day(asked.now):
        raise Refused(
            "period_not_over", f"截止日 {command['until']} 还没有到", path="until"
        )
    command = {**command, "role": HELPER}
    services = certified(docs, command)
    if not services:
        raise Refused("nothing_to_certify", _why_nothing(docs, command), path="person")
    if len(services) > MOST_CERTIFIED:
        raise Refused(
            "too_many_to_certify",
            f"一张证明最多 {MOST_CERTIFIED} 场，请分段出具",
            path="since",
        )
    says = {
        "minutes": sum(seat["minutes"] for seat in services),
        "sessions": len(services),
    }
    data = {
        **command,
        "certificate": asked.new_id,
        **says,
        **_besides(docs, command, says),
        "by": asked.actor.id,
        "code_hash": hash_of(certificate_code(asked.new_id, key)),
    }
    return Fact("certificate_issued.v1", f"certificate/{asked.new_id}", data)


def _besides(docs: Reads, command: Json, says: Json) -> Json:
    """`{repeats}` or `{replaces}` the one that holds for the same person, days and issuer: hours count once."""
    before = next(_holding(docs, command), None)
    if before is None:
        return {}
    same = all(before[name] == value for name, value in says.items())
    return {"repeats" if same else "replaces": before["id"]}


def _holding(docs: Reads, about: Json) -> Iterator[Json]:
    """Certificates of the same person, days and issuer that were neither revoked nor replaced, newest first."""
    own = every(
        docs,
        Find(
            "certificates", {"person": about["person"]}, "issued_at", newest_first=True
        ),
    )
    replaced: set[str] = set()
    for one in own:
        if one["state"] != "valid" or any(one[name] != about[name] for name in CLAIM):
            continue
        if one["id"] not in replaced:
            yield one
        replaced.add(one.get("replaces", ""))


def replaced_by(docs: Reads, certificate: Json) -> Json | None:
    """The certificate that took the place of this one, and still holds."""
    own = every(
        docs,
        Find(
            "certificates",
            {"person": certificate["person"]},
            "issued_at",
            newest_first=True,
        ),
    )
    return next(
        (
            one
            for one in own
            if one["state"] == "valid" and one.get("replaces") == certificate["id"]
        ),
        None,
    )


def revoke_certificate(docs: Reads, command: Json, asked: Asked) -> Fact:
    certificate = the_certificate(docs, command["certificate"], asked)
    must_certify(docs, certificate["issuer"], asked)
    CERTIFICATE.must_allow(certificate, "revoke", f"证明 {certificate['id']}")
    return Fact(
        "certificate_revoked.v1",
        f"certificate/{certificate['id']}",
        {**command, "by": asked.actor.id},
    )


def must_certify(docs: Reads, issuer: str, asked: Asked) -> None:
    """Raises unless the actor keeps the host's activities, or administers the division."""
    if issuer.isdigit():
        must_oversee(docs, asked.actor, issuer)
    else:
        must_keep(docs, issuer, asked)


def is_shown_to(docs: Reads, given: Json, asked: Asked) -> bool:
    """Whether the certificate or commendation is the actor's own, or one they might give today."""
    if asked.actor.id == given["person"]:
        return True
    try:
        must_certify(docs, given["issuer"], asked)
    except (Forbidden, Refused):
        return False
    return True


def _why_nothing(docs: Reads, about: Json) -> str:
    says = f"{about['person']} 在这段时间没有可以证明的服务"
    took_part = docs.find(
        replace(find_certified({**about, "role": PARTICIPANT}), limit=1)
    )
    how = "；作为参与者到场的不计服务，确实做了志愿者的，请主办方先在该场认定"
    return f"{says}{how if took_part else ''}"


def certified(docs: Reads, about: Json) -> list[Json]:
    """The attendances a certificate is about, as they are now; one more than it may have when there are too many."""
    return docs.find(find_certified(about))


def find_certified(about: Json) -> Find:
    return replace(
        _find_attended(about),
        since=instant(datetime.fromisoformat(about["since"]).replace(tzinfo=LOCAL)),
        until=instant(day_ends(about["until"])),
        limit=MOST_CERTIFIED + 1,
    )


def find_served(person: str, issuer: str) -> Find:
    """A person's first service at what a host held, or in a division."""
    return _find_attended({"person": person, "issuer": issuer, "role": HELPER})


def _find_attended(about: Json) -> Find:
    """What is about service; certificates from before there were helpers are about every attendance."""
    issuer = about["issuer"]
    place = (
        territory.within({"division": issuer}) if issuer.isdigit() else {"host": issuer}
    )
    role = {name: about[name] for name in ("role",) if name in about}
    return Find(
        "seats",
        {"person": about["person"], "recorded": 1, **role, **place},
        "starts_at",
        limit=1,
    )


def the_certificate(docs: Reads, id: str, asked: Asked) -> Json:
    """The certificate, for its holder and its issuer; to others it is as if it were not there."""
    return CERTIFICATES.found(docs, id, asked, sees=is_shown_to)


def by_code(docs: Reads, code: str) -> Json:
    """The certificate with this code. Looked up by its hash, so how long it takes says nothing of codes near it."""
    hashed = hash_of(code)
    for certificate in docs.find(
        Find("certificates", {"code_hash": hashed}, "issued_at", limit=1)
    ):
        if compare_digest(certificate["code_hash"], hashed):
            return certificate
    raise Unknown(UNKNOWN)


def masked(person: str) -> str:
    """Enough of an id to tell one's own by, too little to find another's."""
    return f"{person[0]}***{person[-2:]}" if len(person) > 6 else f"{person[0]}***"
