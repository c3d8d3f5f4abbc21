"""Certificates of service hours: who may issue one, over what, and how it is checked."""

from collections.abc import Iterator
from dataclasses import replace
from hmac import compare_digest

from schemas.activities.certificates import MOST_CERTIFIED
from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from services.activities.model.lifecycles import CERTIFICATE
from services.activities.model.times import moment
from services.activities.rules.authority import must_be_anothers, must_keep
from services.activities.rules.codes import certificate_code, hash_of
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import LOCAL, day_ends, day_in_words, local_day
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
    """Raises `Refused` when there is nothing to certify, too much, or the period is not over."""
    must_certify(docs, command["issuer"], asked)
    must_be_anothers(command["person"], asked, path="person")
    if command["until"] > local_day(asked.now):
        says = f"截止日 {day_in_words(command['until'])} 还没有到"
        raise Refused("period_not_over", says, path="until")
    about = command | {"role": HELPER}
    totals = _totals(_services(docs, about))
    code_hash = hash_of(certificate_code(asked.new_id, key))
    content = about | totals | _besides(docs, about, totals)
    content |= {
        "by": asked.actor.id,
        "code_hash": code_hash,
    }
    return CERTIFICATE.fact("certificate_issued.v1", asked.new_id, content)


def _services(docs: Reads, about: Json) -> list[Json]:
    """The attendances to certify. Raises `Refused` when there are none, or too many for one certificate."""
    services = certified(docs, about)
    if not services:
        raise Refused("nothing_to_certify", _why_nothing(docs, about), path="person")
    if len(services) > MOST_CERTIFIED:
        says = f"一张证明最多 {MOST_CERTIFIED} 场，请分段出具"
        raise Refused("too_many_to_certify", says, path="since")
    return services


def _totals(services: list[Json]) -> Json:
    minutes = sum(seat["minutes"] for seat in services)
    return {"minutes": minutes, "sessions": len(services)}


def _besides(docs: Reads, about: Json, totals: Json) -> Json:
    """`{repeats}` or `{replaces}` the one that holds for the same person, days and issuer: hours count once."""
    before = next(_holding(docs, about), None)
    if before is None:
        return {}
    is_same = pick(before, *totals) == totals
    return {"repeats" if is_same else "replaces": before["id"]}


def _holding(docs: Reads, about: Json) -> Iterator[Json]:
    """Certificates of the same person, days and issuer that were neither revoked nor replaced, newest first."""
    replaced: set[str] = set()
    for certificate in _valid_of(docs, about["person"]):
        if pick(certificate, *CLAIM) != pick(about, *CLAIM):
            continue
        if certificate["id"] not in replaced:
            yield certificate
        replaced.add(certificate.get("replaces", ""))


def _valid_of(docs: Reads, person: str) -> Iterator[Json]:
    """The person's certificates that were not revoked, newest first."""
    find = Find("certificates", {"person": person}, "issued_at", newest_first=True)
    for certificate in every(docs, find):
        if certificate["state"] == "valid":
            yield certificate


def replaced_by(docs: Reads, certificate: Json) -> Json | None:
    """The certificate that took the place of this one, and still holds."""
    for other in _valid_of(docs, certificate["person"]):
        if other.get("replaces") == certificate["id"]:
            return other
    return None


def revoke_certificate(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By whoever might issue one there today, not only who issued it."""
    certificate = certificate_seen(docs, command, asked)
    must_certify(docs, certificate["issuer"], asked)
    id = certificate["id"]
    since, until = (day_in_words(certificate[end]) for end in ("since", "until"))
    about = f"{since} 至 {until} 的证明"
    CERTIFICATE.must_allow(certificate, "revoke", about)
    content = command | {"by": asked.actor.id}
    return CERTIFICATE.fact("certificate_revoked.v1", id, content)


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
    find = find_certified(about | {"role": PARTICIPANT})
    if not docs.find(replace(find, limit=1)):
        return says
    how = "作为参与者到场的不计服务，确实做了志愿者的，请主办方先在该场认定"
    return f"{says}；{how}"


def certified(docs: Reads, about: Json) -> list[Json]:
    """The attendances a certificate is about, as they are now; one more than it may have when there are too many."""
    return docs.find(find_certified(about))


def find_certified(about: Json) -> Find:
    """The query for what a certificate is about, from the first moment of its days to the last."""
    return replace(
        _find_attended(about),
        since=instant(moment(about["since"]).replace(tzinfo=LOCAL)),
        until=instant(day_ends(about["until"])),
        limit=MOST_CERTIFIED + 1,
    )


def find_served(person: str, issuer: str) -> Find:
    """A person's first service at what a host held, or in a division."""
    return _find_attended(
        {
            "person": person,
            "issuer": issuer,
            "role": HELPER,
        }
    )


def _find_attended(about: Json) -> Find:
    """What is about service; certificates from before there were helpers are about every attendance."""
    issuer = about["issuer"]
    place = {"host": about["issuer"]}
    if issuer.isdigit():
        place = territory.within({"division": issuer})
    where = {"person": about["person"], "recorded": 1} | place
    where |= pick_present(about, "role")
    return Find("seats", where, "starts_at", limit=1)


def certificate_seen(docs: Reads, command: Json, asked: Asked) -> Json:
    """The certificate, for its holder and its issuer; to others it is as if it were not there."""
    return CERTIFICATES.found(docs, command["certificate"], asked, sees=is_shown_to)


def by_code(docs: Reads, code: str) -> Json:
    """The certificate with this code. Looked up by its hash, so how long it takes says nothing of codes near it."""
    hashed = hash_of(code)
    find = Find("certificates", {"code_hash": hashed}, "issued_at", limit=1)
    for certificate in docs.find(find):
        if compare_digest(certificate["code_hash"], hashed):
            return certificate
    raise Unknown(UNKNOWN)


def masked(person: str) -> str:
    """Enough of an id to tell one's own by, too little to find another's."""
    if len(person) <= 6:
        return f"{person[0]}***"
    return f"{person[0]}***{person[-2:]}"
