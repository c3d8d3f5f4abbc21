"""Who asks: every role at every distance from a thing, who once held one, somebody without any, and nobody known."""

from dataclasses import dataclass

from schemas.token import ROLES
from services.kit.actor import NOWHERE, Role
from tests.matrix.subjects import Subject

RELATIONS = {
    "own": "本",
    "sibling": "邻",
    "parent": "上",
    "foreign": "外",
    "former": "曾",
    "nowhere": "缺",
}
TITLES = {
    "resident": "居民",
    "community_worker": "社工",
    "unit_liaison": "联络员",
    "partner_manager": "合伙人",
    "branch_secretary": "书记",
    "grid_member": "网格员",
    "street_admin": "街道",
    "district_admin": "区管",
    "district_analyst": "分析",
    "none": "无角色",
    "anonymous": "未登录",
}
ELSEWHERE, FARTHER = "510104001001", "440106"
OFFICES = {
    "unit_liaison": "unit",
    "partner_manager": "partner",
    "branch_secretary": "branch",
}
LEVELS = {
    "resident": 12,
    "community_worker": 12,
    "grid_member": 12,
    "street_admin": 9,
    "district_admin": 6,
    "district_analyst": 6,
}
assert TITLES.keys() - {"none", "anonymous"} == set(ROLES)


@dataclass(frozen=True)
class Caller:
    """`role` and `relation` are what the table calls it; `roles` is what the token says. Nobody known has no id."""

    role: str
    relation: str
    id: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def is_outsider(self) -> bool:
        """Who has nothing to do with the thing or its place."""
        return self.relation in ("sibling", "foreign", "nowhere", "")


NOBODY = Caller("anonymous", "")


def callers(subject: Subject) -> list[Caller]:
    held = [
        _holder(subject, role, relation, scope)
        for role in ROLES
        for relation, scope in _scopes(subject, role)
    ]
    former = [_former(subject, role, id) for role, id in subject.former.items()]
    nowhere = [
        Caller(role, "nowhere", f"Z-{role}-nowhere", (Role(role, NOWHERE),))
        for role in ROLES
    ]
    return [*held, *former, *nowhere, Caller("none", "", "Z-none"), NOBODY]


def _holder(subject: Subject, role: str, relation: str, scope: str) -> Caller:
    id = f"Z-{role}-{relation}"
    if relation == "own":
        id = subject.own if role == "resident" else subject.names.get(role, id)
    return Caller(role, relation, id, (Role(role, scope),))


def _former(subject: Subject, role: str, id: str) -> Caller:
    """A resident now, with the role for another place; an office ends by its term, whatever a token says."""
    elsewhere = f"{OFFICES[role]}/Z9" if role in OFFICES else ELSEWHERE[: LEVELS[role]]
    still = subject.office[role] if role == "branch_secretary" else elsewhere
    return Caller(
        role, "former", id, (Role("resident", subject.community), Role(role, still))
    )


def _scopes(subject: Subject, role: str) -> list[tuple[str, str]]:
    """The scopes at each distance. An office that has nothing to do with the thing is a foreign one."""
    if role not in OFFICES:
        return _divisions(subject.community, LEVELS[role])
    other = f"{OFFICES[role]}/Z9"
    if role not in subject.office:
        return [("foreign", other)]
    return [
        ("own", subject.office[role]),
        ("sibling", other),
        ("parent", "*"),
        ("foreign", ELSEWHERE),
    ]


def _divisions(community: str, digits: int) -> list[tuple[str, str]]:
    own = community[:digits]
    if digits == 6:
        return [
            ("own", own),
            ("sibling", ELSEWHERE[:6]),
            ("parent", "*"),
            ("foreign", FARTHER),
        ]
    return [
        ("own", own),
        ("sibling", f"{own[:-3]}099"),
        ("parent", own[:-3]),
        ("foreign", ELSEWHERE[:digits]),
    ]
