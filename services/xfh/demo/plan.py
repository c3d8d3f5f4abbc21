"""What happens in the demonstration: invented, seeded, the same each time it is made."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from stdnum.cn import uscc

from schemas.activities.contents import CATEGORIES
from schemas.cobuild import offerings, units
from schemas.cobuild.needs import URGENCIES
from schemas.documents import Json
from services.xfh.demo.invented import (
    CAMPAIGNS,
    COMPANIES,
    DUTIES,
    STREAMED_AT,
    TITLES,
)
from services.xfh.demo.script import (
    FULL,
    QUIETER,
    SLOTS,
    Activity,
    Host,
    Need,
    Plan,
    Scale,
    Unit,
)

SEED = 960
DAY = "2026-06-13"
DISTRICT = "510108"
FEWEST_SIGNUPS = 10
FATES = (
    "done", "lapsed", "disputed", "asked", "declined", "withdrawn", "given up", "rejected", "unclaimed", "dispatched",
)  # fmt: skip
UPLOADED = 3
GRIDS = 3  # Of each community.
HELPERS = 8


def make(communities: list[str], scale: Scale = FULL) -> Plan:
    """The plan of the first day for these community codes. The order of what is invented decides what comes out."""
    luck = random.Random(SEED)
    registered = [
        _unit(luck, number, communities, number < scale.offerings)
        for number in range(scale.units)
    ]
    activities = list(_activities(luck, communities, scale, DAY))
    numbers = range(scale.units, scale.units + UPLOADED)
    uploaded = [_unit(luck, number, communities[:1], False) for number in numbers]
    return Plan(
        day=DAY,
        units=registered,
        branches=[_branch(number, communities) for number in range(len(COMPANIES))],
        needs=[_need(number, communities, scale) for number in range(scale.needs)],
        activities=activities,
        uploaded=[unit.body for unit in uploaded],
        grids=list(_grids(communities[: scale.gridded])),
        scale=scale,
    )


def make_later(first: Plan, communities: list[str], days: int) -> Plan:
    """The plan of a quieter day, so many days after the first, among the same units, branches and grids."""
    day = (date.fromisoformat(first.day) + timedelta(days=days)).isoformat()
    luck = random.Random(f"{SEED}{day}")
    past = days * QUIETER.needs
    numbers = range(past, past + QUIETER.needs)
    return replace(
        first,
        day=day,
        needs=[_need(number, communities, QUIETER) for number in numbers],
        uploaded=[],
        activities=list(_activities(luck, communities, QUIETER, day)),
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
    offering = _offering(luck, number, industry, community)
    return Unit(f"unit-{number}", body, offering if offers else None)


def _offering(luck: random.Random, number: int, industry: str, community: str) -> Json:
    return {
        "title": f"{industry}便民服务{number + 1:03}",
        "category": offerings.CATEGORIES[number % len(offerings.CATEGORIES)],
        "audience": [_audience(number)],
        "place": "单位服务厅",
        "community": community,
        "capacity": luck.randint(1, 4),
        "per": "day",
        "valid_until": "2026-12-31",
    }


def _audience(number: int) -> str:
    return offerings.AUDIENCES[number % len(offerings.AUDIENCES)]


def _grids(communities: list[str]) -> Iterator[Json]:
    for community in communities:
        for number in range(GRIDS):
            yield {
                "grid": _grid_code(community, number),
                "name": f"第{number + 1}微网格（演示）",
                "community": community,
                "valid_from": "2026-01-01",
            }


def _grid_code(community: str, number: int) -> str:
    """An invented code that says it is."""
    return f"demo-{community}-{number % GRIDS + 1}"


def _need(number: int, communities: list[str], scale: Scale) -> Need:
    category = offerings.CATEGORIES[number % len(offerings.CATEGORIES)]
    community = communities[number % len(communities)]
    unit = number % scale.units
    return Need(
        key=f"need-{number}",
        person=f"demo-needs-{number}",
        community=community,
        title=f"{category}需求{number + 1:02}（演示）",
        body=_need_body(number, category, community),
        fate=FATES[number % len(FATES)],
        unit=unit,
        other=(unit + 1) % scale.units,
    )


def _need_body(number: int, category: str, community: str) -> Json:
    return {
        "category": category,
        "audience": _audience(number),
        "urgency": URGENCIES[number % len(URGENCIES)],
        "community": community,
        "grid": _grid_code(community, number),
        "words": "演示需求：家里需要帮一把",
    }


def credit_code(number: int) -> str:
    """An invented code with a right check character; the organisation part marks it as made up."""
    stem = f"91510108DEM0{number:05}"
    return stem + str(uscc.calc_check_digit(stem))


def _branch(number: int, communities: list[str]) -> Json:
    company = f"{COMPANIES[number]}（演示）"
    return {
        "name": f"{company}党支部",
        "company": company,
        "community": communities[number * 11 % len(communities)],
    }


def _activities(
    luck: random.Random, communities: list[str], scale: Scale, day: str
) -> Iterator[Activity]:
    numbers = range(scale.activities)
    counts = _signups(luck, scale)
    every = [(number, signup) for number in numbers for signup in range(counts[number])]
    cancelled = luck.sample(every, scale.cancellations)
    everybody = range(scale.residents)
    free = [luck.sample(everybody, scale.residents) for _ in SLOTS]
    for number in numbers:
        in_slot = free[number % len(SLOTS)]  # Nobody is in two places at once.
        residents = [in_slot.pop() for _ in range(counts[number])]
        cancels = sorted(signup for of, signup in cancelled if of == number)
        community = luck.choice(communities)
        yield Activity(
            key=f"activity-{number}",
            host=_host(number, community, scale),
            slot=number % len(SLOTS),
            body=_activity_body(luck, number, community, day),
            offering_of=number % scale.offerings if number % 2 == 0 else None,
            signups=[_party(luck, resident) for resident in residents],
            cancels=cancels,
        )


def _signups(luck: random.Random, scale: Scale) -> list[int]:
    """How many sign up for each activity."""
    more = scale.signups - FEWEST_SIGNUPS * scale.activities
    takers = [luck.randrange(scale.activities) for _ in range(more)]
    numbers = range(scale.activities)
    return [FEWEST_SIGNUPS + takers.count(number) for number in numbers]


def _activity_body(luck: random.Random, number: int, community: str, day: str) -> Json:
    category = CATEGORIES[number % len(CATEGORIES)]
    starts, ends = SLOTS[number % len(SLOTS)]
    body = {
        "title": f"{TITLES[category]}·第{number + 1}场",
        "summary": "演示活动，人物与内容均为虚构。",
        "category": category,
        "community": community,
        "place": "社区党群服务中心",
        "starts_at": f"{day}T{starts}:00+08:00",
        "ends_at": f"{day}T{ends}:00+08:00",
        "capacity": luck.choice((20, 30, 40, 40, 50, 60)),
    }
    return body | _particulars(number, category, community)


def _particulars(number: int, category: str, community: str) -> Json:
    """What only some activities have."""
    more: Json = {}
    if category == "公益助农":
        more |= {"mode": "both", "link": STREAMED_AT.format(number)}
    if number % 4:
        more["grid"] = _grid_code(community, number)
    if category in CAMPAIGNS:
        more["campaign"] = CAMPAIGNS[category]
    if category in DUTIES:
        return more | {"all_help": True}
    return more | {"helpers": HELPERS}


def _host(number: int, community: str, scale: Scale) -> Host:
    if number < scale.by_branches:
        return "branch", number % len(COMPANIES)
    if number < scale.by_branches + scale.by_units:
        return "unit", number % scale.units
    return "community", community


def _party(luck: random.Random, resident: int) -> list[str]:
    """A resident, now and then with family, who are guests of theirs."""
    family = luck.choices((0, 1, 2, 3), weights=(80, 12, 6, 2))[0]
    person = f"demo-r-{resident:04}"
    return [person, *(f"family-{member}" for member in range(1, family + 1))]
