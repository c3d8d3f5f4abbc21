"""`xfh demo`: starts the platform, lives the day, shows the district its figures and proves them."""

import argparse
import shlex
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.kit import tokens
from services.kit.actor import Role
from services.kit.config import Settings, for_child
from services.kit.private import private_folder
from services.xfh.commands import divisions, reports
from services.xfh.commands.progress import progress
from services.xfh.commands.reconcile import compare
from services.xfh.commands.supervisor import die_with_parent
from services.xfh.commands.table import table
from services.xfh.demo import month, week
from services.xfh.demo.client import Client
from services.xfh.demo.day import Day
from services.xfh.demo.evenings import Evenings
from services.xfh.demo.plan import DAY, DISTRICT, make, make_later
from services.xfh.demo.series import Series

READY_S = 60.0
SETTLED_S = 60.0
STOP_S = 20.0
TOKEN_HOURS = 12
WITHHELD = "＊"
COLUMNS = (
    ("人次", "person_times"), ("人数", "unique_participants"), ("服务(分)", "service_minutes"),
    ("参与(分)", "attended_minutes"),
    ("场次", "sessions_held"), ("到场率", "turnout"), ("爽约", "no_shows"), ("满额率", "fill_rate"),
    ("满意率", "satisfaction"),
)  # fmt: skip


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when the day was lived and every figure reconciled. Serves until interrupted, unless told to exit."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # As Ctrl-C: the server is ended too.
    clock = (
        Path(settings.clock_file)
        if settings.clock_file
        else settings.data / "demo.clock"
    )
    private_folder(settings.data)
    step_clock(clock, datetime.fromisoformat(f"{week.MONDAY}T08:00:00+08:00"))
    server = start_server(clock)
    client = Client(settings.http)
    try:
        began = time.monotonic()
        _wait_until_ready(client, server)
        divisions.load(settings)
        day, report = _live(settings, client, clock, args.days)
        _print_table(_settled(client, day, DAY if args.days == 1 else DAY[:7]))
        print(f"用时 {time.monotonic() - began:.1f} 秒，重试 {client.retried} 次")
        unequal = _reconcile(settings)
        _print_access(settings, day, report)
        print(where(settings, clock))
        if settings.demo_exit or unequal:
            return int(unequal)
        print("平台仍在运行，按 Ctrl-C 结束。")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        client.close()
        stop_server(server)


def start_server(clock: Path) -> "subprocess.Popen[bytes]":
    """It ends with this process, however that ends."""
    command = [sys.executable, "-m", "services.xfh.cli", "up"]
    environment = for_child(XFH_CLOCK_FILE=str(clock))
    return subprocess.Popen(command, env=environment, preexec_fn=die_with_parent)  # noqa: PLW1509  # As in Child.start.


def stop_server(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def step_clock(clock: Path, to: datetime) -> None:
    """Moves the platform's clock so that it is `to` now, in every process at once."""
    shift_s = (to - datetime.now(UTC)).total_seconds()
    draft = clock.with_suffix(".new")
    draft.write_text(f"{shift_s:.3f}")
    draft.replace(clock)


def _wait_until_ready(client: Client, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and server.poll() is None:
        if client.is_ready():
            return
        time.sleep(0.1)
    raise SystemExit("平台没有启动起来，请看上面的日志")


def _live(
    settings: Settings, client: Client, clock: Path, days: int
) -> tuple[Day, str]:
    """The last day, and the address of the month's report when the month was over by then."""
    communities = [row.code for row in divisions.packaged() if row.level == "community"]
    plan = make(communities)
    later = [make_later(plan, communities, number) for number in range(1, days)]

    def token(actor: str, roles: tuple[Role, ...]) -> str:
        return tokens.issue(settings, actor, list(roles), TOKEN_HOURS)

    with progress(
        f"{DAY} 起 {days} 天", sum(each.steps() for each in (plan, *later))
    ) as told:
        day = Day(
            client, plan, token, lambda to: step_clock(clock, to), lambda: told(1)
        )
        series, evenings = Series(day), Evenings()
        month.aim(day)
        week.live(day, series)
        for each in later:
            day = day.then(each)
            day.live()
            series.hold_on(day)
            evenings.live(day)
        report = month.report(day, series) if month.is_over(day) else ""
    return day, report


def _settled(client: Client, day: Day, period: str) -> dict[str, Any]:
    """The district's figures by street, once they reflect the last thing that was acknowledged."""
    end = time.monotonic() + SETTLED_S
    while time.monotonic() < end:
        path = f"/metrics/breakdown?scope={DISTRICT}&period={period}&by=division"
        answer: dict[str, Any] = client.get(path, day.analyst())
        if answer["as_of"]["activities"] >= day.last_event:
            return answer
        time.sleep(0.1)
    raise SystemExit(f"汇总在 {SETTLED_S:.0f} 秒内没有跟上，请运行 xfh followers 查看")


def _reconcile(settings: Settings) -> bool:
    """True when something differs, which is printed."""
    found = compare(settings)
    for difference in found.differences:
        print(difference)
    verdict = (
        f"不一致：{len(found.differences)} 处"
        if found.differences
        else "一致：全部相等"
    )
    print(
        f"对账（从日志另行重算，前 {found.events} 个事件，{found.cells} 个单元格）：{verdict}"
    )
    frozen = reports.compare(settings)
    for difference in frozen.differences:
        print(difference)
    if frozen.versions:
        verdict = (
            f"不一致：{len(frozen.differences)} 处"
            if frozen.differences
            else "一致：全部相等"
        )
        print(f"月报（{frozen.versions} 版，从各自发布时的日志重算）：{verdict}")
    return bool(found.differences or frozen.differences)


def _print_table(answer: dict[str, Any]) -> None:
    print(f"\n{answer['name']} {answer['period']}（演示数据，人物均为虚构）")
    rows = [*answer["rows"], {**answer, "name": "全区"}]
    cells = [["街道", *(title for title, _ in COLUMNS)]]
    cells += [
        [row["name"], *(_shown(row, figure) for _, figure in COLUMNS)] for row in rows
    ]
    print(table(cells))
    if any(figure in row["withheld"] for row in rows for _, figure in COLUMNS):
        print(f"{WITHHELD} 人数少，或会由此推算出来，不对社区以外提供")


def _shown(row: dict[str, Any], figure: str) -> str:
    value = row["figures"][figure]
    if figure in row["withheld"]:
        return WITHHELD
    if value is None:
        return "—"
    return f"{value:,}" if type(value) is int else f"{value:.0%}"


def where(settings: Settings, clock: Path) -> str:
    """Where what has been lived is kept, and what to type to serve it again."""
    data = settings.data.resolve()
    folder, moved, program = (
        shlex.quote(str(one)) for one in (data, clock.resolve(), sys.argv[0])
    )
    command = f"XFH_DATA={folder} XFH_CLOCK_FILE={moved} {program} up"
    return f"数据在 {data}；结束以后再打开（接着演示的日子）：\n  {command}"


def _print_access(settings: Settings, day: Day, report: str) -> None:
    plan = day.plan
    by_branch = next(
        activity for activity in plan.activities if activity.host[0] == "branch"
    )
    community = plan.activities[-1].body["community"]
    print(
        f"\n地址：{settings.public_url}/api/v1/  接口说明：{settings.public_url}/api/docs"
    )
    if report:
        print(f"{month.MONTH} 月报（第 2 版，8 小时内有效）：{report}")
    print(f"令牌（{TOKEN_HOURS} 小时内有效，仅供演示）：")
    for role, token in (
        ("区级管理员", day.district()),
        ("区级分析员", day.analyst()),
        ("街道管理员", day.street(community)),
        ("社区工作者", day.worker(community)),
        ("支部书记", day.keeper(by_branch)),
        ("联建单位联络员", day.liaison(0)),
        ("居民", day.resident(by_branch.signups[0][0])),
    ):
        print(f"  {role}: {token}")
