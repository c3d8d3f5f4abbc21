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
    """Raises `Unknown` for a notice of others."""
    notice = find_notice(docs, command["notice"])
    if notice is None or not _is_told(notice, asked):
        raise Unknown("没有这条通知", path="notice")
    mark = {"notice": notice["id"], "of": notice["at"], "to": notice["to"]}
    return _fact("notice_read.v1", asked, mark)


def read_notices(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What was read stays read: an earlier moment than the last changes nothing."""
    upto = command["upto"]
    if upto > instant(asked.now):
        raise Invalid("这一刻还没有到", code="not_yet", path="upto")
    reader = docs.get("readers", asked.actor.id)
    before = reader["upto"] if reader else ""
    return _fact("notices_read.v1", asked, {"upto": max(before, upto)})


def find_notice(docs: Reads, id: str) -> Json | None:
    """The notice, from whichever log it was told."""
    for name in SOURCES.values():
        notice = docs.get(name, id)
        if notice is not None:
            return notice
    return None


def _is_told(notice: Json, asked: Asked) -> bool:
    """Whether it is for the actor, and its time has come."""
    is_time = notice["at"] <= instant(asked.now)
    return is_time and is_for(asked.actor, notice.get("to", ""), asked.ids)


def _fact(type: str, asked: Asked, data: Json) -> Fact:
    person = asked.actor.id
    return Fact(type, f"reader/{person}", data | {"person": person})
