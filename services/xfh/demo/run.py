"""`xfh demo`: starts the platform, lives the day, shows the district its figures and proves them."""

import argparse
import shlex
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from schemas.documents import Json
from services.kit import tokens
from services.kit.actor import Role
from services.kit.config import Settings, for_child
from services.kit.private import private_folder
from services.xfh.commands import divisions, reports
from services.xfh.commands.progress import progress
from services.xfh.commands.reconcile import compare
from services.xfh.commands.supervisor import die_with_parent
from services.xfh.commands.table import table
from services.xfh.demo import activities, guests, month, week
from services.xfh.demo.client import Client
from services.xfh.demo.day import Day
from services.xfh.demo.evenings import Evenings
from services.xfh.demo.plan import DAY, DISTRICT, make, make_later
from services.xfh.demo.script import Plan
from services.xfh.demo.series import Series
from services.xfh.reconcile import Difference

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
    # As Ctrl-C: the server is ended too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    clock = _clock(settings)
    private_folder(settings.data)
    step_clock(clock, datetime.fromisoformat(f"{week.MONDAY}T08:00:00+08:00"))
    server = start_server(clock)
    client = Client(settings.http)
    try:
        _wait_until_ready(client, server)
        is_equal = _demonstrate(settings, client, clock, args.days)
        if settings.demo_exit or not is_equal:
            return int(not is_equal)
        print("平台仍在运行，按 Ctrl-C 结束。")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        client.close()
        stop_server(server)


def _clock(settings: Settings) -> Path:
    if settings.clock_file:
        return Path(settings.clock_file)
    return settings.data / "demo.clock"


def _demonstrate(settings: Settings, client: Client, clock: Path, days: int) -> bool:
    """Lives the days and prints what came of them. True when every figure is what the logs say."""
    began = time.monotonic()
    divisions.load(settings)
    day, report = _live(settings, client, clock, days)
    links = guests.invite(day)
    period = DAY if days == 1 else DAY[:7]
    _print_table(_settled(client, day, period))
    print(f"用时 {time.monotonic() - began:.1f} 秒，重试 {client.retried} 次")
    is_equal = _reconcile(settings)
    _print_access(settings, report)
    _print_links(links)
    _print_tokens(day)
    print(where(settings, clock))
    return is_equal


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
    first, *later = _plans(days)
    total = sum(plan.steps() for plan in (first, *later))

    def token(actor: str, roles: tuple[Role, ...]) -> str:
        return tokens.issue(settings, actor, list(roles), TOKEN_HOURS)

    with progress(f"{DAY} 起 {days} 天", total) as told:
        step_to = partial(step_clock, clock)
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
    _print_verdict(f"对账（从日志另行重算，{counted}）", shown.differences)
    frozen = reports.compare(settings)
    if frozen.versions:
        about = f"月报（{frozen.versions} 版，从各自发布时的日志重算）"
        _print_verdict(about, frozen.differences)
    return not shown.differences and not frozen.differences


def _print_verdict(about: str, differences: list[Difference]) -> None:
    for difference in differences:
        print(difference)
    verdict = f"不一致：{len(differences)} 处" if differences else "一致：全部相等"
    print(f"{about}：{verdict}")


def _print_table(answer: Json) -> None:
    print(f"\n{answer['name']} {answer['period']}（演示数据，人物均为虚构）")
    rows = [*answer["rows"], answer | {"name": "全区"}]
    titles = [title for title, _ in COLUMNS]
    print(table([["街道", *titles], *map(_line, rows)]))
    if any(figure in row["withheld"] for row in rows for _, figure in COLUMNS):
        print(f"{WITHHELD} 人数少，或会由此推算出来，不对社区以外提供")


def _line(row: Json) -> list[str]:
    return [row["name"], *(_shown(row, figure) for _, figure in COLUMNS)]


def _shown(row: Json, figure: str) -> str:
    value = row["figures"][figure]
    if figure in row["withheld"]:
        return WITHHELD
    if value is None:
        return "—"
    return f"{value:,}" if type(value) is int else f"{value:.0%}"


def where(settings: Settings, clock: Path) -> str:
    """Where what has been lived is kept, and what to type to serve it again."""
    data = settings.data.resolve()
    folder = shlex.quote(str(data))
    moved = shlex.quote(str(clock.resolve()))
    program = shlex.quote(sys.argv[0])
    command = f"XFH_DATA={folder} XFH_CLOCK_FILE={moved} {program} up"
    return f"数据在 {data}；结束以后再打开（接着演示的日子）：\n  {command}"


def _print_access(settings: Settings, report: str) -> None:
    api = f"{settings.public_url}/api"
    print(f"\n地址：{api}/v1/  接口说明：{api}/docs")
    if report:
        print(f"{month.MONTH} 月报（第 2 版，8 小时内有效）：{report}")


def _print_links(links: dict[str, str]) -> None:
    print("在浏览器里以各种身份打开（链接只能用一次，7 天内有效，人物均为虚构）：")
    for guest, link in links.items():
        print(f"  {guest}: {link}")
    print("  每人填一个不同的手机号（编一个）和至少 10 位的密码，以后用它们登录")


def _print_tokens(day: Day) -> None:
    print(f"令牌（{TOKEN_HOURS} 小时内有效，仅供开发时调用接口）：")
    for role, token in _tokens(day).items():
        print(f"  {role}: {token}")


def _tokens(day: Day) -> dict[str, str]:
    """One of each role, by what the role is called."""
    posted = day.plan.activities
    by_branch = day.plan.by_a_branch()
    community = posted[-1].body["community"]
    return {
        "区级管理员": day.district(),
        "区级分析员": day.analyst(),
        "街道管理员": day.street(community),
        "社区工作者": day.worker(community),
        "支部书记": day.keeper(by_branch.host),
        "联建单位联络员": day.liaison(0),
        "居民": day.resident(by_branch.signups[0][0]),
    }
