"""Whoever looks at the demonstration in a browser: invented people, one of each role, who come in by invitation."""

from dataclasses import dataclass

from ulid import ULID

from schemas.documents import Json, pick
from services.xfh.demo.day import Day
from services.xfh.demo.founding import A_TERM
from services.xfh.demo.plan import DISTRICT


@dataclass(frozen=True)
class Guest:
    """Somebody with an account to be: `title` is what the role is called; a resident has none besides."""

    title: str
    name: str
    role: str = ""
    scope: str = ""

    @property
    def key(self) -> str:
        return f"guest-{self.role or 'resident'}"


def invite(day: Day) -> dict[str, str]:
    """A link for each, by who they are. Asked again it is a new link, and the one before is good no more."""
    community = _community(day)
    return {
        f"{guest.title} {guest.name}": _invited(day, guest, community)
        for guest in _guests(day, community)
    }


def _community(day: Day) -> str:
    """Where a need still waits for somebody to take it on, if there is one that day."""
    unclaimed = [need for need in day.plan.needs if need.fate == "unclaimed"]
    if unclaimed:
        return unclaimed[0].community
    return str(day.plan.activities[-1].body["community"])


def _guests(day: Day, community: str) -> tuple[Guest, ...]:
    branch = day.branches[int(day.plan.by_a_branch().host[1])]
    street, unit = community[:9], day.units[0]
    return (
        Guest("区级管理员", "高望远", "district_admin", DISTRICT),
        Guest("区级分析员", "明算清", "district_analyst", DISTRICT),
        Guest("街道管理员", "严街清", "street_admin", street),
        Guest("社区工作者", "乐为民", "community_worker", community),
        Guest("支部书记", "向党生", "branch_secretary", f"branch/{branch}"),
        Guest("联建单位联络员", "连共建", "unit_liaison", f"unit/{unit}"),
        Guest("网格员", "万家访", "grid_member", community),
        Guest("合伙人负责人", "何伙人", "partner_manager", f"partner/{day.partner}"),
        Guest("居民", "林好邻"),
    )


def _invited(day: Day, guest: Guest, community: str) -> str:
    """The address that lets the guest in."""
    consent = {"how": "当面", "on": day.plan.day}
    record = {"name": guest.name, "community": community, "consent": consent}
    person = day.new("/people", day.district(), record, guest.key)
    if guest.role:
        _put_in_office(day, guest, person)
    path, key = f"/people/{person}/invitation", f"{guest.key}-{ULID()}"
    invitation = day.new(path, day.district(), {}, key)
    shown: Json = day.get(f"/invitations/{invitation}", day.district())
    return str(shown["address"])


def _put_in_office(day: Day, guest: Guest, person: str) -> None:
    """Some roles follow from an office. They are waited for: who is given one is let in by what comes after alone."""
    appoint = OFFICES.get(guest.role, _grant)
    appoint(day, guest, person)
    held = f"/people/{person}/roles"
    day.until(lambda: bool(day.get(held, day.district())["items"]))


def _grant(day: Day, guest: Guest, person: str) -> None:
    role = {"role": guest.role, "scope": guest.scope, "basis": "任命"}
    day.do(f"/people/{person}/roles", day.district(), role, f"{guest.key}-role")


def _seat(day: Day, guest: Guest, person: str) -> None:
    """In a micro-grid of the community, else in any."""
    grid = min(day.plan.grids, key=lambda one: one["community"] != guest.scope)
    seat = pick(grid, "community", "grid") | {"person": person}
    day.do("/grid-members", day.district(), seat, f"{guest.key}-seat")


def _appoint(day: Day, guest: Guest, person: str) -> None:
    """From that day on, after whoever was secretary until then."""
    term = {"person": person, "since": day.plan.day, "until": A_TERM["until"]}
    path = f"/branches/{guest.scope.partition('/')[2]}/secretary"
    day.do(path, day.district(), term, f"{guest.key}-term")


OFFICES = {"grid_member": _seat, "branch_secretary": _appoint}
