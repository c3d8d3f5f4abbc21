"""`xfh demo`: starts the platform, lives the day, shows the district its figures and proves them."""

import argparse
import signal
import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType

from schemas.documents import Json
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.private import private_folder
from services.xfh.commands import divisions, reports
from services.xfh.commands.progress import progress
from services.xfh.commands.reconcile import compare
from services.xfh.demo import activities, guests, month, server, summary, week
from services.xfh.demo.client import Client
from services.xfh.demo.day import Day
from services.xfh.demo.doorstep import FRIDAY_BEFORE
from services.xfh.demo.evenings import Evenings
from services.xfh.demo.plan import DAY, DISTRICT, make, make_later
from services.xfh.demo.script import Plan
from services.xfh.demo.series import Series

SETTLED_S = 60.0


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when the day was lived and every figure reconciled. Serves until interrupted, unless told to exit."""
    signal.signal(signal.SIGTERM, _end)
    clock = _clock(settings)
    private_folder(settings.data)
    server.step_clock(clock, datetime.fromisoformat(f"{FRIDAY_BEFORE}T08:00:00+08:00"))
    running = server.start(clock)
    client = Client(settings.http)
    try:
        server.wait_until_ready(client, running)
        is_equal = _demonstrate(settings, client, clock, args.days)
        if settings.demo_exit or not is_equal:
            return int(not is_equal)
        print("平台仍在运行，按 Ctrl-C 结束。")
        return running.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        client.close()
        server.stop(running)


def _end(number: int, frame: FrameType | None) -> None:
    """As Ctrl-C, the server is ended too. A KeyboardInterrupt would end Python by SIGINT where it passes exec()."""
    raise SystemExit(0)


def _clock(settings: Settings) -> Path:
    if settings.clock_file:
        return Path(settings.clock_file)
    return settings.data / "demo.clock"


def _demonstrate(settings: Settings, client: Client, clock: Path, days: int) -> bool:
    """Lives the days and prints what came of them. True when every figure is what the logs say."""
    began = time.monotonic()
    # In the demonstration's own days: else what is theirs could not be undone in them.
    divisions.load(replace(settings, clock_file=str(clock)))
    day, report = _live(settings, client, clock, days)
    links = guests.invite(day)
    period = DAY if days == 1 else DAY[:7]
    summary.print_table(_settled(client, day, period))
    print(f"用时 {time.monotonic() - began:.1f} 秒，重试 {client.retried} 次")
    is_equal = _reconcile(settings)
    summary.print_access(settings, report)
    summary.print_links(links)
    summary.print_tokens(day)
    print(summary.where(settings, clock))
    return is_equal


def _live(
    settings: Settings, client: Client, clock: Path, days: int
) -> tuple[Day, str]:
    """The last day, and the address of the month's report when the month was over by then."""
    first, *later = _plans(days)
    total = sum(plan.steps() for plan in (first, *later))

    def token(actor: str, roles: tuple[Role, ...]) -> str:
        return tokens.issue(settings, actor, list(roles), summary.TOKEN_HOURS)

    with progress(f"{DAY} 起 {days} 天", total) as told:
        step_to = partial(server.step_clock, clock)
        day = Day(client, first, token, step_to, partial(told, 1))
        return _live_all(day, later)


def _plans(days: int) -> list[Plan]:
    communities = [row.code for row in divisions.packaged() if row.level == "community"]
    first = make(communities)
    return [first, *(make_later(first, communities, day) for day in range(1, days))]


def _live_all(day: Day, later: list[Plan]) -> tuple[Day, str]:
    series = Series(day)
    evenings = Evenings()
    month.aim(day)
    week.live(day, series)
    for plan in later:
        day = day.then(plan)
        activities.live(day)
        series.hold_on(day)
        evenings.live(day)
    report = month.report(day, series) if month.is_over(day) else ""
    return day, report


def _settled(client: Client, day: Day, period: str) -> Json:
    """The district's figures by street, once they reflect the last thing that was acknowledged."""
    end = time.monotonic() + SETTLED_S
    while time.monotonic() < end:
        path = f"/metrics/breakdown?scope={DISTRICT}&period={period}&by=division"
        answer: Json = client.get(path, day.analyst())
        if answer["as_of"]["activities"] >= day.last_event:
            return answer
        time.sleep(0.1)
    raise SystemExit(f"汇总在 {SETTLED_S:.0f} 秒内没有跟上，请运行 xfh followers 查看")


def _reconcile(settings: Settings) -> bool:
    """True when all is equal; what differs is printed."""
    shown = compare(settings)
    counted = f"前 {shown.events} 个事件，{shown.cells} 个单元格"
    summary.print_verdict(f"对账（从日志另行重算，{counted}）", shown.differences)
    frozen = reports.compare(settings)
    if frozen.versions:
        about = f"月报（{frozen.versions} 版，从各自发布时的日志重算）"
        summary.print_verdict(about, frozen.differences)
    return not shown.differences and not frozen.differences
