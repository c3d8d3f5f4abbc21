"""What the demonstration prints when its days are over."""

import shlex
import sys
from pathlib import Path

from schemas.documents import Json
from services.kit.config import Settings
from services.xfh.commands.table import table
from services.xfh.demo import month
from services.xfh.demo.day import Day
from services.xfh.reconcile import Difference

TOKEN_HOURS = 12
OTHER_BRANCH = 1  # The guest is secretary of the first.
WITHHELD = "＊"
COLUMNS = (
    ("人次", "person_times"), ("人数", "unique_participants"), ("服务(分)", "service_minutes"),
    ("参与(分)", "attended_minutes"),
    ("场次", "sessions_held"), ("到场率", "turnout"), ("爽约", "no_shows"), ("满额率", "fill_rate"),
    ("满意率", "satisfaction"),
)  # fmt: skip


def print_verdict(about: str, differences: list[Difference]) -> None:
    for difference in differences:
        print(difference)
    verdict = f"不一致：{len(differences)} 处" if differences else "一致：全部相等"
    print(f"{about}：{verdict}")


def print_table(answer: Json) -> None:
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
    there = f"XFH_DATA={folder} XFH_CLOCK_FILE={moved} XFH_HTTP={settings.http}"
    command = f"{there} {program} up"
    return f"数据在 {data}；结束以后再打开（接着演示的日子）：\n  {command}"


def print_access(settings: Settings, report: str) -> None:
    api = f"{settings.public_url}/api"
    print(f"\n地址：{api}/v1/  接口说明：{api}/docs")
    if report:
        print(f"{month.MONTH} 月报（第 2 版，8 小时内有效）：{report}")


def print_links(links: dict[str, str]) -> None:
    print("在浏览器里以各种身份打开（链接只能用一次，7 天内有效，人物均为虚构）：")
    for guest, link in links.items():
        print(f"  {guest}: {link}")
    print("  每人填一个不同的手机号（编一个）和至少 10 位的密码，以后用它们登录")


def print_tokens(day: Day) -> None:
    print(f"令牌（{TOKEN_HOURS} 小时内有效，仅供开发时调用接口）：")
    for role, token in _tokens(day).items():
        print(f"  {role}: {token}")


def _tokens(day: Day) -> dict[str, str]:
    """One of each role, by what the role is called."""
    posted = day.plan.activities
    by_branch = day.plan.by_a_branch()
    community = posted[-1].body["community"]
    grid = day.plan.grids[0]
    return {
        "区级管理员": day.district(),
        "区级分析员": day.analyst(),
        "街道管理员": day.street(community),
        "社区工作者": day.worker(community),
        "网格员": day.grid_member(grid["community"], grid["grid"]),
        "支部书记": day.secretary(OTHER_BRANCH),
        "联建单位联络员": day.liaison(0),
        "居民": day.resident(by_branch.signups[0][0]),
    }
