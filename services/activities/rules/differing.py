"""What of a posting is another after a change than before."""

from collections.abc import Iterator

from schemas.documents import Json
from services.activities.rules.dates import SEATS, TIMES
from services.activities.rules.plans import Plans
from services.kit.errors import Refused

OF_THE_WHOLE = ("title", "summary", "audience", "mode", "cohosts")
OF_A_SESSION = ("place", "grid", "link", *SEATS)


def plans_of(content: Json) -> Plans:
    """Those of a content, by their session."""
    return {plan["session"]: plan for plan in content["sessions"]}


def differing(before: Json, after: Json) -> list[str]:
    """The names of what differs. Raises `Refused` when nothing does."""
    whole = (*OF_THE_WHOLE, "terms")
    names = [name for name in whole if before.get(name) != after.get(name)]
    if len(after["sessions"]) > len(before["sessions"]):
        names.append("sessions")
    names += _of_sessions(before, after)
    if not names:
        raise Refused("nothing_changes", "没有要改的内容")
    return names


def _of_sessions(before: Json, after: Json) -> Iterator[str]:
    """The names of what differs in a session that was there before."""
    plans = plans_of(before)
    known = [plan for plan in after["sessions"] if plan["session"] in plans]
    for name in (*TIMES, *OF_A_SESSION):
        was = [plans[plan["session"]].get(name) for plan in known]
        now = [plan.get(name) for plan in known]
        if was != now:
            yield name
