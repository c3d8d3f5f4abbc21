"""A person's record as it is shown: services with what the volunteer-service rules ask for, and totals."""

from schemas.documents import Json, if_any, pick, pick_present
from services.activities.model.attendance import ALL
from services.activities.model.seating import its_session
from services.activities.views.pages import show_each
from services.district import territory
from services.district.authority import STREET
from services.district.hosts import name_of
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

HOURS_TEXT = {"scanned": "扫码记录", "backfilled": "补录", "adjusted": "更正"}
WORKERS = ("community_worker", *STREET)
TRAINING = "干部培训"
OF_SEAT = (
    "id",
    "seq",
    "person",
    "activity",
    "session",
    "starts_at",
    "minutes",
    "hours",
    "role",
    "appraisal",
    "contest",
)
OF_SESSION = ("title", "category", "host", "community", "place", "ends_at")


def my_record(views: Reads, question: Json, asked: Asked) -> Json:
    """With what the person thought of it, which nobody else is told."""
    seats = _served_at(views, question, asked.actor.id, {})

    def own(seat: Json) -> Json:
        return service_shown(views, seat) | pick(seat, "score")

    return show_each(seats, own)


def resident_record(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: what somebody did in the places who asks may look at."""
    division = _within_reach(views, question, asked)
    place = territory.within({"division": division})
    seats = _served_at(views, question, question["person"], place)
    return show_each(seats, lambda seat: service_shown(views, seat))


def my_totals(views: Reads, question: Json, asked: Asked) -> Json:
    return _totals(views, question, asked.actor.id, ALL)


def resident_totals(views: Reads, question: Json, asked: Asked) -> Json:
    """Somebody's totals in the places who asks may look at."""
    division = _within_reach(views, question, asked)
    return _totals(views, question, question["person"], division)


def service_shown(views: Reads, seat: Json) -> Json:
    """One line of a record."""
    session = its_session(views, seat)
    activity = views.the("activities", seat["activity"])
    line = pick_present(seat, *OF_SEAT) | pick(session, *OF_SESSION)
    line |= pick_present(activity, "summary", "audience", "campaign")
    line |= name_of(views, session["host"], "host_name")
    line |= if_any(
        in_charge=session.get("closed_by"),
        recorded_by=seat.get("recorded_by"),
    )
    return line | {
        "hours_text": HOURS_TEXT[seat["hours"]],
        "training": session["category"] == TRAINING,
    }


def _served_at(
    views: Reads, question: Json, person: str, place: dict[str, str]
) -> Json:
    """A page of the seats at which the person served there, or took part."""
    where = {"person": person, "role": question["role"], "recorded": 1} | place
    since = question.get("since")
    until = question.get("until")
    latest_first = Find("seats", where, "starts_at", since, until, newest_first=True)
    return page(views, question, latest_first)


def _totals(views: Reads, question: Json, person: str, scope: str) -> Json:
    where = {"person": person, "scope": scope}
    latest_first = Find("years", where, "year", newest_first=True)
    return page(views, question, latest_first)


def _within_reach(views: Reads, question: Json, asked: Asked) -> str:
    """Where the actor serves: what took place there may be seen, and no more of a person's record."""
    division = str(question.get("division") or _widest_of(asked.actor))
    if not division:
        raise Invalid("请填写区划代码", code="division_needed", path="division")
    if not asked.actor.covers_any(WORKERS, division):
        says = f"{territory.called(views, division)}不在您的工作范围内"
        raise Forbidden(says, code="out_of_scope", path="division")
    return division


def _widest_of(actor: Actor) -> str:
    """The widest of the divisions the actor works in; "" for none."""
    held = (role.scope for role in actor.roles if role.role in WORKERS)
    divisions = filter(str.isdigit, held)
    return min(divisions, key=len, default="")
