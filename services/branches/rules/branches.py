"""Party branches, and who oversees them."""

from schemas.branches.branches import MOST_LINKS
from schemas.documents import Json
from services.branches.rules.places import must_be_a_site
from services.branches.rules.rights import fact, in_force, overseen
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def establish_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_oversee(docs, asked.actor, command["community"])
    territory.known(docs, command["community"], "community", local_day(asked.now))
    if "site" in command:
        must_be_a_site(docs, command["site"])
    return fact("branch_established.v1", {**command, "branch": asked.new_id})


def rename_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "rename")
    if command["name"] == branch["name"]:
        raise Refused("same_name", f"这个党支部就叫“{branch['name']}”", path="name")
    return fact("branch_renamed.v1", command)


def link_oversight(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "link")
    _must_be_a_parent(docs, command)
    for link in branch["links"]:
        if link["parent"] == command["parent"] and _overlap(link, command):
            raise Refused(
                "already_linked",
                f"“{branch['name']}”已隶属于 {link['parent']}",
                path="parent",
            )
    if len(branch["links"]) >= MOST_LINKS:
        raise Refused("too_many_links", f"一个党支部最多记录 {MOST_LINKS} 条隶属关系")
    return fact("oversight_linked.v1", {**command, "link": asked.new_id})


def end_oversight(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "end_link")
    link = next(
        (link for link in branch["links"] if link["link"] == command["link"]), None
    )
    if link is None:
        raise Unknown(
            f"“{branch['name']}”没有编号为 {command['link']} 的隶属关系", path="link"
        )
    if command["until"] < link["since"]:
        raise Invalid(
            f"结束日期不能早于开始日期 {link['since']}",
            code="ends_before_start",
            path="until",
        )
    if "until" in link and link["until"] <= command["until"]:
        raise Refused(
            "already_ended", f"这条隶属关系到 {link['until']} 为止", path="until"
        )
    return fact("oversight_ended.v1", command)


def _must_be_a_parent(docs: Reads, command: Json) -> None:
    """An industry parent is a committee, a territorial one a division."""
    if command["kind"] == "territorial":
        territory.known(docs, command["parent"], "parent")
    elif docs.get("committees", command["parent"]) is None:
        raise Unknown(f"没有编号为 {command['parent']} 的行业综合党委", path="parent")


def _overlap(one: Json, other: Json) -> bool:
    return in_force(one, other["since"]) or in_force(other, one["since"])
