"""What a change of sessions is held to: whoever has signed up, waits or is on the way loses nothing by it."""

from collections.abc import Iterator
from datetime import timedelta

from schemas.activities.contents import LONGEST_SESSION
from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.documents import Json
from services.activities.model.documents import Seating
from services.activities.model.roles import roles_at, seating_of
from services.activities.model.seating import seating_at
from services.activities.model.times import ends_of, starts_of
from services.activities.rules import terms
from services.activities.rules.codes import CLOCKS_DIFFER
from services.activities.rules.dates import must_be_possible
from services.activities.rules.door_times import OPENS
from services.activities.rules.offerings import held_offerings
from services.activities.rules.places import parties_too_large
from services.activities.rules.plans import Change, Plans
from services.activities.rules.sessions import named
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.views import Reads

NUMBERS = {"capacity": "名额", "helpers": "志愿者岗位"}
MOST_NAMED = 3
# The first mark may be made by a clock that is ahead.
DOORS_OPEN = OPENS + CLOCKS_DIFFER


def must_be_allowed(
    docs: Reads, activity: Json, command: Json, change: Change, asked: Asked
) -> None:
    """Raises `Invalid` or `Refused` for the first session that could not be held as it would be."""
    _must_have_helpers(activity, command, change.after)
    _must_hold(docs, change.after)
    _must_have_room_for_those_who_wait(docs, change, asked)
    terms.must_not_be_sooner(docs, change.after, change.before)
    moved = change.moved
    _may_move(docs, activity, moved, asked)
    _may_be_elsewhere(docs, change, asked)
    if moved:
        must_be_possible([change.after[id] for id in moved], asked)


def _must_have_helpers(activity: Json, command: Json, after: Plans) -> None:
    """Raises when something is said of places for helpers beside the others, and there are none."""
    for name in ("helpers", "helpers_cutoff"):
        if name in command and activity.get("all_help"):
            says = "全部名额都是志愿者岗位，请改名额和报名截止"
            raise Invalid(says, code="all_are_helpers", path=name)
    have_helpers = all("helpers" in plan for plan in after.values())
    if "helpers_cutoff" in command and not have_helpers:
        says = "写了志愿者报名截止，还要写志愿者岗位数"
        raise Invalid(says, code="missing_field", path="helpers")


def _must_hold(docs: Reads, after: Plans) -> None:
    for id, plan in after.items():
        _must_last_a_while(plan)
        _must_end_signups_in_time(plan)
        _must_keep_what_there_is(plan)
        _must_seat_whoever_sits(docs, docs.the("sessions", id), plan)


def _must_last_a_while(plan: Json) -> None:
    if not timedelta() < ends_of(plan) - starts_of(plan) <= LONGEST_SESSION:
        says = "结束时间应晚于开始时间，一场最长 24 小时"
        raise Invalid(says, code="ends_before_start", path="ends_at")


def _must_end_signups_in_time(plan: Json) -> None:
    for cutoff in ("cutoff", "helpers_cutoff"):
        if plan.get(cutoff, "") > plan["starts_at"]:
            says = "报名截止不能晚于开始时间"
            raise Invalid(says, code="cutoff_after_start", path=cutoff)


def _must_keep_what_there_is(plan: Json) -> None:
    kept = plan.get("kept_offline", 0) + plan.get("kept_walk_in", 0)
    if kept > plan["capacity"]:
        says = "留出的名额多于总名额"
        raise Invalid(says, code="more_kept_than_there_are", path="kept_walk_in")


def _must_seat_whoever_sits(docs: Reads, session: Json, plan: Json) -> None:
    for seating, name in _seatings(docs, session):
        seated = seating["taken"] + seating["offered"]
        if plan[name] < seated:
            what = NUMBERS[name]
            says = f"{named(session)}已有 {seated} 人有座，{what}不能少于 {seated}"
            raise Refused("capacity_below_taken", says, path=name)


def _seatings(docs: Reads, session: Json) -> Iterator[tuple[Seating, str]]:
    """Each with the field of the session that says how many seats it has."""
    for role in roles_at(session):
        id = seating_of(session, role)
        yield seating_at(docs, id), "capacity" if id == session["id"] else "helpers"


def _must_have_room_for_those_who_wait(
    docs: Reads, change: Change, asked: Asked
) -> None:
    """Raises when a party that waits could never be seated any more: somebody speaks with it first."""
    for id, plan in change.after.items():
        before = change.before[id]
        if asked.now >= starts_of(before):
            continue
        session = docs.the("sessions", id)
        for seating, name in _seatings(docs, session):
            room = _room(plan, name)
            enough = min(_room(before, name), MOST_IN_A_PARTY)
            if room < enough:
                path = name if plan[name] < before[name] else "kept_walk_in"
                _must_seat_each_that_waits(docs, session, seating["id"], room, path)


def _must_seat_each_that_waits(
    docs: Reads, session: Json, seating: str, room: int, path: str
) -> None:
    if waiting := parties_too_large(docs, seating, room, MOST_NAMED + 1):
        says = _no_room_for(waiting, session, room)
        raise Refused("waiting_party_too_large", says, path=path)


def _room(plan: Json, name: str) -> int:
    """The largest party there may ever be seats for: those kept for who is not online are everybody's in the end."""
    if name != "capacity":
        return int(plan[name])
    return int(plan[name] - plan.get("kept_walk_in", 0))


def _no_room_for(waiting: list[Json], session: Json, room: int) -> str:
    sizes = "、".join(f"{signup['size']} 人" for signup in waiting[:MOST_NAMED])
    more = "等" if len(waiting) > MOST_NAMED else ""
    those = f"{sizes}{more}"
    who = f"还在等的组（{those}）就再也排不上了，请先联系他们取消或分开报名"
    return f"{named(session)}这样改后一组最多能坐 {room} 人，{who}"


def _may_move(docs: Reads, activity: Json, moved: list[str], asked: Asked) -> None:
    """Raises when people may be there already, or what is booked is for the old time."""
    if held_offerings(activity, set(moved)):
        says = "已为原来的时间申请了资源，请先撤回再改时间"
        raise Refused("offerings_held", says, path="starts_at")
    for id in moved:
        session = docs.the("sessions", id)
        if asked.now >= starts_of(session) - DOORS_OPEN:
            says = f"{named(session)}已到签到时间，不能再改时间"
            raise Refused("doors_open", says, path="starts_at")


def _may_be_elsewhere(docs: Reads, change: Change, asked: Asked) -> None:
    """Raises when something may have happened there: by grid once the doors are open, by place once it has begun."""
    regridded = change.regridded
    for id, plan in change.after.items():
        session = docs.the("sessions", id)
        before = change.before[id]
        starts = starts_of(before)
        if plan["place"] != before["place"] and asked.now >= starts:
            says = f"{named(session)}已到开始时间，不能再改地点"
            raise Refused("already_begun", says, path="place")
        if id in regridded and asked.now >= starts - DOORS_OPEN:
            says = f"{named(session)}已到签到时间，不能再改微网格"
            raise Refused("doors_open", says, path="grid")
