"""Rounds, to everybody; how far each has come, to who goes to those doors."""

from schemas.documents import Json
from services.district import grid_names, territory
from services.district.calendar import local_day
from services.grids.model import burden
from services.grids.rules.rights import ROUNDS, must_go_to, must_work_in
from services.grids.rules.rounds import rounds_near
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_rounds(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of the place, of places in it, and of those it lies in."""
    division = question["division"]
    wider = territory.lies_in(division).values()
    wheres = [{"division": place} for place in wider if place != division]
    wheres.append(territory.within(question))
    finds = [
        Find("rounds", where | state, "since", newest_first=True)
        for where in wheres
        for state in each(question, "state")
    ]
    return page(views, question, *finds)


def get_round(views: Reads, question: Json, asked: Asked) -> Json:
    return ROUNDS.found(views, question["round"], asked)


def list_coverage(views: Reads, question: Json, asked: Asked) -> Json:
    round = ROUNDS.found(views, question["round"], asked)
    community = question["community"]
    must_go_to(community, asked, "community")
    where = {"round": round["id"], "community": community}
    found = page(views, question, Find("coverage", where, "id"))
    return shown(views, found, asked, _of_grid)


def _of_grid(views: Reads, coverage: Json, asked: Asked) -> Json:
    return grid_names.named(views, coverage)


def ask_burden(views: Reads, question: Json, asked: Asked) -> Json:
    division, today = question["division"], local_day(asked.now)
    must_work_in(views, division, asked)
    rounds = list(rounds_near(views, division))
    months = burden.by_month(division, rounds, today).items()
    return {
        "at_once": burden.at_once(division, rounds, today),
        "most_at_once": burden.MOST_AT_ONCE,
        "most_items": burden.MOST_ITEMS_A_MONTH,
        "months": [{"month": month, "items": items} for month, items in months],
    }
