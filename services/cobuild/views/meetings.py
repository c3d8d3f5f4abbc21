"""Joint meetings, and whose turn it is."""

from schemas.cobuild.meetings import MOST_RESOLUTIONS
from schemas.documents import Json, pick, pick_present
from services.cobuild.rules.meetings import next_chair
from services.cobuild.rules.rights import MEETINGS
from services.cobuild.views.units import with_unit_name
from services.district.calendar import day_in_words
from services.district.territory import called
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def get_meeting(views: Reads, question: Json, asked: Asked) -> Json:
    """With what its chair is called, and its resolutions."""
    meeting = MEETINGS.found(views, question["meeting"], asked)
    resolutions = _resolutions(views, meeting)
    return _with_chair(views, meeting, asked) | {"resolutions": resolutions}


def _resolutions(views: Reads, meeting: Json) -> list[Json]:
    where = {"meeting": meeting["id"]}
    resolutions = views.find(Find("resolutions", where, "id", limit=MOST_RESOLUTIONS))
    names = ("id", "text", "outcome", "need")
    return [pick_present(resolution, *names) for resolution in resolutions]


def list_meetings(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of a division, the latest first."""
    where = pick(question, "division")
    found = page(views, question, Find("meetings", where, "held_at", newest_first=True))
    return shown(views, found, asked, _with_chair)


def list_attendance(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: the units that were there, each with its name."""
    meeting = MEETINGS.found(views, question["meeting"], asked)
    where = {"meeting": meeting["id"], "present": "yes"}
    found = page(views, question, Find("attendance", where, "unit"))
    return shown(views, found, asked, with_unit_name)


def get_next_chair(views: Reads, question: Json, asked: Asked) -> Json:
    """`{division, unit, unit_name, why}`"""
    turn = next_chair(views, question["division"])
    if turn is None:
        says = f"{called(views, question['division'])}还没有审核通过的联建单位"
        raise Unknown(says, path="division")
    last = turn["chaired_at"][:10]
    why = (
        f"上次主持是 {day_in_words(last)}，时间最久"
        if last
        else "还没有主持过，登记最早"
    )
    chair = pick(turn, "division", "unit") | {"why": why}
    return with_unit_name(views, chair, asked)


def _with_chair(views: Reads, meeting: Json, asked: Asked) -> Json:
    unit = views.the("units", meeting["chair"])
    return meeting | {"chair_name": unit["name"]}
