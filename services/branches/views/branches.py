"""Branches as they are on a day, with what is to be seen to."""

from collections.abc import Iterator
from datetime import datetime

from schemas.documents import Json
from services.branches.folds.branches import LISTED
from services.branches.model.lifecycles import BRANCH
from services.branches.model.terms import WARNED_BEFORE, in_force, secretary_on
from services.branches.rules.rights import BRANCHES
from services.branches.views.chart import parents_on
from services.district import territory
from services.district.calendar import LOCAL, day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.views import Find, Reads

OFFICES = (("secretary", "terms", "书记"), ("committee", "committees", "支委会"))


def get_branch(views: Reads, question: Json, asked: Asked) -> Json:
    """The branch with its parents, secretary and warnings of the day asked for."""
    branch = BRANCHES.found(views, question["branch"], asked)
    day = question.get("on") or local_day(asked.now)
    return branch | {
        "on": day,
        "secretary": secretary_on(branch, day),
        "parents": parents_on(views, branch, day),
        "warnings": list(_warnings(branch, day)),
    }


def _warnings(branch: Json, day: str) -> Iterator[Json]:
    """`{code, office, text}` of each office that is not filled for long."""
    if branch["state"] != BRANCH.initial:
        return
    for office, field, name in OFFICES:
        code, text = _warning(branch[field], name, day)
        if code:
            yield {"code": code, "office": office, "text": text}


def _warning(terms: list[Json], name: str, day: str) -> tuple[str, str]:
    """Its code and text; two empty ones when there is nothing to warn of."""
    current = [term["until"] for term in terms if in_force(term, day)]
    if not current:
        return _vacant(terms, name, day)
    until = current[0]
    soon = datetime.fromisoformat(day).replace(tzinfo=LOCAL) + WARNED_BEFORE
    if until < local_day(soon):
        return "term_expiring", f"{name}任期到 {day_in_words(until)} 为止，请安排换届"
    return "", ""


def _vacant(terms: list[Json], name: str, day: str) -> tuple[str, str]:
    over = [term["until"] for term in terms if term["until"] < day]
    if over:
        return "term_expired", f"{name}任期到 {day_in_words(max(over))} 为止，已经届满"
    return "vacant", f"{name}空缺"


def list_branches(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of a division, by id, or those in which the words are found."""
    find = Find("branches", territory.within(question), "id")
    return listed(views, LISTED, question, find)
