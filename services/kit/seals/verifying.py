"""Holding a log against its seals: where the first difference is, if there is any.

It is raised as `Astray`: a seal that is none, an event that is missing, stands where another belongs or cannot be read,
a part that was changed, an end that was cut off, an index by which some are not found. What came after the last seal
has none yet: of that, gaps are seen, and what others had followed already.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.documents import Json
from services.kit.log import Event, Log, Types
from services.kit.seals.keeping import SEALED
from services.kit.seals.roots import root_of
from services.kit.seals.signing import NONE_BEFORE, Trusted, digest_of

BATCH = 1_000
BEFORE_ALL = -(2**62)
UNREADABLE = (ValueError, TypeError, KeyError)

Told = Callable[[int], object]


class Astray(Exception):
    """The first difference, in words."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How many events a log has, and up to which they are sealed and as they were then."""

    events: int
    sealed: int


def chain_in(log: Log, trusted: Trusted) -> list[Json]:
    """The seals in the log of who keeps them, the oldest first. Raises `Astray` at the first that is none."""
    seals: list[Json] = []
    reached: dict[str, int] = {}
    before = NONE_BEFORE
    for event in _every(log, 0, (SEALED,)):
        seal = event.data
        _must_be_signed(seal, len(seals) + 1, trusted)
        after = reached.get(seal["service"], 0)
        if (seal["before"], seal["after"]) != (before, after):
            raise Astray(f"第 {seal['number']} 份封条接不上前面的，有封条不见了")
        before = digest_of(seal)
        reached[seal["service"]] = seal["upto"]
        seals.append(seal)
    return seals


def verify(log: Log, seals: Sequence[Json], told: Told) -> Verified:
    """A whole log against the seals of it, the oldest first. Raises `Astray`."""
    _must_begin_at_one(log)
    for seal in seals:
        _must_be_as_sealed(log, seal)
        told(seal["upto"] - seal["after"])
    sealed = seals[-1]["upto"] if seals else 0
    head = _must_go_on(log, sealed, told)
    if not log.finds_all():
        raise Astray("查找事件用的索引和事件不符，有的事件找不到了")
    return Verified(head, sealed)


def _must_be_signed(seal: Json, number: int, trusted: Trusted) -> None:
    if seal["number"] != number:
        raise Astray(f"第 {number} 份封条不见了，那里是第 {seal['number']} 份")
    if not trusted.knows(seal["kid"]):
        says = f"第 {number} 份封条用密钥 {seal['kid']} 签名，这里没有它的公钥"
        raise Astray(says)
    if not trusted.signed(seal):
        raise Astray(f"第 {number} 份封条（{seal['at']}）被改动，签名不符")


def _must_begin_at_one(log: Log) -> None:
    if log.astray(BEFORE_ALL, 0):
        raise Astray("第 1 个事件前面多了事件")
    if log.read(BEFORE_ALL, 1) != log.read(0, 1):
        raise Astray("第 1 个事件前面多了事件")


def _must_be_as_sealed(log: Log, seal: Json) -> None:
    after = seal["after"]
    upto = seal["upto"]
    events = _read(log, after, upto - after)
    _must_be_gapless(events, after)
    there = after + len(events)
    if there < upto:
        raise Astray(f"日志只到第 {there} 个事件，封条到第 {upto} 个：后面的被截掉了")
    _must_be_found_by_itself(log, after, upto)
    if root_of(events) != seal["root"]:
        says = f"第 {after + 1} 到 {upto} 个事件里有改动"
        raise Astray(f"{says}（第 {seal['number']} 份封条，{seal['at']}）")


def _must_go_on(log: Log, sealed: int, told: Told) -> int:
    """What is not sealed yet has no gap. Returns the last event."""
    last = sealed
    while events := _read(log, last, BATCH):
        _must_be_gapless(events, last)
        _must_be_found_by_itself(log, last, last + len(events))
        last += len(events)
        told(len(events))
    if log.head() > last:
        raise Astray(f"第 {last + 1} 个事件不见了，日志却到第 {log.head()} 个")
    return last


def _must_be_gapless(events: Sequence[Event], after: int) -> None:
    for place, event in enumerate(events, after + 1):
        if event.seq != place:
            raise Astray(f"第 {place} 个事件不见了，那里是第 {event.seq} 个")


def _must_be_found_by_itself(log: Log, after: int, upto: int) -> None:
    if astray := log.astray(after, upto):
        raise Astray(f"第 {astray[0]} 个事件被改动：查找它用的内容和它不符")


def _every(log: Log, after: int, types: Types = ()) -> Iterator[Event]:
    while events := _read(log, after, BATCH, types):
        yield from events
        after = events[-1].seq


def _read(log: Log, after: int, limit: int, types: Types = ()) -> list[Event]:
    """Raises `Astray` naming the first that cannot be read."""
    try:
        return log.read(after, limit, types)
    except UNREADABLE as error:
        where = _first_unreadable(log, after, limit)
        raise Astray(f"第 {where} 个事件读不出来") from error


def _first_unreadable(log: Log, after: int, limit: int) -> int:
    for place in range(after, after + limit):
        try:
            log.read(place, 1)
        except UNREADABLE:
            return place + 1
    return after + 1
