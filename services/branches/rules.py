"""What the branches service decides."""

from schemas.branches import MOST_LINKS
from services.kit import territory
from services.kit.authority import must_oversee
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads

CODE_STEP = 3  # Each level's code is its parent's with three digits more.


def record_division(docs: Overlay, command: Data, asked: Asked) -> Fact:
    code = command["division"]
    if not asked.actor.covers("district_admin", code):
        raise Forbidden(f"区划 {code} 不在您的管理范围内", code="out_of_scope")
    level = territory.LEVELS[len(code)]
    parent = "" if level == "district" else code[:-CODE_STEP]
    if parent:
        territory.known(docs, parent, "division")
    return Fact("division_recorded.v1", f"division/{code}", {**command, "level": level, "parent": parent})


def establish_committee(docs: Overlay, command: Data, asked: Asked) -> Fact:
    must_oversee(asked.actor, command["division"])
    territory.known(docs, command["division"], "division")
    data = {**command, "committee": asked.new_id}
    return Fact("committee_established.v1", f"committee/{asked.new_id}", data)


def record_site(docs: Overlay, command: Data, asked: Asked) -> Fact:
    must_oversee(asked.actor, command["community"])
    territory.known(docs, command["community"], "community")
    return Fact("site_recorded.v1", f"site/{asked.new_id}", {**command, "site": asked.new_id})


def establish_branch(docs: Overlay, command: Data, asked: Asked) -> Fact:
    must_oversee(asked.actor, command["community"])
    territory.known(docs, command["community"], "community")
    if "site" in command and docs.get("sites", command["site"]) is None:
        raise Unknown(f"没有编号为 {command['site']} 的阵地", path="site")
    return _branch_fact("branch_established.v1", {**command, "branch": asked.new_id})


def link_oversight(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = _overseen(docs, command, asked)
    _must_be_a_parent(docs, command)
    for link in branch["links"]:
        if link["parent"] == command["parent"] and _overlap(link, command):
            raise Refused("already_linked", f"“{branch['name']}”已隶属于 {link['parent']}", path="parent")
    if len(branch["links"]) >= MOST_LINKS:
        raise Refused("too_many_links", f"一个党支部最多记录 {MOST_LINKS} 条隶属关系")
    return _branch_fact("oversight_linked.v1", {**command, "link": asked.new_id})


def end_oversight(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = _overseen(docs, command, asked)
    link = next((link for link in branch["links"] if link["link"] == command["link"]), None)
    if link is None:
        raise Unknown(f"“{branch['name']}”没有编号为 {command['link']} 的隶属关系", path="link")
    if command["until"] < link["since"]:
        raise Invalid(f"结束日期不能早于开始日期 {link['since']}", code="ends_before_start", path="until")
    if "until" in link and link["until"] <= command["until"]:
        raise Refused("already_ended", f"这条隶属关系到 {link['until']} 为止", path="until")
    return _branch_fact("oversight_ended.v1", command)


def appoint_secretary(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """Terms are recorded in the order they begin, so that a later appointment never cuts out the middle of one."""
    branch = _overseen(docs, command, asked)
    if branch["terms"] and command["since"] < branch["terms"][-1]["since"]:
        latest = branch["terms"][-1]["since"]
        raise Refused("before_latest_term", f"已有 {latest} 开始的任期，新任期不能早于它", path="since")
    return _branch_fact("secretary_appointed.v1", command)


def the_branch(docs: Reads, id: str) -> Doc:
    branch = docs.get("branches", id)
    if branch is None:
        raise Unknown(f"没有编号为 {id} 的党支部", path="branch")
    return branch


def in_force(period: Doc, day: str) -> bool:
    """True when `day` lies in a link's or term's days, the last included."""
    return bool(period["since"] <= day <= period.get("until", day))


def _overseen(docs: Overlay, command: Data, asked: Asked) -> Doc:
    """The branch, when the actor administers its street."""
    branch = the_branch(docs, command["branch"])
    must_oversee(asked.actor, branch["community"])
    return branch


def _must_be_a_parent(docs: Overlay, command: Data) -> None:
    """An industry parent is a committee, a territorial one a division."""
    if command["kind"] == "territorial":
        territory.known(docs, command["parent"], "parent")
    elif docs.get("committees", command["parent"]) is None:
        raise Unknown(f"没有编号为 {command['parent']} 的行业综合党委", path="parent")


def _overlap(one: Doc, other: Doc) -> bool:
    return in_force(one, other["since"]) or in_force(other, one["since"])


def _branch_fact(type: str, data: Data) -> Fact:
    return Fact(type, f"branch/{data['branch']}", data)
