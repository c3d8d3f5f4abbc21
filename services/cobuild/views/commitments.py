"""Commitments: what was taken on by whom, and what a unit is still to do."""

from datetime import date

from schemas.documents import Json, pick_present, without
from services.cobuild.folds.commitments import COMMITMENTS as TAKEN
from services.cobuild.model.lifecycles import UNFINISHED
from services.cobuild.rules.rights import COMMITMENTS, UNITS, sees_unit
from services.cobuild.rules.talks import takes_part
from services.cobuild.views.needs import texts
from services.cobuild.views.units import with_unit_name
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

OF_THE_TALK = {"proposed_at", "proposed_by", "agreed_at", "messages"}


def get_commitment(views: Reads, question: Json, asked: Asked) -> Json:
    """With the words of the report, for those who take part in it."""
    commitment = COMMITMENTS.found(views, question["commitment"], asked)
    if not takes_part(views, commitment, asked):
        return _commitment(views, commitment, asked)
    words = texts(commitment["notes"], asked)
    return _commitment(views, commitment, asked) | words


def list_commitments(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: of a need, a unit or a place, the latest taken first."""
    where = pick_present(question, "need", "unit") | territory.within(question)
    finds = []
    for state in each(question, "state"):
        find = Find("commitments", where | state, "taken_at", newest_first=True)
        finds.append(find)
    found = listed(views, TAKEN, question, *finds)
    return shown(views, found, asked, _commitment)


def list_promises(views: Reads, question: Json, asked: Asked) -> Json:
    """What a unit is still to do, by the day it is due; and how long that is."""
    unit = UNITS.found(views, question["unit"], asked, sees=sees_unit)
    finds = []
    for state in UNFINISHED:
        where = {"unit": unit["id"], "state": state}
        finds.append(Find("commitments", where, "due_at"))
    promises = page(views, question, *finds)
    return shown(views, promises, asked, _promise)


def _promise(views: Reads, commitment: Json, asked: Asked) -> Json:
    today = date.fromisoformat(local_day(asked.now))
    left = date.fromisoformat(commitment["due"]) - today
    due = {"due_text": _due_in_words(left.days)}
    return _commitment(views, commitment, asked) | due


def _due_in_words(days: int) -> str:
    if days < 0:
        return f"已过期 {-days} 天"
    return f"还有 {days} 天" if days else "今天到期"


def _commitment(views: Reads, commitment: Json, asked: Asked) -> Json:
    """When somebody comes, and how much was said about it, concerns those who take part."""
    named = with_unit_name(views, commitment, asked)
    if not OF_THE_TALK & commitment.keys() or takes_part(views, commitment, asked):
        return named
    return without(named, *OF_THE_TALK)
