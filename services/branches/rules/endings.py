"""How a branch ends: merged into another, or dissolved; and who takes over what it held."""

from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.branches.rules.rights import administered, fact, must_have_come, overseen
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads


def merge_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "merge")
    _must_take_over(docs, branch, command, "into", asked)
    _must_be_possible(branch, command, asked)
    return fact("branch_merged.v1", {**command, "by": asked.actor.id})


def dissolve_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = overseen(docs, command, asked, "dissolve")
    if "to" in command:
        _must_take_over(docs, branch, command, "to", asked)
    elif docs.find(Find("homes", {"branch": branch["id"]}, "id", limit=1)):
        raise Refused(
            "runs_homes",
            f"“{branch['name']}”还开办着互联网营销师之家，请填写由哪个党支部接收",
            path="to",
        )
    _must_be_possible(branch, command, asked)
    return fact("branch_dissolved.v1", {**command, "by": asked.actor.id})


def _must_take_over(
    docs: Reads, branch: Json, command: Json, path: str, asked: Asked
) -> None:
    """Raises unless `path` names another branch that goes on and that the actor administers too."""
    if command[path] == branch["id"]:
        raise Refused("same_branch", "不能并入自己或由自己接收", path=path)
    heir = administered(docs, command[path], asked, path)
    if heir["state"] != BRANCH.initial:
        raise Refused(
            "branch_ended",
            f"“{heir['name']}”{heir['state_text']}，不能再并入或接收",
            path=path,
        )


def _must_be_possible(branch: Json, command: Json, asked: Asked) -> None:
    """Raises unless the day has come: a branch that is to end goes on until then."""
    must_have_come(command["on"], "on", asked)
    if command["on"] <= branch["established_on"]:
        raise Invalid(
            f"应晚于成立日期 {branch['established_on']}",
            code="before_established",
            path="on",
        )
