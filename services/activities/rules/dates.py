"""The sessions a posting asks for, and whether they can be held."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json
from schemas.fields import instant
from services.district.calendar import local_day
from services.district.recurrence import beginnings, must_fit
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid

FARTHEST = timedelta(days=731)
SEATS = ("capacity", "kept_offline", "kept_walk_in", "helpers")
TIMES = ("starts_at", "ends_at", "cutoff", "helpers_cutoff")


def planned(posting: Json, asked: Asked) -> list[Json]:
    """Every session of the posting in order of time, without ids: the first, its repetitions, and those besides."""
    first = {
        name: posting[name]
        for name in (*TIMES, *SEATS, "place", "link")
        if name in posting
    }
    first.setdefault("cutoff", first["starts_at"])
    repeated = (
        list(_repeated(posting, first, asked)) if "repeats" in posting else [first]
    )
    plans = sorted(
        [*repeated, *added(posting, first)], key=lambda plan: plan["starts_at"]
    )
    if not plans:
        raise Invalid(
            "按这样的重复和例外日期，一场也没有", code="no_session", path="repeats"
        )
    if len(plans) > MOST_SESSIONS:
        raise Invalid(
            f"一个活动最多 {MOST_SESSIONS} 场，请缩短重复的时间",
            code="too_many_sessions",
            path="repeats",
        )
    must_be_possible(plans, asked)
    return plans


def added(posting: Json, like: Json) -> list[Json]:
    """The sessions said one by one, each with what it does not say as in `like`."""
    rest = {
        name: like[name] for name in (*SEATS, "place", "grid", "link") if name in like
    }
    plans = [
        {**rest, "cutoff": plan["starts_at"], **plan}
        for plan in posting.get("also", ())
    ]
    for place, plan in enumerate(plans):
        if plan.get("kept_offline", 0) + plan.get("kept_walk_in", 0) > plan["capacity"]:
            says = "每场留出的名额和首场一样多，多于这一场的总名额"
            raise Invalid(
                says, code="more_kept_than_there_are", path=f"also/{place}/capacity"
            )
    return plans


def _repeated(posting: Json, first: Json, asked: Asked) -> Iterator[Json]:
    """As many as may be and one more, to tell whether there are too many."""
    starts, excepted = (
        datetime.fromisoformat(first["starts_at"]),
        posting.get("except_on", ()),
    )
    must_fit(starts, posting["repeats"], excepted)
    farthest = asked.now + FARTHEST
    kept = (
        each
        for each in beginnings(starts, posting["repeats"], until=farthest)
        if local_day(each) not in excepted
    )
    for each in islice(kept, MOST_SESSIONS + 1):
        yield moved(first, each - starts)


def moved(plan: Json, by: timedelta) -> Json:
    """The plan with all its times later by so much."""
    return {**plan, **{name: later(plan[name], by) for name in TIMES if name in plan}}


def later(moment: str, by: timedelta) -> str:
    """Raises `Invalid` where no calendar reaches."""
    try:
        return instant(datetime.fromisoformat(moment) + by)
    except OverflowError:
        raise Invalid(
            "这个时间太远，请核对年份", code="too_far_ahead", path="starts_at"
        ) from None


def must_be_possible(plans: list[Json], asked: Asked) -> None:
    """Raises `Invalid` when a session would begin in the past or too far ahead, or two would begin at once."""
    now, farthest = instant(asked.now), instant(asked.now + FARTHEST)
    if plans[0]["starts_at"] <= now:
        raise Invalid("开始时间已经过去", code="in_the_past", path="starts_at")
    if plans[-1]["starts_at"] > farthest:
        raise Invalid(
            "开始时间太远，最多提前两年", code="too_far_ahead", path="starts_at"
        )
    must_begin_apart(plans, "also")


def must_begin_apart(plans: list[Json], path: str) -> None:
    starts = [plan["starts_at"] for plan in plans]
    if len(set(starts)) < len(starts):
        raise Invalid("有两场在同一时间开始", code="sessions_at_once", path=path)
