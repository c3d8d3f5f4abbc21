"""Terms of office: the secretary's and the committee's, and the warning before one ends."""

from schemas.documents import Json, pick
from services.branches.model.lifecycles import BRANCH
from services.branches.rules.rights import overseen
from services.district import own
from services.district.calendar import day_in_words
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def appoint_secretary(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Terms are recorded in the order they begin, so that a later appointment never cuts out the middle of one.

    By another than who is appointed: it gives a role.
    """
    branch = overseen(docs, command, asked, "appoint")
    own.must_be_another(command["person"], asked, path="person")
    _must_follow(branch["terms"], command)
    return BRANCH.fact("secretary_appointed.v1", branch["id"], command)


def elect_committee(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises when the term does not follow on those before, and for the secretary, who has no right without one."""
    branch = overseen(docs, command, asked, "elect")
    own.must_not_keep(f"branch/{branch['id']}", asked)
    _must_follow(branch["committees"], command)
    return BRANCH.fact("committee_elected.v1", branch["id"], command)


def warn(docs: Reads, ahead: Json, asked: Asked) -> Fact:
    """Some weeks before the last day of a term."""
    content = pick(ahead, "office", "until")
    return BRANCH.fact("term_expiring.v1", ahead["branch"], content)


def _must_follow(terms: list[Json], command: Json) -> None:
    latest = terms[-1]["since"] if terms else ""
    if command["since"] < latest:
        says = f"已有 {day_in_words(latest)} 开始的任期，新任期不能早于它"
        raise Refused("before_latest_term", says, path="since")
