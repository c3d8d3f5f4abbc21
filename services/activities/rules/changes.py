"""Changing what was published: one session, it and those after it, or all that have not begun."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.activities.contents import LONGEST_SESSION, MOST_SESSIONS
from schemas.activities.signups import MOST_IN_A_PARTY
from schemas.documents import Json
from services.activities.model.contents import grid_of
from services.activities.model.lifecycles import ACTIVITY, SESSION
from services.activities.model.roles import roles_at, seating_of
from services.activities.rules import cohosts, terms
from services.activities.rules.codes import CLOCKS_DIFFER
from services.activities.rules.dates import (
    SEATS,
    TIMES,
    added,
    later,
    must_be_possible,
    must_begin_apart,
)
from services.activities.rules.door_times import OPENS
from services.activities.rules.lookups import postable, session_of
from services.activities.rules.offerings import held_offerings
from services.activities.rules.online import must_be_online, without_old_links
from services.activities.rules.places import parties_too_large
from services.activities.rules.postings import content_of, must_lie_in_grid
from services.activities.rules.sessions import all_planned, named
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

OF_THE_WHOLE = ("title", "summary", "audience", "mode", "cohosts")
OF_A_SESSION = ("place", "grid", "link", *SEATS)
NUMBERS = {"capacity": "名额", "helpers": "志愿者岗位"}
ONCE_BEGUN = {*NUMBERS, "link"}
MOST_NAMED = 3
DOORS_OPEN = (
    OPENS + CLOCKS_DIFFER
)  # The first mark may be made by a clock that is ahead.

Plans = dict[str, Json]


def change(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = postable(docs, command, asked, "change")
    before = _each_with_its_grid(content_of(docs, activity))
    plans = {plan["session"]: plan for plan in before["sessions"]}
    changed = _changed(docs, activity, command, plans, asked)
    _must_have_helpers(activity, command, changed)
    _must_hold(docs, changed)
    _must_have_room_for_those_who_wait(docs, changed, plans, asked)
    terms.must_not_be_sooner(docs, changed, plans)
    moved = [id for id, plan in changed.items() if _span(plan) != _span(plans[id])]
    _may_move(docs, activity, moved, asked)
    regridded = [
        id for id, plan in changed.items() if plan.get("grid") != plans[id].get("grid")
    ]
    _may_be_elsewhere(docs, changed, plans, regridded, asked)
    if moved:
        must_be_possible([changed[id] for id in moved], asked)
    more = _more(activity, command, before, asked)
    must_lie_in_grid(
        docs,
        before,
        [*(changed[id] for id in dict.fromkeys([*moved, *regridded])), *more],
    )
    sessions = [*{**plans, **changed}.values(), *more]
    if moved or more:
        must_begin_apart(sessions, "starts_at" if moved else "also")
    whole = {name: command[name] for name in OF_THE_WHOLE if name in command}
    whole |= terms.corrected(docs, activity, before, command)
    cohosts.must_be_known(docs, activity["host"], command.get("cohosts", []), asked)
    after = {
        **before,
        **whole,
        "sessions": sorted(sessions, key=lambda plan: plan["starts_at"]),
    }
    after = without_old_links(after, command)
    must_be_online(after.get("mode"), after["sessions"])
    names = _differing(before, after)
    about = {"changed": names, "moved": moved, "reason": command["reason"]}
    return ACTIVITY.fact("activity_changed.v1", activity["id"], {**after, **about})


def _each_with_its_grid(content: Json) -> Json:
    return {
        **content,
        "sessions": [
            {**grid_of(content, plan), **plan} for plan in content["sessions"]
        ],
    }


def _changed(
    docs: Reads, activity: Json, command: Json, plans: Plans, asked: Asked
) -> Plans:
    """The sessions the command speaks of, as they would be. None when it speaks of the activity alone."""
    said = {name: command[name] for name in (*OF_A_SESSION, *TIMES) if name in command}
    if not said:
        return {}
    if running := _under_way(docs, activity, command, said):
        return _enlarged(docs, running, command, plans)
    planned = _planned(docs, activity, asked)
    if "session" in command or command["which"] == "one":
        session = session_of(docs, activity, command)
        SESSION.must_allow(session, "change", named(session))
    else:
        session = planned[0]
    plans = {id: _with_each_time(plan, command) for id, plan in plans.items()}
    by = _later_by(plans[session["id"]], command)
    said = {name: value for name, value in said.items() if name in OF_A_SESSION}
    after = [each for each in planned if each["starts_at"] > session["starts_at"]]
    chosen = {"one": [session], "following": [session, *after], "all": planned}[
        command["which"]
    ]
    return {
        each["id"]: {**plans[each["id"]], **said, **_times(plans[each["id"]], by)}
        for each in chosen
    }


def _under_way(docs: Reads, activity: Json, command: Json, said: Json) -> Json | None:
    """The session that has begun, when the command adds places to it or gives it another link, and nothing else."""
    if not said.keys() <= ONCE_BEGUN or (
        "session" not in command and activity["sessions_count"] > 1
    ):
        return None
    session = session_of(docs, activity, command)
    return session if session["state"] == "running" else None


def _enlarged(docs: Reads, running: Json, command: Json, plans: Plans) -> Plans:
    """More places for it, or another link, and for those besides that the command names and that have not begun."""
    said: Json = {name: command[name] for name in command if name in ONCE_BEGUN}
    for name in said.keys() & NUMBERS.keys():
        if said[name] < plans[running["id"]].get(name, 0):
            raise Refused(
                "already_begun",
                f"{named(running)}已经开始，名额只能增加，不能减少",
                path=name,
            )
    since = running["starts_at"] if command["which"] == "following" else None
    others = (
        []
        if command["which"] == "one"
        else all_planned(docs, running["activity"], since)
    )
    return {each["id"]: {**plans[each["id"]], **said} for each in (running, *others)}


def _planned(docs: Reads, activity: Json, asked: Asked) -> list[Json]:
    """The sessions that have not begun, in order of time; where all have by the clock, those nobody has started."""
    planned = all_planned(docs, activity["id"])
    if not planned:
        raise Refused(
            "cannot_change",
            f"《{activity['title']}》没有可以修改的场次：都已开始、结束或取消",
            path="state",
        )
    return [
        session for session in planned if _moment(session["starts_at"]) > asked.now
    ] or planned


def _with_each_time(plan: Json, command: Json) -> Json:
    """The plan with a deadline of helpers to be moved, where one is said for the first time."""
    return (
        {"helpers_cutoff": plan["cutoff"], **plan}
        if "helpers_cutoff" in command
        else plan
    )


def _later_by(plan: Json, command: Json) -> dict[str, timedelta]:
    """By how much each time moves. What is not said moves with the start."""
    told = {
        name: _moment(command[name]) - _moment(plan[name])
        for name in TIMES
        if name in command
    }
    return {name: told.get(name, told.get("starts_at", timedelta())) for name in TIMES}


def _times(plan: Json, by: dict[str, timedelta]) -> Json:
    return {name: later(plan[name], by[name]) for name in TIMES if name in plan}


def _span(plan: Json) -> tuple[str, str]:
    return plan["starts_at"], plan["ends_at"]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _must_have_helpers(activity: Json, command: Json, changed: Plans) -> None:
    """Raises when something is said of places for helpers beside the others, and there are none."""
    for name in ("helpers", "helpers_cutoff"):
        if name in command and activity.get("all_help"):
            raise Invalid(
                "全部名额都是志愿者岗位，请改名额和报名截止",
                code="all_are_helpers",
                path=name,
            )
    if "helpers_cutoff" in command and not all(
        "helpers" in plan for plan in changed.values()
    ):
        raise Invalid(
            "写了志愿者报名截止，还要写志愿者岗位数",
            code="missing_field",
            path="helpers",
        )


def _must_hold(docs: Reads, changed: Plans) -> None:
    for id, plan in changed.items():
        if (
            not timedelta()
            < _moment(plan["ends_at"]) - _moment(plan["starts_at"])
            <= LONGEST_SESSION
        ):
            raise Invalid(
                "结束时间应晚于开始时间，一场最长 24 小时",
                code="ends_before_start",
                path="ends_at",
            )
        for cutoff in ("cutoff", "helpers_cutoff"):
            if plan.get(cutoff, "") > plan["starts_at"]:
                raise Invalid(
                    "报名截止不能晚于开始时间", code="cutoff_after_start", path=cutoff
                )
        if plan.get("kept_offline", 0) + plan.get("kept_walk_in", 0) > plan["capacity"]:
            raise Invalid(
                "留出的名额多于总名额",
                code="more_kept_than_there_are",
                path="kept_walk_in",
            )
        _must_seat_whoever_sits(docs, docs.the("sessions", id), plan)


def _must_seat_whoever_sits(docs: Reads, session: Json, plan: Json) -> None:
    for seating, name in _seatings(docs, session):
        seated = seating["taken"] + seating["offered"]
        if plan[name] < seated:
            says = f"{named(session)}已有 {seated} 人有座，{NUMBERS[name]}不能少于 {seated}"
            raise Refused("capacity_below_taken", says, path=name)


def _seatings(docs: Reads, session: Json) -> Iterator[tuple[Json, str]]:
    """Each with the field of the session that says how many seats it has."""
    for role in roles_at(session):
        id = seating_of(session, role)
        yield docs.the("seatings", id), "capacity" if id == session["id"] else "helpers"


def _must_have_room_for_those_who_wait(
    docs: Reads, changed: Plans, plans: Plans, asked: Asked
) -> None:
    """Raises when a party that waits could never be seated any more: somebody speaks with it first."""
    for id, plan in changed.items():
        if asked.now >= _moment(plans[id]["starts_at"]):
            continue
        session = docs.the("sessions", id)
        for seating, name in _seatings(docs, session):
            room = _room(plan, name)
            if room < min(_room(plans[id], name), MOST_IN_A_PARTY):
                path = name if plan[name] < plans[id][name] else "kept_walk_in"
                _must_seat_each_that_waits(docs, session, seating["id"], room, path)


def _must_seat_each_that_waits(
    docs: Reads, session: Json, seating: str, room: int, path: str
) -> None:
    if waiting := parties_too_large(docs, seating, room, MOST_NAMED + 1):
        raise Refused(
            "waiting_party_too_large", _no_room_for(waiting, session, room), path=path
        )


def _room(plan: Json, name: str) -> int:
    """The largest party there may ever be seats for: those kept for who is not online are everybody's in the end."""
    return int(plan[name] - (plan.get("kept_walk_in", 0) if name == "capacity" else 0))


def _no_room_for(waiting: list[Json], session: Json, room: int) -> str:
    parties = "、".join(
        f"{party['by']}（一组 {party['size']} 人）" for party in waiting[:MOST_NAMED]
    )
    more = "等" if len(waiting) > MOST_NAMED else ""
    who = f"还在等的 {parties}{more}就再也排不上了，请先联系他们取消或分开报名"
    return f"{named(session)}这样改后一组最多能坐 {room} 人，{who}"


def _may_move(docs: Reads, activity: Json, moved: list[str], asked: Asked) -> None:
    """Raises when people may be there already, or what is booked is for the old time."""
    if held_offerings(activity, set(moved)):
        raise Refused(
            "offerings_held",
            "已为原来的时间申请了资源，请先撤回再改时间",
            path="starts_at",
        )
    for id in moved:
        session = docs.the("sessions", id)
        if asked.now >= _moment(session["starts_at"]) - DOORS_OPEN:
            raise Refused(
                "doors_open",
                f"{named(session)}已到签到时间，不能再改时间",
                path="starts_at",
            )


def _may_be_elsewhere(
    docs: Reads, changed: Plans, plans: Plans, regridded: list[str], asked: Asked
) -> None:
    """Raises when something may have happened there: by grid once the doors are open, by place once it has begun."""
    for id, plan in changed.items():
        session, starts = docs.the("sessions", id), _moment(plans[id]["starts_at"])
        if plan["place"] != plans[id]["place"] and asked.now >= starts:
            raise Refused(
                "already_begun",
                f"{named(session)}已到开始时间，不能再改地点",
                path="place",
            )
        if id in regridded and asked.now >= starts - DOORS_OPEN:
            raise Refused(
                "doors_open",
                f"{named(session)}已到签到时间，不能再改微网格",
                path="grid",
            )


def _more(activity: Json, command: Json, before: Json, asked: Asked) -> list[Json]:
    """The sessions added, numbered on from the highest number there ever was."""
    plans = added(command, before["sessions"][0])
    if len(plans) + len(before["sessions"]) > MOST_SESSIONS:
        raise Invalid(
            f"一个活动最多 {MOST_SESSIONS} 场", code="too_many_sessions", path="also"
        )
    if plans:
        must_be_possible(sorted(plans, key=lambda plan: str(plan["starts_at"])), asked)
    return [
        {**plan, "session": f"{activity['id']}.{number}"}
        for number, plan in enumerate(plans, start=activity["numbered"] + 1)
    ]


def _differing(before: Json, after: Json) -> list[str]:
    """The names of what differs. Raises `Refused` when nothing does."""
    names = [
        name for name in (*OF_THE_WHOLE, "terms") if before.get(name) != after.get(name)
    ]
    plans = {plan["session"]: plan for plan in before["sessions"]}
    known = [
        (plans[plan["session"]], plan)
        for plan in after["sessions"]
        if plan["session"] in plans
    ]
    names += ["sessions"] if len(after["sessions"]) > len(known) else []
    names += [
        name
        for name in (*TIMES, *OF_A_SESSION)
        if any(was.get(name) != now.get(name) for was, now in known)
    ]
    if not names:
        raise Refused("nothing_changes", "没有要改的内容")
    return names
