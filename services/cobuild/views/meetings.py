"""Joint meetings, and whose turn it is."""

from schemas.cobuild.meetings import MOST_RESOLUTIONS
from schemas.documents import Json
from services.cobuild.rules.meetings import next_chair
from services.cobuild.rules.rights import MEETINGS, the
from services.cobuild.views.offerings import with_unit_name
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def get_meeting(views: Reads, question: Json, asked: Asked) -> Json:
    meeting = _with_chair(views, MEETINGS.found(views, question["meeting"], asked))
    resolutions = views.find(
        Find("resolutions", {"meeting": meeting["id"]}, "id", limit=MOST_RESOLUTIONS)
    )
    shown = ("id", "text", "outcome", "need")
    told = [
        {name: resolution[name] for name in shown if name in resolution}
        for resolution in resolutions
    ]
    return {**meeting, "resolutions": told}


def list_meetings(views: Reads, question: Json, asked: Asked) -> Json:
    where = {"division": question["division"]}
    found = page(views, question, Find("meetings", where, "held_at", newest_first=True))
    return {
        **found,
        "items": [_with_chair(views, meeting) for meeting in found["items"]],
    }


def list_attendance(views: Reads, question: Json, asked: Asked) -> Json:
    where = {
        "meeting": MEETINGS.found(views, question["meeting"], asked)["id"],
        "present": "yes",
    }
    found = page(views, question, Find("attendance", where, "unit"))
    return {
        **found,
        "items": [with_unit_name(views, attendee) for attendee in found["items"]],
    }


def get_next_chair(views: Reads, question: Json, asked: Asked) -> Json:
    turn = next_chair(views, question["division"])
    if turn is None:
        raise Unknown(
            f"{question['division']} 还没有审核通过的联建单位", path="division"
        )
    last = turn["chaired_at"][:10]
    why = f"上次主持是 {last}，时间最久" if last else "还没有主持过，登记最早"
    return with_unit_name(
        views, {"division": turn["division"], "unit": turn["unit"], "why": why}
    )


def _with_chair(views: Reads, meeting: Json) -> Json:
    return {**meeting, "chair_name": the(views, "units", meeting["chair"])["name"]}
