"""The branch a command is about, and who may act for it."""

from services.branches.lifecycles import BRANCH
from services.kit.authority import must_oversee, oversees
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads


def the_branch(docs: Reads, id: str, path: str = "branch") -> Doc:
    branch = docs.get("branches", id)
    if branch is None:
        raise Unknown(f"没有编号为 {id} 的党支部", path=path)
    return branch


def overseen(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The branch, when the actor administers its street and its state allows the step."""
    branch = the_branch(docs, command["branch"])
    must_oversee(asked.actor, branch["community"])
    BRANCH.must_allow(branch, step, branch["name"])
    return branch


def represented(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The same, also when the actor is its secretary in office."""
    branch = the_branch(docs, command["branch"])
    if not represents(branch, asked):
        raise Forbidden(f"您不能代表“{branch['name']}”", code="not_your_branch")
    BRANCH.must_allow(branch, step, branch["name"])
    return branch


def represents(branch: Doc, asked: Asked) -> bool:
    if oversees(asked.actor, branch["community"]):
        return True
    in_office = secretary_on(branch, local_day(asked.now)) == asked.actor.id
    return in_office and asked.actor.covers("branch_secretary", f"branch/{branch['id']}")


def secretary_on(branch: Doc, day: str) -> str | None:
    return next((term["person"] for term in branch["terms"] if in_force(term, day)), None)


def in_force(period: Doc, day: str) -> bool:
    """True when `day` lies in a link's or term's days, the last included."""
    return bool(period["since"] <= day <= period.get("until", day))


def fact(type: str, data: Data) -> Fact:
    return Fact(type, f"branch/{data['branch']}", data)
