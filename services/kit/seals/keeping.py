"""Keeping seals of other services' logs: in one chain, in which each names the one before."""

from schemas.documents import Json
from schemas.fields import instant
from schemas.seals import AskLastSeal, ListSeals, SealLog
from services.kit.entrypoints import Asked, command, query
from services.kit.lists.paging import page
from services.kit.log import Event, Fact, Log
from services.kit.seals.signing import (
    NONE_BEFORE,
    Signer,
    digest_of,
    short,
)
from services.kit.views import Collection, Find, Folds, Overlay, Reads

SEALS = Collection("seals", (("service", "number"), ("number",)))
STREAM = "seals"
SEALED = "log_sealed.v1"
READ_AT_ONCE = 1_000
PLATFORM = ("system",)
EVERYBODY: tuple[str, ...] = ()


def seal(docs: Reads, payload: Json, asked: Asked, signer: Signer) -> Fact | None:
    """Nothing where another replica of the service was first."""
    if payload["after"] != upto_of(docs, payload["service"]):
        return None
    last = _last(docs, {})
    chained = {
        "number": last["number"] + 1 if last else 1,
        "before": last["digest"] if last else NONE_BEFORE,
        "at": instant(asked.now),
    }
    return Fact(SEALED, STREAM, signer.signed(payload | chained))


def fold_sealed(docs: Overlay, event: Event) -> None:
    """The seal with its digest, and with what a person reads of that on paper."""
    digest = digest_of(event.data)
    shown = {"id": event.id, "digest": digest, "short": short(digest)}
    docs.put("seals", event.data | shown)


def last_seal(views: Reads, question: Json, asked: Asked) -> Json:
    """How far the log of a service is sealed: `{upto}`."""
    return {"upto": upto_of(views, question["service"])}


def list_seals(views: Reads, question: Json, asked: Asked) -> Json:
    """A page of all seals, of whichever log, the latest first."""
    return page(views, question, Find("seals", {}, "number", newest_first=True))


def upto_of(docs: Reads, service: str) -> int:
    """The last event of the log that is sealed, 0 for none."""
    last = _last(docs, {"service": service})
    return last["upto"] if last else 0


def sealed_in(log: Log) -> dict[str, int]:
    """Up to where each log is sealed in this one, by service."""
    reached: dict[str, int] = {}
    after = 0
    while events := log.read(after, READ_AT_ONCE, (SEALED,)):
        for event in events:
            reached[event.data["service"]] = event.data["upto"]
        after = events[-1].seq
    return reached


def _last(docs: Reads, where: dict[str, str | int]) -> Json | None:
    found = docs.find(Find("seals", where, "number", limit=1, newest_first=True))
    return found[0] if found else None


FOLDS: Folds = {SEALED: fold_sealed}


class KeepsSeals:
    """A service in whose log others are sealed. It needs the collection and the fold as well."""

    seal_log = command(SealLog, seal, by=PLATFORM, shows=(), given=Signer)
    last_seal = query(AskLastSeal, last_seal, by=PLATFORM)
    list_seals = query(ListSeals, list_seals, by=EVERYBODY)
