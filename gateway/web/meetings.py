"""One joint meeting: when and where it is, who came, what was said and resolved, and what may be done with it."""

from gateway.web.offered import may_ask, some_of
from gateway.web.page import Ask, Page, Visit
from schemas.cobuild.meetings import ListAttendance, OfMeeting
from schemas.documents import Json

SERVICE = "cobuild"
ACTS = (
    *("record_attendance", "record_minutes", "pass_resolution"),
    *("conclude_meeting", "cancel_meeting"),
)


def what_may_be_done(visit: Visit) -> Json:
    acts = list(some_of(visit, ACTS, meeting=visit.path["meeting"]))
    known: Json = {"place_name": visit.places.name_of, "acts": acts}
    return known | {"undertakes": may_ask(visit, "undertake_resolution")}


PAGES = (
    Page(
        "/desk/meetings/<meeting>",
        "meeting.html",
        (
            Ask("meeting", SERVICE, "get_meeting", OfMeeting),
            Ask("attendance", SERVICE, "list_attendance", ListAttendance),
        ),
        what_may_be_done,
        for_all=False,
    ),
)
