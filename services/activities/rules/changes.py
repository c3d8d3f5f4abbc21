"""Changing what was published: one session, it and those after it, or all that have not begun."""

from datetime import timedelta

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json, pick_present
from services.activities.model.contents import grid_of
from services.activities.model.lifecycles import ACTIVITY, SESSION
from services.activities.model.times import moment, starts_of
from services.activities.rules import cohosts, terms
from services.activities.rules.change_limits import NUMBERS, must_be_allowed
from services.activities.rules.dates import (
    TIMES,
    added,
    later,
    must_be_possible,
    must_begin_apart,
)
from services.activities.rules.differing import (
    OF_A_SESSION,
    OF_THE_WHOLE,
    differing,
    plans_of,
)
from services.activities.rules.lookups import postable, session_of
from services.activities.rules.online import must_be_online, without_old_links
from services.activities.rules.plans import Change, Plans
from services.activities.rules.postings import content_of, must_lie_in_grid
from services.activities.rules.sessions import all_planned, named
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

ONCE_BEGUN = {*NUMBERS, "link"}


def change(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Of what has not begun. Raises when somebody would lose by it, `Refused` when nothing differs."""
    activity = postable(docs, command, asked, "change")
    before = _each_with_its_grid(content_of(docs, activity))
    plans = plans_of(before)
    wanted = Change(plans, _changed(docs, activity, command, plans, asked))
    must_be_allowed(docs, activity, command, wanted, asked)
    more = _more(activity, command, before, asked)
    _must_lie_in_their_grids(docs, before, wanted, more)
    after = before | {"sessions": _all_of(wanted, more)}
    after |= _whole(docs, activity, before, command, asked)
    after = without_old_links(after, command)
    must_be_online(after.get("mode"), after["sessions"])
    content = after | {
        "changed": differing(before, after),
        "moved": wanted.moved,
        "reason": command["reason"],
    }
    return ACTIVITY.fact("activity_changed.v1", activity["id"], content)


def _each_with_its_grid(content: Json) -> Json:
    plans = [grid_of(content, plan) | plan for plan in content["sessions"]]
    return content | {"sessions": plans}


def _must_lie_in_their_grids(
    docs: Reads, content: Json, change: Change, more: list[Json]
) -> None:
    """Those moved to another day or grid, and those added."""
    ids = dict.fromkeys([*change.moved, *change.regridded])
    plans = [change.after[id] for id in ids]
    must_lie_in_grid(docs, content, [*plans, *more])


def _all_of(change: Change, more: list[Json]) -> list[Json]:
    """The plans of all sessions in order of time. Raises `Invalid` when two would begin at once."""
    plans = [*(change.before | change.after).values(), *more]
    moved = change.moved
    if moved or more:
        must_begin_apart(plans, "starts_at" if moved else "also")
    return sorted(plans, key=lambda plan: str(plan["starts_at"]))


def _whole(
    docs: Reads, activity: Json, before: Json, command: Json, asked: Asked
) -> Json:
    """What the command says of the activity as a whole."""
    corrected = terms.corrected(docs, activity, before, command)
    cohosts.must_be_known(docs, activity["host"], command.get("cohosts", []), asked)
    return pick_present(command, *OF_THE_WHOLE) | corrected


def _changed(
    docs: Reads, activity: Json, command: Json, plans: Plans, asked: Asked
) -> Plans:
    """The sessions the command speaks of, as they would be. None when it speaks of the activity alone."""
    payload = pick_present(command, *OF_A_SESSION, *TIMES)
    if not payload:
        return {}
    if running := _under_way(docs, activity, command, payload):
        return _enlarged(docs, running, command, plans)
    planned = _planned(docs, activity, asked)
    session = _session_meant(docs, activity, command, planned)
    plans = {id: _with_each_time(plan, command) for id, plan in plans.items()}
    by = _later_by(plans[session["id"]], command)
    seats = pick_present(payload, *OF_A_SESSION)
    changed = {}
    for each in _chosen(command["which"], session, planned):
        plan = plans[each["id"]]
        changed[each["id"]] = plan | seats | _times(plan, by)
    return changed


def _session_meant(
    docs: Reads, activity: Json, command: Json, planned: list[Json]
) -> Json:
    """The session from which the change goes out: the first, where none needs to be named."""
    if "session" not in command and command["which"] != "one":
        return planned[0]
    session = session_of(docs, activity, command)
    SESSION.must_allow(session, "change", named(session))
    return session


def _chosen(which: str, session: Json, planned: list[Json]) -> list[Json]:
    if which == "one":
        return [session]
    if which == "all":
        return planned
    return [session, *(each for each in planned if _is_later(each, session))]


def _is_later(each: Json, session: Json) -> bool:
    return bool(each["starts_at"] > session["starts_at"])


def _under_way(
    docs: Reads, activity: Json, command: Json, payload: Json
) -> Json | None:
    """The session that has begun, when the command adds places to it or gives it another link, and nothing else."""
    is_named = "session" in command or activity["sessions_count"] <= 1
    if not payload.keys() <= ONCE_BEGUN or not is_named:
        return None
    session = session_of(docs, activity, command)
    return session if session["state"] == "running" else None


def _enlarged(docs: Reads, running: Json, command: Json, plans: Plans) -> Plans:
    """More places for it, or another link, and for those besides that the command names and that have not begun."""
    payload = pick_present(command, *ONCE_BEGUN)
    _must_not_shrink(running, payload, plans[running["id"]])
    enlarged = {}
    for session in (running, *_besides(docs, running, command["which"])):
        id = session["id"]
        enlarged[id] = plans[id] | payload
    return enlarged


def _must_not_shrink(running: Json, payload: Json, plan: Json) -> None:
    for name in payload.keys() & NUMBERS.keys():
        if payload[name] < plan.get(name, 0):
            says = f"{named(running)}已经开始，名额只能增加，不能减少"
            raise Refused("already_begun", says, path=name)


def _besides(docs: Reads, running: Json, which: str) -> list[Json]:
    if which == "one":
        return []
    since = running["starts_at"] if which == "following" else None
    return all_planned(docs, running["activity"], since)


def _planned(docs: Reads, activity: Json, asked: Asked) -> list[Json]:
    """The sessions that have not begun, in order of time; where all have by the clock, those nobody has started."""
    planned = all_planned(docs, activity["id"])
    if not planned:
        title = activity["title"]
        says = f"《{title}》没有可以修改的场次：都已开始、结束或取消"
        raise Refused("cannot_change", says, path="state")
    ahead = [session for session in planned if starts_of(session) > asked.now]
    return ahead or planned


def _with_each_time(plan: Json, command: Json) -> Json:
    """The plan with a deadline of helpers to be moved, where one is said for the first time."""
    if "helpers_cutoff" not in command:
        return plan
    return {"helpers_cutoff": plan["cutoff"]} | plan


def _later_by(plan: Json, command: Json) -> dict[str, timedelta]:
    """By how much each time moves. What is not said moves with the start."""
    by = {}
    for name in TIMES:
        moved_by = name if name in command else "starts_at"
        by[name] = _difference(plan, command, moved_by)
    return by


def _difference(plan: Json, command: Json, name: str) -> timedelta:
    if name not in command:
        return timedelta()
    return moment(command[name]) - moment(plan[name])


def _times(plan: Json, by: dict[str, timedelta]) -> Json:
    times = pick_present(plan, *TIMES)
    for name, time in times.items():
        times[name] = later(time, by[name])
    return times


def _more(activity: Json, command: Json, before: Json, asked: Asked) -> list[Json]:
    """The sessions added, numbered on from the highest number there ever was."""
    known = before["sessions"]
    plans = added(command, known[0])
    if len(plans) + len(known) > MOST_SESSIONS:
        says = f"一个活动最多 {MOST_SESSIONS} 场"
        raise Invalid(says, code="too_many_sessions", path="also")
    if plans:
        must_be_possible(sorted(plans, key=_when), asked)
    more = []
    for number, plan in enumerate(plans, start=activity["numbered"] + 1):
        id = f"{activity['id']}.{number}"
        more.append(plan | {"session": id})
    return more


def _when(plan: Json) -> str:
    return str(plan["starts_at"])
