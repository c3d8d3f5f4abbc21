"""How a branch ends: merged into another, or dissolved; and who takes over what it held."""

from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.branches.rules.rights import administered, must_have_come, overseen
from services.district.calendar import day_in_words
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads


def merge_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who administers both. What the one held goes to the other from that day on."""
    branch = overseen(docs, command, asked, "merge")
    _must_take_over(docs, branch, command, "into", asked)
    _must_be_possible(branch, command, asked)
    content = command | {"by": asked.actor.id}
    return BRANCH.fact("branch_merged.v1", branch["id"], content)


def dissolve_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What it held goes to another, or to nobody; while it runs a home it cannot go without one."""
    branch = overseen(docs, command, asked, "dissolve")
    if "to" in command:
        _must_take_over(docs, branch, command, "to", asked)
    else:
        _must_run_no_home(docs, branch)
    _must_be_possible(branch, command, asked)
    content = command | {"by": asked.actor.id}
    return BRANCH.fact("branch_dissolved.v1", branch["id"], content)


def _must_run_no_home(docs: Reads, branch: Json) -> None:
    if docs.find(Find("homes", {"branch": branch["id"]}, "id", limit=1)):
        runs = f"“{branch['name']}”还开办着互联网营销师之家"
        raise Refused("runs_homes", f"{runs}，请填写由哪个党支部接收", path="to")


def _must_take_over(
    docs: Reads, branch: Json, command: Json, path: str, asked: Asked
) -> None:
    """Raises unless `path` names another branch that goes on and that the actor administers too."""
    if command[path] == branch["id"]:
        raise Refused("same_branch", "不能并入自己或由自己接收", path=path)
    heir = administered(docs, command[path], asked, path)
    if heir["state"] != BRANCH.initial:
        says = f"“{heir['name']}”{heir['state_text']}，不能再并入或接收"
        raise Refused("branch_ended", says, path=path)


def _must_be_possible(branch: Json, command: Json, asked: Asked) -> None:
    """Raises unless the day has come: a branch that is to end goes on until then."""
    must_have_come(command["on"], "on", asked)
    established_on = branch["established_on"]
    if command["on"] <= established_on:
        says = f"应晚于成立日期 {day_in_words(established_on)}"
        raise Invalid(says, code="before_established", path="on")
