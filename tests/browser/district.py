"""A small invented district: who is there, what they do together, and what is found at doors."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

from schemas.documents import Json
from services.kit.actor import Role
from services.xfh.demo.plan import credit_code
from tests.clocks import wait_until
from tests.examples.people import CONSENT

DISTRICT, STREET, COMMUNITY = "510108", "510108002", "510108002001"
GRID = "W-0101"
DIVISIONS = ((DISTRICT, "成华区"), (STREET, "猛追湾街道"), (COMMUNITY, "望平社区"))
ROLES = {
    "resident": Role("resident", DISTRICT),
    "member": Role("grid_member", COMMUNITY),
    "worker": Role("community_worker", COMMUNITY),
    "street": Role("street_admin", STREET),
    "district": Role("district_admin", DISTRICT),
    "liaison": Role("unit_liaison", "unit/{unit}"),
    "manager": Role("partner_manager", "partner/{partner}"),
    "secretary": Role("branch_secretary", "branch/{branch}"),
}


@dataclass
class District(ABC):
    """The ids of what there is, one of each kind."""

    activity: str = ""
    limited: str = ""
    today: str = ""
    session: str = ""
    signup: str = ""
    meeting: str = ""
    commitment: str = ""
    need: str = ""
    person: str = ""
    unit: str = ""
    partner: str = ""
    branch: str = ""
    street: str = STREET
    community: str = COMMUNITY
    grid: str = GRID
    door: str = ""
    round: str = ""
    care: str = ""
    team: str = ""
    finding: str = ""
    called: str = ""
    slip: str = ""

    @abstractmethod
    def done(self, path: str, who: str, role: str, /, **payload: Any) -> Json:
        """The document of a command that must succeed."""

    @abstractmethod
    def told(self, path: str, who: str, role: str) -> Json:
        """The answer to a question."""

    def role(self, name: str) -> Role:
        held = ROLES[name]
        return replace(held, scope=held.scope.format_map(vars(self)))


def furnish(stage: District) -> None:
    for code, name in DIVISIONS:
        about = {"division": code, "name": name, "status": "demo"}
        stage.done("/divisions", "district-1", "district", **about)
    for number in range(6):
        stage.activity = opened(stage, number)
    terms = {"least_age": 6, "most_age": 12, "communities": [COMMUNITY]}
    terms |= {"one_per_household": True}
    stage.limited = opened(stage, 0, title="亲子绘本故事会", helpers=2, terms=terms)
    _soon(stage)
    _recorded(stage)
    _wanted(stage)
    _helped(stage)
    _promised(stage)
    _applied(stage)
    _walked(stage)


def _soon(stage: District) -> None:
    """In half an hour a session begins, to which a family and somebody else are expected."""
    today = "2026-06-08"
    times = {"starts_at": f"{today}T01:30:00Z", "ends_at": f"{today}T03:30:00Z"}
    stage.today = opened(stage, 0, title="社区义诊", capacity=20, **times)
    for who, guests in (("resident-1", ["child-1"]), ("resident-2", [])):
        party = [{"person": who}]
        party += [{"person": guest, "relation": "family"} for guest in guests]
        path = f"/activities/{stage.today}/signups"
        signup = stage.done(path, who, "resident", party=party)
        stage.session = signup["session"]
        stage.signup = stage.signup or signup["id"]


def opened(stage: District, number: int, **more: Any) -> str:
    day = f"2026-06-{13 + number}"
    about: Json = {
        "host": f"community/{COMMUNITY}",
        "title": f"端午包粽子·第{number + 1}场",
        "category": "邻里节庆",
        "community": COMMUNITY,
        "place": "望平社区党群服务中心",
        "starts_at": f"{day}T01:00:00Z",
        "ends_at": f"{day}T03:00:00Z",
        "capacity": 1 + number,
    } | more
    one: str = stage.done("/activities", "worker-1", "worker", **about)["id"]
    for step in ("publish", "open"):
        stage.done(f"/activities/{one}/{step}", "worker-1", "worker")
    return one


def _recorded(stage: District) -> None:
    """Somebody, and another who acts for them."""
    about: Json = {"community": COMMUNITY, "consent": CONSENT}
    by_worker = ("worker-1", "worker")
    names = ("王秀英", "王小明")
    two = (stage.done("/people", *by_worker, name=name, **about) for name in names)
    stage.person, holder = (one["id"] for one in two)
    link: Json = {"holder": holder, "kind": "household", "until": "2026-12-31"}
    stage.done(f"/people/{stage.person}/links", *by_worker, consent=CONSENT, **link)


def _wanted(stage: District) -> None:
    about = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
    about |= {"community": COMMUNITY, "words": "楼道的灯不亮，老人上下楼不方便"}
    stage.need = stage.done("/needs", "resident-1", "resident", **about)["id"]


def _helped(stage: District) -> None:
    """A unit, a partner and a branch of the community."""
    about: Json = {"name": "锦江供电所", "industry": "电力", "members": 60}
    about |= {"contact_role": "联络员", "credit_code": credit_code(1)}
    stage.unit = _approved(stage, "/units", **about)
    about = {"name": "青禾书店", "categories": ["亲子教育"], "contact_role": "店长"}
    about |= {"kind": "社区商家", "credit_code": credit_code(2)}
    about |= {"hours": [{"day": "TU", "opens": "10:00", "closes": "20:00"}]}
    stage.partner = _approved(stage, "/partners", **about)
    about = {"name": "星河直播党支部", "company": "星河传媒", "community": COMMUNITY}
    stage.branch = stage.done("/branches", "district-1", "district", **about)["id"]
    term = {"person": "secretary-1", "since": "2026-01-01", "until": "2028-12-31"}
    path = f"/branches/{stage.branch}/secretary"
    stage.done(path, "district-1", "district", **term)


def _promised(stage: District) -> None:
    """The unit offers something each week, has promised one thing, and another fits it."""
    about: Json = {"title": "上门检修", "category": "零距离便民", "capacity": 3}
    about |= {"audience": ["一老一小"], "place": "供电所", "community": COMMUNITY}
    about |= {"per": "week", "valid_until": "2026-12-31", "minutes": 60}
    about |= {"starts_at": "2026-06-09T06:00:00Z", "repeats": "FREQ=WEEKLY"}
    stage.done(f"/units/{stage.unit}/offerings", "liaison-1", "liaison", **about)
    first, _ = (_verified(stage, title) for title in ("楼道照明", "电路检查"))
    taken = {"unit": stage.unit, "due": "2026-06-12"}
    claimed = stage.done(f"/needs/{first}/claim", "liaison-1", "liaison", **taken)
    stage.commitment = claimed["id"]
    said = {"words": "周五上午方便吗"}
    at = f"/commitments/{stage.commitment}/messages"
    stage.done(at, "liaison-1", "liaison", **said)
    about = {"division": COMMUNITY, "held_at": "2026-06-08T01:00:00Z"}
    about |= {"place": "望平社区党群服务中心", "agenda": "夏季用电"}
    stage.meeting = stage.done("/meetings", "street-1", "street", **about)["id"]


def _applied(stage: District) -> None:
    about: Json = {"name": "望平合唱队", "kind": "居民骨干", "community": COMMUNITY}
    about |= {"categories": ["文化体育"], "contact_role": "队长"}
    stage.done("/partners", "resident-2", "resident", **about)


def _walked(stage: District) -> None:
    """A grid with a member and two doors: a round is under way, somebody is looked in on, something was found."""
    grid = {"community": COMMUNITY, "grid": GRID}
    named = {"name": "望平苑一网格", "valid_from": "2026-06-08"}
    stage.done("/grids", "street-1", "street", **grid, **named)
    by_worker = ("worker-1", "worker")
    stage.done("/grid-members", *by_worker, **grid, person="member-1")
    team: Json = {"name": "望平燃气巡检队", "kind": "gas", "division": COMMUNITY}
    team |= {"persons": ["resident-1"]}
    stage.team = stage.done("/teams", *by_worker, **team)["id"]
    stage.door, other = (door_of(stage, walk) for walk in (1, 2))
    stage.round = asked_at_doors(stage)
    by_member = ("member-1", "member")
    visit: Json = {"door": other, "round": stage.round, "outcome": "not_in"}
    stage.called = stage.done("/visits", *by_member, **visit)["id"]
    stage.slip = stage.told(f"/visits/{stage.called}/slip", *by_member)["slip"]
    care: Json = {"door": stage.door, "every_days": 7, "words": "独自生活"}
    care |= {"consent": "written", "consent_on": "2026-06-01"}
    stage.care = stage.done("/cares", *by_worker, **care)["id"]
    found: Json = {"door": stage.door, "kind": "gas", "urgency": "urgent"}
    found |= {"route": "followup", "team": stage.team, "due": "2026-06-12"}
    said = {"words": "软管开裂"}
    stage.finding = stage.done("/findings", *by_member, **found, **said)["id"]


def door_of(stage: District, walk: int) -> str:
    about: Json = {"community": COMMUNITY, "grid": GRID, "walk": walk}
    about |= {"label": f"3栋2单元50{walk}"}
    return str(stage.done("/doors", "worker-1", "worker", **about)["id"])


def asked_at_doors(stage: District) -> str:
    items: list[Json] = [
        {"item": "gas", "title": "是否使用燃气", "kind": "yes_no"},
        {"item": "hose", "title": "燃气软管", "kind": "choice"},
        {"item": "alarms", "title": "报警器有几个", "kind": "number"},
    ]
    items[1] |= {"options": ["完好", "老化"]}
    items[1] |= {"only_if": {"item": "gas", "answer": "yes"}}
    about: Json = {"title": "入户查燃气", "division": COMMUNITY, "items": items}
    about |= {"since": "2026-06-08", "until": "2026-06-30"}
    id = stage.done("/rounds", "worker-1", "worker", **about)["id"]

    def is_open() -> bool:
        shown = stage.told(f"/rounds/{id}", "worker-1", "worker")
        return bool(shown["state"] == "open")

    wait_until(is_open)
    return str(id)


def _verified(stage: District, title: str) -> str:
    about = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
    about |= {"community": COMMUNITY, "words": "请来看看"}
    need: str = stage.done("/needs", "resident-2", "resident", **about)["id"]
    said = {"title": title, "urgency": "routine"}
    stage.done(f"/needs/{need}/verify", "worker-1", "worker", **said)
    return need


def _approved(stage: District, path: str, **about: Any) -> str:
    said = about | {"community": COMMUNITY}
    one: str = stage.done(path, "street-2", "street", **said)["id"]
    stage.done(f"{path}/{one}/approve", "district-1", "district")
    return one
