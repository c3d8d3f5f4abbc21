"""How a branch ends: merged into another of the district, or dissolved."""

from services.branches.lifecycles import BRANCH
from services.branches.rules.found import fact, overseen, the_branch
from services.kit.authority import must_oversee
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay


def merge_branch(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "merge")
    if command["into"] == branch["id"]:
        raise Refused("same_branch", "不能并入自己", path="into")
    into = the_branch(docs, command["into"], "into")
    must_oversee(asked.actor, into["community"])
    if into["state"] != BRANCH.initial:
        raise Refused("branch_ended", f"“{into['name']}”{into['state_text']}，不能再并入", path="into")
    _must_be_later(branch, command)
    return fact("branch_merged.v1", {**command, "by": asked.actor.id})


def dissolve_branch(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "dissolve")
    _must_be_later(branch, command)
    return fact("branch_dissolved.v1", {**command, "by": asked.actor.id})


def _must_be_later(branch: Doc, command: Data) -> None:
    if command["on"] <= branch["established_on"]:
        raise Invalid(f"应晚于成立日期 {branch['established_on']}", code="before_established", path="on")
