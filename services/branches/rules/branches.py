"""Party branches, and who oversees them."""

from schemas.branches.branches import MOST_LINKS
from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.branches.model.terms import in_force
from services.branches.rules.places import must_be_a_site
from services.branches.rules.rights import overseen
from services.district import territory
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def establish_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` when the community is not valid today."""
    community = command["community"]
    territory.known(docs, community, "community", local_day(asked.now))
    if "site" in command:
        must_be_a_site(docs, command["site"])
    return BRANCH.fact("branch_established.v1", asked.new_id, command)


def rename_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` when that is its name."""
    branch = overseen(docs, command, asked, "rename")
    if command["name"] == branch["name"]:
        raise Refused("same_name", f"这个党支部就叫“{branch['name']}”", path="name")
    return BRANCH.fact("branch_renamed.v1", branch["id"], command)


def link_oversight(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Under one parent once at a time: raises `Refused` otherwise, and for too many links."""
    branch = overseen(docs, command, asked, "link")
    _must_be_a_parent(docs, command)
    parent = command["parent"]
    for link in branch["links"]:
        if link["parent"] == parent and _overlap(link, command):
            says = f"“{branch['name']}”已隶属于 {parent}"
            raise Refused("already_linked", says, path="parent")
    if len(branch["links"]) >= MOST_LINKS:
        raise Refused("too_many_links", f"一个党支部最多记录 {MOST_LINKS} 条隶属关系")
    content = command | {"link": asked.new_id}
    return BRANCH.fact("oversight_linked.v1", branch["id"], content)


def end_oversight(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Invalid` for a day before it began, `Refused` when it has ended by then."""
    branch = overseen(docs, command, asked, "end_link")
    link = _link(branch, command["link"])
    until = command["until"]
    if until < link["since"]:
        says = f"结束日期不能早于开始日期 {day_in_words(link['since'])}"
        raise Invalid(says, code="ends_before_start", path="until")
    if "until" in link and link["until"] <= until:
        says = f"这条隶属关系到 {day_in_words(link['until'])} 为止"
        raise Refused("already_ended", says, path="until")
    return BRANCH.fact("oversight_ended.v1", branch["id"], command)


def _link(branch: Json, id: str) -> Json:
    """Raises `Unknown` when the branch has no such link."""
    links: list[Json] = branch["links"]
    for link in links:
        if link["link"] == id:
            return link
    raise Unknown(f"“{branch['name']}”没有这项隶属关系", path="link")


def _must_be_a_parent(docs: Reads, command: Json) -> None:
    """An industry parent is a committee, a territorial one a division."""
    parent = command["parent"]
    if command["kind"] == "territorial":
        territory.known(docs, parent, "parent")
    elif docs.get("committees", parent) is None:
        raise Unknown("没有这个行业综合党委", path="parent")


def _overlap(one: Json, other: Json) -> bool:
    return in_force(one, other["since"]) or in_force(other, one["since"])
