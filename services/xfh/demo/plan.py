"""What happens on the demonstration's day: invented, seeded, the same each time it is made."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from schemas.activities.contents import CATEGORIES
from schemas.cobuild import offerings, units
from schemas.cobuild.needs import URGENCIES

SEED = 960
DAY = "2026-06-13"
DISTRICT = "510108"
FEWEST_SIGNUPS = 10
SHOWS_UP, CHECKS_OUT, RATES = 0.79, 0.5, 0.3

SLOTS = (
    ("09:00", "10:30"),
    ("11:00", "12:30"),
    ("14:00", "15:30"),
    ("16:00", "17:30"),
    ("19:00", "20:30"),
)
SITES = ("东郊记忆创艺Labs红色驿站", "万谷直播电商红创基地", "“璀璨华章”红色广场")
STREAMED_AT = "https://live.example.org/demo/{}"
COMPANIES = (
    "锦屏直播",
    "东郊声浪文化",
    "万谷优选",
    "云上电商",
    "璀璨传媒",
    "微光互动",
    "青橙内容",
)
TITLES = {
    "文体": "邻里健步走", "亲子阅读": "周末绘本会", "助老": "长者手机课", "义诊": "社区义诊",
    "安全排查": "楼道安全排查", "调解": "邻里议事", "环境整治": "院落清洁日", "空间改造": "微花园共建",
    "帮困": "暖心帮扶", "邻里节庆": "和美邻居节", "主题党日": "主题党日", "干部培训": "骨干培训",
    "公益助农": "助农直播",
}  # fmt: skip


CAMPAIGNS = {
    "帮困": "微光成炬·幸福满格", "邻里节庆": "和美邻居节", "空间改造": "城视·成画社区规划节", "文体": "百姓大舞台",
    "亲子阅读": "我们的节日",
}  # fmt: skip
FATES = (
    "done", "lapsed", "disputed", "asked", "declined", "withdrawn", "given up", "rejected", "unclaimed", "dispatched",
)  # fmt: skip
UPLOADED = 3
GRIDS = 3  # Of each community.
STEPS_OF_A_NEED, STEPS_OF_A_WEEK = 5, 17  # Requests, about.


@dataclass(frozen=True)
class Scale:
    """How much happens. Branches post the first activities, units the next, communities the rest.

    `gridded`: communities whose grids are recorded; others take any code, and none of theirs counts.
    """

    units: int = 157
    offerings: int = 60
    activities: int = 95
    by_branches: int = 35
    by_units: int = 30
    signups: int = 3300
    cancellations: int = 400
    residents: int = 1900
    needs: int = 24
    gridded: int = 83


DUTIES = ("安全排查", "环境整治")
"""Who comes to these serves."""
HELPERS, HELPS_ONE_OF = 8, 5

QUIETER = Scale(
    activities=15, by_branches=5, by_units=5, signups=480, cancellations=55, needs=5
)


@dataclass(frozen=True)
class Unit:
    key: str
    body: dict[str, Any]
    offering: dict[str, Any] | None


@dataclass(frozen=True)
class Need:
    """A need to be raised by `person`; `fate` is what becomes of it, with `unit` first and `other` after it."""

    key: str
    person: str
    community: str
    title: str
    body: dict[str, Any]
    fate: str
    unit: int
    other: int


@dataclass(frozen=True)
class Activity:
    """An activity to be posted. `host` names who posts it: ("branch", 3), ("unit", 17) or ("community", code)."""

    key: str
    host: tuple[str, Any]
    slot: int
    body: dict[str, Any]
    offering_of: int | None
    signups: list[list[str]]
    cancels: list[int]

    def is_helped_by(self, number: int) -> bool:
        """Whether that sign-up is to help, where there are places for it beside the others."""
        return "helpers" in self.body and number % HELPS_ONE_OF == 0


@dataclass(frozen=True)
class Plan:
    """What happens on `day`. `uploaded` are units registered by a table, as `grids` are."""

    day: str
    units: list[Unit]
    uploaded: list[dict[str, Any]]
    branches: list[dict[str, Any]]
    needs: list[Need]
    activities: list[Activity]
    grids: list[dict[str, Any]]

    def steps(self) -> int:
        """How many requests it takes, about: what happens at the door depends on who has a seat."""
        offering = sum(unit.offering is not None for unit in self.units)
        requesting = sum(
            activity.offering_of is not None for activity in self.activities
        )
        posting = (
            2 * len(self.units)
            + offering
            + 7 * len(self.branches)
            + 5
            + 3 * len(self.activities)
            + requesting
        )
        people = sum(len(a.signups) + len(a.cancels) for a in self.activities)
        seats = sum(
            min(a.body["capacity"], sum(map(len, a.signups))) for a in self.activities
        )
        cobuilding = STEPS_OF_A_NEED * len(self.needs) + STEPS_OF_A_WEEK
        return (
            cobuilding
            + posting
            + people
            + int(seats * SHOWS_UP * (1 + CHECKS_OUT + RATES))
            + 2 * len(self.activities)
        )


def make(communities: list[str], scale: Scale = Scale()) -> Plan:
    """The plan of the first day for these community codes."""
    luck = random.Random(SEED)
    return Plan(
        day=DAY,
        units=[
            _unit(luck, number, communities, number < scale.offerings)
            for number in range(scale.units)
        ],
        branches=[_branch(number, communities) for number in range(len(COMPANIES))],
        needs=[_need(number, communities, scale) for number in range(scale.needs)],
        activities=_activities(luck, communities, scale, DAY),
        uploaded=[
            _unit(luck, scale.units + number, communities[:1], offers=False).body
            for number in range(UPLOADED)
        ],
        grids=[
            _grid(community, number)
            for community in communities[: scale.gridded]
            for number in range(GRIDS)
        ],
    )


def make_later(first: Plan, communities: list[str], days: int) -> Plan:
    """The plan of a quieter day, so many days after the first, among the same units and branches."""
    day = (date.fromisoformat(first.day) + timedelta(days=days)).isoformat()
    luck = random.Random(f"{SEED}{day}")
    past = days * QUIETER.needs
    return replace(
        first,
        day=day,
        needs=[
            _need(number, communities, QUIETER)
            for number in range(past, past + QUIETER.needs)
        ],
        uploaded=[],
        grids=[],
        activities=_activities(luck, communities, QUIETER, day),
    )


def _unit(
    luck: random.Random, number: int, communities: list[str], offers: bool
) -> Unit:
    industry = units.INDUSTRIES[number % len(units.INDUSTRIES)]
    community = communities[number % len(communities)]
    body = {
        "name": f"{industry}先锋单位{number + 1:03}（演示）",
        "credit_code": credit_code(number),
        "industry": industry,
        "community": community,
        "members": luck.randint(5, 400),
        "contact_role": "联络员",
    }
    offering = {
        "title": f"{industry}便民服务{number + 1:03}",
        "category": offerings.CATEGORIES[number % len(offerings.CATEGORIES)],
        "audience": [offerings.AUDIENCES[number % len(offerings.AUDIENCES)]],
        "place": "单位服务厅",
        "community": community,
        "capacity": luck.randint(1, 4),
        "per": "day",
        "valid_until": "2026-12-31",
    }
    return Unit(f"unit-{number}", body, offering if offers else None)


def _grid(community: str, number: int) -> dict[str, Any]:
    name = f"第{number + 1}微网格（演示）"
    return {
        "grid": _grid_code(community, number),
        "name": name,
        "community": community,
        "valid_from": "2026-01-01",
    }


def _grid_code(community: str, number: int) -> str:
    """An invented code that says it is."""
    return f"demo-{community}-{number % GRIDS + 1}"


def _need(number: int, communities: list[str], scale: Scale) -> Need:
    category = offerings.CATEGORIES[number % len(offerings.CATEGORIES)]
    community = communities[number % len(communities)]
    body = {
        "category": category,
        "audience": offerings.AUDIENCES[number % len(offerings.AUDIENCES)],
        "urgency": URGENCIES[number % len(URGENCIES)],
        "community": community,
        "grid": _grid_code(community, number),
        "words": "演示需求：家里需要帮一把",
    }
    fate, unit = FATES[number % len(FATES)], number % scale.units
    return Need(
        f"need-{number}", f"demo-needs-{number}", community, f"{category}需求{number + 1:02}（演示）", body, fate, unit,
        (unit + 1) % scale.units,
    )  # fmt: skip


def credit_code(number: int) -> str:
    """An invented code with a right check character; the organisation part marks it as made up."""
    stem = f"91510108DEM0{number:05}"
    return stem + str(uscc.calc_check_digit(stem))


def _branch(number: int, communities: list[str]) -> dict[str, Any]:
    company = f"{COMPANIES[number]}（演示）"
    return {
        "name": f"{company}党支部",
        "company": company,
        "community": communities[number * 11 % len(communities)],
    }


def _activities(
    luck: random.Random, communities: list[str], scale: Scale, day: str
) -> list[Activity]:
    numbers = range(scale.activities)
    more = scale.signups - FEWEST_SIGNUPS * scale.activities
    takers = [luck.randrange(scale.activities) for _ in range(more)]
    counts = [FEWEST_SIGNUPS + takers.count(number) for number in numbers]
    cancelled = luck.sample(
        [(n, i) for n in numbers for i in range(counts[n])], scale.cancellations
    )
    free = [
        luck.sample(range(scale.residents), scale.residents) for _ in SLOTS
    ]  # Nobody is in two places at once.
    return [
        _activity(
            luck,
            day,
            number,
            communities,
            scale,
            [free[number % len(SLOTS)].pop() for _ in range(counts[number])],
            sorted(i for n, i in cancelled if n == number),
        )
        for number in numbers
    ]


def _activity(
    luck: random.Random,
    day: str,
    number: int,
    communities: list[str],
    scale: Scale,
    residents: list[int],
    cancels: list[int],
) -> Activity:
    slot = number % len(SLOTS)
    category = CATEGORIES[number % len(CATEGORIES)]
    community = luck.choice(communities)
    starts, ends = SLOTS[slot]
    body = {
        "title": f"{TITLES[category]}·第{number + 1}场",
        "summary": "演示活动，人物与内容均为虚构。",
        "category": category,
        "community": community,
        "place": "社区党群服务中心",
        "starts_at": f"{day}T{starts}:00+08:00",
        "ends_at": f"{day}T{ends}:00+08:00",
        "capacity": luck.choice((20, 30, 40, 40, 50, 60)),
        **(
            {"mode": "both", "link": STREAMED_AT.format(number)}
            if category == "公益助农"
            else {}
        ),
        **({"grid": _grid_code(community, number)} if number % 4 else {}),
        **({"campaign": CAMPAIGNS[category]} if category in CAMPAIGNS else {}),
        **({"all_help": True} if category in DUTIES else {"helpers": HELPERS}),
    }
    return Activity(
        key=f"activity-{number}",
        host=_host(number, community, scale),
        slot=slot,
        body=body,
        offering_of=number % scale.offerings if number % 2 == 0 else None,
        signups=[_party(luck, resident) for resident in residents],
        cancels=cancels,
    )


def _host(number: int, community: str, scale: Scale) -> tuple[str, Any]:
    if number < scale.by_branches:
        return "branch", number % len(COMPANIES)
    by_unit = number < scale.by_branches + scale.by_units
    return ("unit", number % scale.units) if by_unit else ("community", community)


def _party(luck: random.Random, resident: int) -> list[str]:
    """A resident, now and then with family, who are guests of theirs."""
    family = luck.choices((0, 1, 2, 3), weights=(80, 12, 6, 2))[0]
    person = f"demo-r-{resident:04}"
    return [person, *(f"family-{member}" for member in range(1, family + 1))]
