"""The branch a command is about, and who may act for it."""

from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.branches.model.terms import secretary_on
from services.district.authority import oversees
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.lookup import kind_of
from services.kit.views import Reads

BRANCHES = kind_of(BRANCH, "branches")


def administers(docs: Reads, branch: Json, asked: Asked) -> bool:
    """Who oversees the community the branch is in."""
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
    """True for who administers its street, and for the secretary in office today."""
    if administers(docs, branch, asked):
        return True
    if secretary_on(branch, local_day(asked.now)) != asked.actor.id:
        return False
    return _is_secretary(branch, asked)


def _is_secretary(branch: Json, asked: Asked) -> bool:
    """By role; a term may have run out."""
    return asked.actor.covers("branch_secretary", f"branch/{branch['id']}")


def _must_be_in_office(docs: Reads, branch: Json, asked: Asked) -> None:
    """Raises unless the actor is the secretary today, and the committee's term, where one was told, has not run out.

    Why a term counts no more is told to who still has the role; without it they are told what anybody is.
    """
    if not represents(docs, branch, asked):
        raise _not_in_office(branch, asked)
    today = local_day(asked.now)
    for committee in branch["committees"][-1:]:
        if committee["until"] < today:
            says = f"支委会任期到 {day_in_words(committee['until'])} 为止，请先换届"
            raise Refused("committee_term_expired", says)


def _not_in_office(branch: Json, asked: Asked) -> Forbidden:
    until = _served_until(branch, asked)
    if until and _is_secretary(branch, asked):
        says = f"您的任期到 {day_in_words(until)} 为止，已经届满"
        return Forbidden(says, code="term_expired")
    return Forbidden(f"您不能代表“{branch['name']}”", code="not_your_branch")


def _served_until(branch: Json, asked: Asked) -> str:
    """The last day of the actor's latest term that is over, "" when there was none."""
    until = ""
    today = local_day(asked.now)
    for term in branch["terms"]:
        if term["person"] == asked.actor.id and term["until"] < today:
            until = term["until"]
    return until


def must_have_come(day: str, path: str, asked: Asked) -> None:
    """Raises `Invalid`, naming `path`, for a day after today."""
    if day > local_day(asked.now):
        raise Invalid(f"{day_in_words(day)} 还没有到", code="in_the_future", path=path)
