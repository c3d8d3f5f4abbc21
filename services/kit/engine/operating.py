"""What who runs the platform asks of a service itself: how it stands, what its log has, and what to do where it stands.

Nobody else may: what is set aside is in no figure any more.
"""

import shutil
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from schemas.documents import Json, if_any, pick, without
from services.kit.actor import Actor
from services.kit.engine.another_log import ANOTHER
from services.kit.engine.aside import set_aside
from services.kit.engine.follow import Follower
from services.kit.engine.parking import reason
from services.kit.engine.requests import Outcome
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Event, Log
from services.kit.store import Store

DISTRICT = 6  # Digits of its code.
KEPT, LAST = "backup", "last"  # Where the last backup is told of.
SQLITE = "sqlite:"
PARKED = ("sequence", "type", "kind", "attempts", "since", "tried")


class Serves(Protocol):
    """The host, as far as it is needed here. `where` is its store's URL."""

    name: str
    store: Store
    where: str

    @property
    def followers(self) -> Mapping[str, Follower]:
        """By source: one for each log that is followed."""
        ...

    def troubles(self) -> list[Json]:
        """What keeps the service from its work. Raises `Unavailable` when the store cannot be used."""
        ...

    def set_aside(
        self, source: str, sequence: int, reason: str, actor: Actor
    ) -> Outcome:
        """Records that an event of a source is not to be applied, and why. May be asked twice."""
        ...


def answered(host: Serves, method: str, payload: Json, actor: Actor) -> Json:
    """Raises `Forbidden` for who does not run the platform."""
    must_operate(actor)
    return ASKED[method](host, payload, actor)


def must_operate(actor: Actor) -> None:
    """Raises `Forbidden`."""
    if not operates(actor):
        raise Forbidden("只有区管理员可以查看和处理系统的运行情况")


def operates(actor: Actor) -> bool:
    """Whoever administers a whole district: a platform serves one."""
    return any(
        role.role == "district_admin"
        and (role.scope == "*" or len(role.scope) == DISTRICT)
        for role in actor.roles
    )


def _standing(host: Serves, payload: Json, actor: Actor) -> Json:
    backed_up = without(host.store.keep.get(KEPT, LAST) or {}, "id")
    return {
        "version": version("xianfenghui"),
        "head": host.store.log.head(),
        "followers": [_followed(one) for one in host.followers.values()],
        "troubles": host.troubles(),
        **if_any(disk=_disk(host.where), backed_up=backed_up or None),
    }


def _followed(follower: Follower) -> Json:
    """How far it has come, and the event at which it stands, where it does."""
    position = follower.position()
    parked = follower.parked()
    told = parked and pick(parked, *PARKED) | {"error": reason(parked)}
    return {"source": follower.source, "position": position} | if_any(parked=told)


def _disk(where: str) -> Json | None:
    """Bytes of the disk that the store lies on; None where that is another machine's."""
    folder = Path(where.removeprefix(SQLITE))
    if not where.startswith(SQLITE) or not folder.is_dir():
        return None
    usage = shutil.disk_usage(folder)
    return {"total": usage.total, "free": usage.free}


def _list_log(host: Serves, payload: Json, actor: Actor) -> Json:
    """The latest first. Who asked for it and what it says is not told: that is in the log, for who has it.

    `before` and `next` are places in the log; in that of one stream they are places in the stream.
    """
    log, stream = host.store.log, payload.get("stream")
    head = log.version(stream) if stream else log.head()
    last = min(head, payload.get("before", head + 1) - 1)
    first = max(0, last - payload["limit"])
    events = _read(log, stream, first, last)
    items = [_told(event) for event in reversed(events)]
    return {"items": items, "next": first + 1 if first else None}


def _read(log: Log, stream: str | None, first: int, last: int) -> list[Event]:
    if stream:
        return log.read_stream(stream, last, first)
    return log.read(first, last - first) if first < last else []


def _told(event: Event) -> Json:
    about = {"sequence": event.seq, "at": event.time}
    return about | {"type": event.type, "stream": event.stream}


def _retry(host: Serves, payload: Json, actor: Actor) -> Json:
    """May be asked again and again."""
    follower = _follower(host, payload["source"])
    follower.catch_up()
    return {"document": _followed(follower)}


def _set_aside(host: Serves, payload: Json, actor: Actor) -> Json:
    """Only the event that is parked: what has not failed here is nobody's to leave out. Safe to ask twice."""
    source, sequence = payload["source"], payload["sequence"]
    follower = _follower(host, source)
    if sequence not in set_aside(host.store.log, source):
        if not _stands_at(follower, sequence):
            raise Refused("not_parked", "现在没有停在这个事件，请刷新后再看")
        host.set_aside(source, sequence, payload["reason"], actor)
    follower.catch_up()
    return {"document": _followed(follower)}


def _stands_at(follower: Follower, sequence: int) -> bool:
    parked = follower.parked()
    if parked is None or parked.get("kind") == ANOTHER:
        return False
    return bool(parked["sequence"] == sequence)


def _follower(host: Serves, source: str) -> Follower:
    follower = host.followers.get(source)
    if follower is None:
        raise Unknown(f"{host.name} 不跟随 {source}")
    return follower


Answer = Callable[[Serves, Json, Actor], Json]
ASKED: dict[str, Answer] = {
    "standing": _standing,
    "list_log": _list_log,
    "retry_follower": _retry,
    "set_event_aside": _set_aside,
}
