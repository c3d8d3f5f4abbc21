"""For who runs the platform: how its services stand, what is parked and what mends it, and their logs."""

from collections.abc import Iterator

from gateway.api.operating import must_be_one, standings
from gateway.api.waiting import TITLES
from gateway.web.drawing import drawn
from gateway.web.page import IN_ADDRESS, Button, Form, Page, Visit
from schemas.documents import Json
from schemas.operating import ListLog, RetryFollower, SetEventAside
from services.kit.engine.another_log import ANOTHER

OPS = "/ops"
PARKED, ANOTHER_LOG = "parked", "another_log"
ONE = f"{OPS}/services/<service>/<source>"
START_AGAIN = "停下它再启动；还不行，看它的日志行里的错误"
# What it is, and what to do; docs/operating.md tells more, under the same words.
TROUBLES = {
    "failing": ("一直出错", "看它的日志行里的错误；存储和消息服务好了，它自己会好"),
    "hung": ("没有回来", START_AGAIN),
    "ended": ("已经结束", START_AGAIN),
    "blocked": ("消息服务不收消息", "给消息服务腾出磁盘或内存，它自己会好"),
    "full": ("存储已满", "腾出磁盘空间，它自己会好；在那以前只能看，不能办"),
    "overdue": ("到时没有做成", "看它的日志行里的错误；改好以后，它自己会做"),
    "incomplete": (
        "旧版本没有处理过一些事件，要重算",
        "重建它的查询数据，期间照常服务",
    ),
    ANOTHER_LOG: ("跟随的日志换过了", "停下平台，放回原来的数据；找不回来的，才重建"),
}


def all_of_it(visit: Visit) -> Json:
    told = standings(visit.actor)
    services = told["services"]
    return told | {
        "stops": list(_stops(services)),
        "troubles": list(_troubles(services)),
        "title_of": TITLES,
        "disks": [(free, total) for total, free in dict(_disks(services)).items()],
        "versions": sorted({one["version"] for one in services}),
    }


def _stops(services: list[Json]) -> Iterator[Json]:
    """Each parked event, with who stands at it."""
    for service in services:
        for follower in service["followers"]:
            parked = follower.get("parked")
            if parked and parked["kind"] != ANOTHER:
                about = {"service": service["service"], "source": follower["source"]}
                yield about | parked


def _troubles(services: list[Json]) -> Iterator[Json]:
    """What else does not run, in words."""
    for service in services:
        for trouble in service["troubles"]:
            if trouble["state"] != PARKED:
                says, do = TROUBLES.get(trouble["state"], ("", ""))
                yield trouble | {"name": service["name"], "says": says, "do": do}


def _disks(services: list[Json]) -> Iterator[tuple[str, str]]:
    """How large each disk is and what of it is free; mostly all services lie on one."""
    for service in services:
        if disk := service.get("disk"):
            yield gigabytes(disk["total"]), gigabytes(disk["free"])


def gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f}"


def the_stop(visit: Visit) -> Json:
    """The event that is to be set aside; None when it went through meanwhile."""
    known = all_of_it(visit)
    named = visit.path["service"], visit.path["source"]
    stop = (one for one in known["stops"] if (one["service"], one["source"]) == named)
    fields = drawn(SetEventAside(), "reason")
    return {"stop": next(stop, None), "title_of": TITLES, "fields": fields}


def the_log(visit: Visit) -> Json:
    service = must_be_one(visit.path["service"])
    asked: Json = {}
    if stream := visit.query.get("stream"):
        asked["stream"] = stream
    if (before := str(visit.query.get("before", ""))).isdigit():
        asked["before"] = int(before)
    page = visit.ask(service, "list_log", ListLog, **asked)
    return {"log": page, "stream": stream or "", "title": TITLES[service]}


PAGES: tuple[Page | Form | Button, ...] = (
    Page(OPS, "ops.html", more=all_of_it, for_all=False),
    Page(f"{OPS}/log/<service>", "ops_log.html", more=the_log, for_all=False),
    Button(f"{ONE}/retry", IN_ADDRESS, "retry_follower", RetryFollower, OPS),
    Form(
        f"{ONE}/aside",
        "ops_aside.html",
        IN_ADDRESS,
        "set_event_aside",
        SetEventAside,
        OPS,
        more=the_stop,
    ),
)
