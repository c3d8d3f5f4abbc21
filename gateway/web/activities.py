"""The page of an activity, the same for everybody: what is seen here may be passed on."""

from gateway.web.page import Ask, Page, Visit
from schemas.activities.contents import MOST_SESSIONS, OfActivity
from schemas.activities.sessions import ListSessions
from schemas.documents import Json
from schemas.fields import instant

COMING = ("planned", "running")


def every_session(visit: Visit) -> Json:
    return {"limit": MOST_SESSIONS}


def shown(visit: Visit) -> Json:
    now = instant(visit.now)

    def is_coming(session: Json) -> bool:
        return session["state"] in COMING and session["ends_at"] > now

    def takes_signups(activity: Json, session: Json) -> bool:
        """Asked again by the service that decides: a page may have been open for hours."""
        is_open = activity["state"] in ("open", "running") and not activity["paused"]
        return is_open and session["state"] == "planned" and session["cutoff"] > now

    return {"is_coming": is_coming, "takes_signups": takes_signups}


def terms_in_words(terms: Json) -> list[str]:
    """Who may sign up and how, a line each."""
    words = []
    if ages := _ages_in_words(terms):
        words.append(ages)
    if "communities" in terms:
        words.append("限部分社区的居民")
    if terms.get("one_per_household"):
        words.append("每户限报一次")
    if terms.get("approval"):
        words.append("报名要由主办方审核")
    return words


def _ages_in_words(terms: Json) -> str:
    """Both ends may come."""
    least, most = terms.get("least_age"), terms.get("most_age")
    if least is not None and most is not None:
        return f"活动当天 {least} 到 {most} 周岁"
    if least is not None:
        return f"活动当天满 {least} 周岁"
    return "" if most is None else f"活动当天不超过 {most} 周岁"


SERVICE = "activities"
PAGES = (
    Page(
        "/activities/<activity>",
        "activity.html",
        (
            Ask("activity", SERVICE, "get_activity", OfActivity),
            Ask("sessions", SERVICE, "list_sessions", ListSessions, every_session),
        ),
        shown,
        remembered=SERVICE,
    ),
)
