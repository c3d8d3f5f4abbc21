"""Recording who looked at what: ordinary looks by the batch, an export before the file is handed out."""

from datetime import timedelta

from schemas.documents import Json, without
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Reads
from services.people.model.keys import Keys

STREAM = "audit"


def record_looks(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    looks = [_recorded(look, asked, keys) for look in payload["looks"]]
    content = {"looks": looks, "lost": payload["lost"]}
    return Fact("looks_recorded.v1", STREAM, content)


def record_export(docs: Reads, payload: Json, asked: Asked) -> Fact:
    return Fact("list_exported.v1", STREAM, payload)


def _recorded(look: Json, asked: Asked, keys: Keys) -> Json:
    at = instant(asked.now - timedelta(seconds=look["ago_s"]))
    tried = {"tried": keys.tried(look["tried"])} if "tried" in look else {}
    return without(look, "ago_s", "tried") | tried | {"at": at}
