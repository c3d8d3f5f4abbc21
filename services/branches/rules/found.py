"""The branch a command is about, and who may act for it."""

from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.district.authority import oversees
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

BRANCHES = kind_of(BRANCH, "branches")


def administers(docs: Reads, branch: Json, asked: Asked) -> bool:
    return oversees(asked.actor, branch["community"])


def administered(docs: Reads, id: str, asked: Asked, path: str = "branch") -> Json:
    """The branch, when the actor administers its street."""
    says = "这个党支部所在的社区不在您的管理范围内"
    return BRANCHES.admitted(
        docs, id, asked, may=administers, code="out_of_scope", says=says, path=path
    )


def overseen(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The branch, when the actor administers its street and its state allows the step."""
    branch = administered(docs, command["branch"], asked)
    BRANCH.must_allow(branch, step, branch["name"])
    return branch


def represented(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The same, also when the actor is its secretary in office."""
    branch = BRANCHES.found(docs, command["branch"], asked)
    if not administers(docs, branch, asked):
        _must_be_in_office(docs, branch, asked)
    BRANCH.must_allow(branch, step, branch["name"])
    return branch


def represents(docs: Reads, branch: Json, asked: Asked) -> bool:
    if administers(docs, branch, asked):
        return True
    in_office = secretary_on(branch, local_day(asked.now)) == asked.actor.id
    return in_office and _is_secretary(branch, asked)


def _is_secretary(branch: Json, asked: Asked) -> bool:
    """By role; a term may have run out."""
    return asked.actor.covers("branch_secretary", f"branch/{branch['id']}")


def _must_be_in_office(docs: Reads, branch: Json, asked: Asked) -> None:
    """Raises unless the actor is the secretary today, and the committee's term, where one was told, has not run out.

    Why a term counts no more is told to who still has the role; without it they are told what anybody is.
    """
    today = local_day(asked.now)
    if not represents(docs, branch, asked):
        served = [
            term
            for term in branch["terms"]
            if term["person"] == asked.actor.id and term["until"] < today
        ]
        if served and _is_secretary(branch, asked):
            raise Forbidden(
                f"您的任期到 {served[-1]['until']} 为止，已经届满", code="term_expired"
            )
        raise Forbidden(f"您不能代表“{branch['name']}”", code="not_your_branch")
    last = branch["committees"][-1:]
    if last and last[0]["until"] < today:
        raise Refused(
            "committee_term_expired", f"支委会任期到 {last[0]['until']} 为止，请先换届"
        )


def must_have_come(day: str, path: str, asked: Asked) -> None:
    if day > local_day(asked.now):
        raise Invalid(f"{day} 还没有到", code="in_the_future", path=path)


def secretary_on(branch: Json, day: str) -> str | None:
    return next(
        (term["person"] for term in branch["terms"] if in_force(term, day)), None
    )


def in_force(period: Json, day: str) -> bool:
    """True when `day` lies in a link's or term's days, the last included."""
    return bool(period["since"] <= day <= period.get("until", day))


def fact(type: str, data: Json) -> Fact:
    return Fact(type, f"branch/{data['branch']}", data)
