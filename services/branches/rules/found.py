"""The branch a command is about, and who may act for it."""

from services.branches.lifecycles import BRANCH
from services.kit.authority import must_oversee, oversees
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
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
    if not oversees(asked.actor, branch["community"]):
        _must_be_in_office(branch, asked)
    BRANCH.must_allow(branch, step, branch["name"])
    return branch


def represents(branch: Doc, asked: Asked) -> bool:
    if oversees(asked.actor, branch["community"]):
        return True
    in_office = secretary_on(branch, local_day(asked.now)) == asked.actor.id
    return in_office and asked.actor.covers("branch_secretary", f"branch/{branch['id']}")


def _must_be_in_office(branch: Doc, asked: Asked) -> None:
    """Raises unless the actor is the secretary today, and the committee's term, where one was told, has not run out."""
    today = local_day(asked.now)
    if not represents(branch, asked):
        served = [term for term in branch["terms"] if term["person"] == asked.actor.id and term["until"] < today]
        if served:
            raise Forbidden(f"您的任期到 {served[-1]['until']} 为止，已经届满", code="term_expired")
        raise Forbidden(f"您不能代表“{branch['name']}”", code="not_your_branch")
    last = branch["committees"][-1:]
    if last and last[0]["until"] < today:
        raise Refused("committee_term_expired", f"支委会任期到 {last[0]['until']} 为止，请先换届")


def must_have_come(day: str, path: str, asked: Asked) -> None:
    if day > local_day(asked.now):
        raise Invalid(f"{day} 还没有到", code="in_the_future", path=path)


def secretary_on(branch: Doc, day: str) -> str | None:
    return next((term["person"] for term in branch["terms"] if in_force(term, day)), None)


def in_force(period: Doc, day: str) -> bool:
    """True when `day` lies in a link's or term's days, the last included."""
    return bool(period["since"] <= day <= period.get("until", day))


def fact(type: str, data: Data) -> Fact:
    return Fact(type, f"branch/{data['branch']}", data)
