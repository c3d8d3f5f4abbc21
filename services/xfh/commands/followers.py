"""`xfh followers`: how far each service has followed the others, and what to do with an event it is parked on."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from schemas.documents import Json, pick
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.cursors import Begun
from services.kit.engine.another_log import ANOTHER, id_at
from services.kit.engine.follow import Follower
from services.kit.engine.parking import reason
from services.kit.engine.passed import lacking
from services.kit.engine.tables import folds_of
from services.kit.engine.timers import OVERDUE
from services.kit.engine.witness import missed
from services.kit.log import Log
from services.xfh import registry
from services.xfh.commands.network import must_be_there, opened
from services.xfh.commands.ready import troubles
from services.xfh.commands.table import table

OVERDUE_HEADING = ("服务", "到时没有做成", "错误", "自")
HEADING = ("服务", "跟随", "位置", "日志末尾", "落后", "停住")
STUCK_HEADING = ("服务", "不在运行", "跟随", "状态", "自", "错误")
INCOMPLETE_HEADING = ("服务", "来自", "数据里缺少的事件", "自")
TO_BE_REBUILT = "旧版本没有处理这些事件；请执行 xfh rebuild 服务 补上，期间照常服务"
PARKED = (
    "{service} 停在 {source} 的第 {sequence} 个事件。改好以后它自己会接着走，也可以马上再试：\n"
    "  xfh followers retry {service} {source}\n"
    "确实不能处理的，说明原因搁置；搁置以后不计入 {service} 的任何数字，不能再放回来：\n"
    "  xfh followers set-aside {service} {source} {sequence} --reason 原因"
)
CHANGED = (
    "{service} 自己的日志换过了：别的服务见过它的第 {last} 个事件，现在不是那一个了或者没有了。"
    "请放回原来的数据；已经找不回来时，执行 xfh rebuild {service} 认可现在的日志"
)
STATES = {
    "failing": "一直出错", "hung": "没有回来", "ended": "已经结束", "blocked": "消息服务不收消息", "full": "存储已满",
}  # fmt: skip


def show(settings: Settings, args: argparse.Namespace) -> int:
    """1 when a follower is parked, something is overdue, or something of the platform that is up does not run."""
    must_be_there(settings)
    stuck = [trouble for trouble in troubles(settings) if trouble["state"] in STATES]
    with opened(settings) as bus:
        shown = [_with_trouble(standing, stuck) for standing in standings(bus)]
        late = [_late(service, about) for service, about in overdue(bus)]
        lost = list(of_another_log(bus))
        incomplete = [_incomplete(service, note) for service, note in lacked(bus)]
    if args.json:
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print(table([HEADING, *map(_row, shown)]))
    _complain(OVERDUE_HEADING, late)
    _complain(STUCK_HEADING, [_of_stuck(trouble) for trouble in stuck])
    for sentence in lost:
        print(sentence, file=sys.stderr)
    for stop in filter(_is_parked, shown):
        about = pick(stop, "service", "source") | pick(stop["parked"], "sequence")
        print(PARKED.format(**about), file=sys.stderr)
    _complain(INCOMPLETE_HEADING, incomplete)
    if incomplete:
        print(TO_BE_REBUILT, file=sys.stderr)
    is_parked = any(standing["parked"] for standing in shown)
    return int(bool(is_parked or stuck or late or incomplete or lost))


def _is_parked(standing: Json) -> bool:
    parked = standing["parked"]
    return parked is not None and not is_of_another_log(parked)


def _late(service: str, about: Json) -> list[str]:
    return [service, about["id"], reason(about), about["since"]]


def _incomplete(service: str, note: Json) -> list[str]:
    return [service, note["id"], "、".join(note["types"]), note["since"]]


def _complain(heading: Sequence[str], rows: list[list[str]]) -> None:
    if rows:
        print(table([heading, *rows]), file=sys.stderr)


def retry(settings: Settings, args: argparse.Namespace) -> int:
    """Tries the parked event again, and what comes after it. 1 when it is parked again, 2 when nobody follows so."""
    must_be_there(settings)
    with opened(settings) as bus:
        follower = _follower(bus, args)
        return _catch_up(follower) if follower else _not_followed(args)


def set_aside(settings: Settings, args: argparse.Namespace) -> int:
    """Only for the event that is parked: what has not failed here is nobody's to leave out. 1 for another one."""
    must_be_there(settings)
    with opened(settings) as bus:
        follower = _follower(bus, args)
        if follower is None:
            return _not_followed(args)
        which = f"{args.source} 的第 {args.sequence} 个事件"
        if not _is_parked_at(follower, args.sequence):
            print(f"{args.service} 没有停在 {which}{_but(follower)}", file=sys.stderr)
            return 1
        bus.hosts[args.service].set_aside(args.source, args.sequence, args.reason)
        print(f"已搁置 {which}，已记入 {args.service} 的日志")
        return _catch_up(follower)


def _but(follower: Follower) -> str:
    parked = follower.parked()
    if parked is None or is_of_another_log(parked):
        return ""
    return f"，停在第 {parked['sequence']} 个"


def _is_parked_at(follower: Follower, sequence: int) -> bool:
    parked = follower.parked()
    if parked is None or is_of_another_log(parked):
        return False
    return bool(parked["sequence"] == sequence)


def standings(bus: LocalBus) -> Iterator[Json]:
    """`{service, source, position, head, lag, parked}` of every follower."""
    for service, host in bus.hosts.items():
        for source, follower in host.followers.items():
            of_follower = {"service": service, "source": source}
            log = bus.hosts[source].store.log
            begun = host.store.views.begin(source)
            yield of_follower | _standing(follower, log, begun)


def _standing(follower: Follower, log: Log, begun: Begun) -> Json:
    """How far it has come with the log, and what it is parked on."""
    position = begun.position
    head = log.head()
    parked = follower.parked_at(begun, id_at(log, position))
    is_lost = parked is not None and is_of_another_log(parked)
    return {
        "position": position,
        "head": head,
        "lag": None if is_lost else head - position,
        "parked": parked and parked | {"error": reason(parked)},
    }


def of_another_log(bus: LocalBus) -> Iterator[str]:
    """Which services' own logs are not those that others have seen."""
    for service, host in bus.hosts.items():
        keeps = [other.store.keep for other in bus.hosts.values()]
        if last := missed(service, host.store.log, keeps):
            yield CHANGED.format(service=service, last=last)


def lacked(bus: LocalBus) -> Iterator[tuple[str, Json]]:
    """What documents lack that an older version passed by, with the service whose they are."""
    for service, host in bus.hosts.items():
        for note in lacking(host.store, folds_of(registry.load(service))):
            yield service, note


def overdue(bus: LocalBus) -> Iterator[tuple[str, Json]]:
    """What time should have caused and could not, with the service whose it is."""
    for service, host in bus.hosts.items():
        for about in host.store.keep.all(OVERDUE):
            yield service, about


def is_of_another_log(parked: Json) -> bool:
    """Whether a follower stands because the log is another, and not at an event."""
    return parked.get("kind") == ANOTHER


def _with_trouble(standing: Json, stuck: list[Json]) -> Json:
    """The standing, with what does not run of its follower under `stuck`; None where all does."""
    who = standing["service"], standing["source"]
    of_it = (one for one in stuck if (one["service"], one.get("source")) == who)
    return standing | {"stuck": next(of_it, None)}


def _of_stuck(trouble: Json) -> list[str]:
    return [
        trouble["service"],
        trouble["part"],
        trouble.get("source", "—"),
        STATES[trouble["state"]],
        trouble["since"],
        trouble["error"] or "—",
    ]


def _row(standing: Json) -> list[str]:
    parked = standing["parked"]
    row = [str(standing[name]) for name in ("service", "source", "position", "head")]
    row.append("—" if standing["lag"] is None else str(standing["lag"]))
    if parked is None:
        return [*row, "—"]
    since = f"自 {parked['since']}"
    if is_of_another_log(parked):
        says = parked["error"].partition(": ")[2]
        return [*row, f"{says}（{since}）"]
    what = f"第 {parked['sequence']} 个 {parked['type']}: {parked['error']}"
    return [*row, f"{what}（{parked['attempts']} 次，{since}）"]


def _follower(bus: LocalBus, args: argparse.Namespace) -> Follower | None:
    return bus.hosts[args.service].followers.get(args.source)


def _not_followed(args: argparse.Namespace) -> int:
    print(f"{args.service} 不跟随 {args.source}", file=sys.stderr)
    return 2


def _catch_up(follower: Follower) -> int:
    """0 when it has come to the end, 1 when it is parked."""
    applied = follower.catch_up()
    parked = follower.parked()
    if parked is None:
        print(f"已跟上 {follower.source}，处理了 {applied} 个事件")
        return 0
    where = f"第 {parked['sequence']} 个（{parked['type']}）"
    says = f"处理了 {applied} 个事件，停在{where}：{reason(parked)}"
    print(says, file=sys.stderr)
    return 1
