"""Reading: one notice, or all up to a moment."""

from schemas.documents import Json
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Reads
from services.notices.folds.notices import SOURCES
from services.notices.model.addressees import is_for


def read_notice(docs: Reads, command: Json, asked: Asked) -> Fact:
    notice = find_notice(docs, command["notice"])
    told = notice is not None and notice["at"] <= instant(asked.now)
    if notice is None or not told or not is_for(asked.actor, notice.get("to", "")):
        raise Unknown(f"没有编号为 {command['notice']} 的通知", path="notice")
    return _fact(
        "notice_read.v1",
        asked,
        {"notice": notice["id"], "of": notice["at"], "to": notice["to"]},
    )


def read_notices(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What was read stays read: an earlier moment than the last changes nothing."""
    if command["upto"] > instant(asked.now):
        raise Invalid("这一刻还没有到", code="not_yet", path="upto")
    reader = docs.get("readers", asked.actor.id)
    before = reader["upto"] if reader else ""
    return _fact("notices_read.v1", asked, {"upto": max(before, command["upto"])})


def find_notice(docs: Reads, id: str) -> Json | None:
    return next(
        (notice for name in SOURCES.values() if (notice := docs.get(name, id))), None
    )


def _fact(type: str, asked: Asked, data: Json) -> Fact:
    person = asked.actor.id
    return Fact(type, f"reader/{person}", {"person": person, **data})
