"""The sessions a posting asks for, and whether they can be held."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json, pick_present
from schemas.fields import instant
from services.activities.model.times import moment, starts_of
from services.district.calendar import local_day
from services.district.recurrence import beginnings, must_fit
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid

FARTHEST = timedelta(days=731)
SEATS = ("capacity", "kept_offline", "kept_walk_in", "helpers")
TIMES = ("starts_at", "ends_at", "cutoff", "helpers_cutoff")


def planned(posting: Json, asked: Asked) -> list[Json]:
    """Every session of the posting in order of time, without ids: the first, its repetitions, and those besides.

    Raises `Invalid` when there is none, too many, or one that cannot be held then.
    """
    first = pick_present(posting, *TIMES, *SEATS, "place", "link")
    first.setdefault("cutoff", first["starts_at"])
    plans = [*_repeated(posting, first, asked), *added(posting, first)]
    if not plans:
        says = "按这样的重复和例外日期，一场也没有"
        raise Invalid(says, code="no_session", path="repeats")
    if len(plans) > MOST_SESSIONS:
        says = f"一个活动最多 {MOST_SESSIONS} 场，请缩短重复的时间"
        raise Invalid(says, code="too_many_sessions", path="repeats")
    plans.sort(key=lambda plan: str(plan["starts_at"]))
    must_be_possible(plans, asked)
    return plans


def added(posting: Json, like: Json) -> list[Json]:
    """The sessions said one by one, each with what it does not say as in `like`."""
    rest = pick_present(like, *SEATS, "place", "grid", "link")
    also = posting.get("also", ())
    plans = [rest | {"cutoff": plan["starts_at"]} | plan for plan in also]
    for place, plan in enumerate(plans):
        kept = plan.get("kept_offline", 0) + plan.get("kept_walk_in", 0)
        if kept > plan["capacity"]:
            says = "每场留出的名额和首场一样多，多于这一场的总名额"
            path = f"also/{place}/capacity"
            raise Invalid(says, code="more_kept_than_there_are", path=path)
    return plans


def _repeated(posting: Json, first: Json, asked: Asked) -> Iterator[Json]:
    """The first and its repetitions: as many as may be and one more, to tell whether there are too many."""
    if "repeats" not in posting:
        yield first
        return
    starts = starts_of(first)
    excepted = posting.get("except_on", ())
    farthest = asked.now + FARTHEST
    if starts > farthest:
        raise _too_far_ahead()
    must_fit(starts, posting["repeats"], excepted)
    each = beginnings(starts, posting["repeats"], until=farthest)
    kept = (begins for begins in each if local_day(begins) not in excepted)
    for begins in islice(kept, MOST_SESSIONS + 1):
        yield moved(first, begins - starts)


def moved(plan: Json, by: timedelta) -> Json:
    """The plan with all its times later by so much."""
    times = pick_present(plan, *TIMES)
    for name, time in times.items():
        times[name] = later(time, by)
    return plan | times


def later(time: str, by: timedelta) -> str:
    """Raises `Invalid` where no calendar reaches."""
    try:
        return instant(moment(time) + by)
    except OverflowError:
        says = "这个时间太远，请核对年份"
        raise Invalid(says, code="too_far_ahead", path="starts_at") from None


def must_be_possible(plans: list[Json], asked: Asked) -> None:
    """Raises `Invalid` when a session would begin in the past or too far ahead, or two would begin at once.

    The plans are in order of time.
    """
    now = instant(asked.now)
    farthest = instant(asked.now + FARTHEST)
    if plans[0]["starts_at"] <= now:
        raise Invalid("开始时间已经过去", code="in_the_past", path="starts_at")
    if plans[-1]["starts_at"] > farthest:
        raise _too_far_ahead()
    must_begin_apart(plans, "also")


def _too_far_ahead() -> Invalid:
    says = "开始时间太远，最多提前两年"
    return Invalid(says, code="too_far_ahead", path="starts_at")


def must_begin_apart(plans: list[Json], path: str) -> None:
    """Raises `Invalid` when two sessions would begin at one moment."""
    starts = {plan["starts_at"] for plan in plans}
    if len(starts) < len(plans):
        raise Invalid("有两场在同一时间开始", code="sessions_at_once", path=path)
