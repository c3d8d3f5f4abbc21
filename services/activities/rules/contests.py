"""A person contests the hours counted for them; who is responsible settles it within due time."""

from dataclasses import replace
from datetime import datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import principal
from services.activities.folds.hours import contesting_tally
from services.activities.model.attendance import is_decided
from services.activities.model.lifecycles import CONTEST, STANDING_CONTEST
from services.activities.rules.authority import may_keep, must_be_anothers
from services.activities.rules.corrections import must_decide, serves
from services.activities.rules.door import seated
from services.activities.rules.found import fact, the_activity, the_session
from services.district import working
from services.district.calendar import how_long, local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

CONTESTS = kind_of(CONTEST, "contests")
WINDOW = timedelta(days=90)
PRESS_AFTER_MIN = 3 * working.MINUTES_A_DAY
DUE_AFTER_MIN = 5 * working.MINUTES_A_DAY
MOST_A_DAY = 10


def contest_hours(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"], asked)
    person = command.get("person", asked.actor.id)
    if not _may_contest(person, activity["community"], asked):
        raise Forbidden(
            "只能对自己和家人的时长提出异议；代办请由社区工作者进行",
            code="not_yours",
            path="person",
        )
    session = the_session(docs, activity, command)
    seat = seated(docs, activity, session, person)
    _must_be_in_time(session, asked)
    standing = docs.the("contests", seat["contest"]) if "contest" in seat else None
    if standing and standing["state"] in STANDING_CONTEST:
        raise Refused(
            "already_contested",
            f"这一场的时长异议{standing['state_text']}，不用再提",
            path="person",
        )
    _must_not_be_too_many(docs, seat["person"], asked)
    data = {
        "session": session["id"],
        "person": seat["person"],
        "contest": asked.new_id,
        "note": asked.new_id,
        "by": asked.actor.id,
        "minutes": seat["minutes"],
        "press_at": instant(working.after(asked.now, PRESS_AFTER_MIN)),
        "due_at": instant(working.after(asked.now, DUE_AFTER_MIN)),
    }
    contested = fact("hours_contested.v1", activity, data)
    return Fact(
        contested.type,
        contested.stream,
        contested.data,
        notes={asked.new_id: command["words"]},
    )


def settle_contest(docs: Reads, command: Json, asked: Asked) -> Fact:
    contest = the_contest(docs, command["contest"], asked)
    activity = docs.the("activities", contest["activity"])
    must_decide(docs, activity, asked)
    CONTEST.must_allow(
        contest, "uphold" if command["upheld"] else "dismiss", _named(docs, contest)
    )
    _must_be_impartial(docs, contest, asked)
    if contest["state"] == "overdue" and not serves(activity, asked):
        raise Forbidden(
            "已经逾期，改由社区或街道处理", code="contest_overdue", path="contest"
        )
    if command["upheld"] and not contest["corrected"]:
        raise Refused("not_corrected", "支持异议前，请先更正时长", path="upheld")
    told = {name: command[name] for name in ("contest", "upheld", "reason")}
    return fact(
        "contest_settled.v1",
        activity,
        {**_about(contest), **told, "by": asked.actor.id},
    )


def withdraw_contest(docs: Reads, command: Json, asked: Asked) -> Fact:
    contest = _own_contest(docs, command["contest"], asked)
    CONTEST.must_allow(contest, "withdraw", _named(docs, contest))
    return _moved("contest_withdrawn.v1", contest)


def delete_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What was said is nobody's business any more; that the hours were contested stays."""
    contest = _own_contest(docs, command["contest"], asked)
    if "note" not in contest:
        raise Refused("no_words", "说明已经删除", path="contest")
    deleted = _moved("contest_words_deleted.v1", contest)
    return replace(
        deleted,
        data={**deleted.data, "note": contest["note"]},
        erases=(contest["note"],),
    )


def press(docs: Reads, contest: Json, asked: Asked) -> Fact:
    return _moved("contest_pressed.v1", contest)


def escalate(docs: Reads, contest: Json, asked: Asked) -> Fact:
    return _moved("contest_overdue.v1", contest)


def the_contest(docs: Reads, id: str, asked: Asked) -> Json:
    """The contest, for whom it concerns and those who may settle it; to others it is as if it were not there."""
    return CONTESTS.found(docs, id, asked, sees=_sees)


def _own_contest(docs: Reads, id: str, asked: Asked) -> Json:
    says = "只能撤回自己提出的异议，只能删除自己的说明"
    return CONTESTS.admitted(
        docs, id, asked, may=_is_theirs, sees=_sees, says=says, path="contest"
    )


def _sees(docs: Reads, contest: Json, asked: Asked) -> bool:
    return (
        _is_theirs(docs, contest, asked)
        or may_keep(docs, contest["host"], asked)
        or serves(contest, asked)
    )


def _is_theirs(docs: Reads, contest: Json, asked: Asked) -> bool:
    """Whose hours these are, and who contested them, as long as they may."""
    if asked.actor.id not in (contest["by"], principal(contest["person"])):
        return False
    return _may_contest(contest["person"], contest["community"], asked)


def _must_be_impartial(docs: Reads, contest: Json, asked: Asked) -> None:
    """Not whoever raised it, nor whose hours these are, nor who had decided them before they were contested."""
    if asked.actor.id == contest["by"]:
        raise Forbidden(
            "不能处理自己提出的异议，只能撤回", code="own_contest", path="contest"
        )
    must_be_anothers(contest["person"], asked, path="contest")
    seat = docs.get("seats", f"{contest['session']}:{contest['person']}")
    if (
        seat
        and not contest["corrected"]
        and is_decided(seat)
        and seat.get("recorded_by") == asked.actor.id
    ):
        raise Forbidden(
            "这一时长是您更正的，对它的异议要由别人处理",
            code="own_decision",
            path="contest",
        )


def is_impartial(docs: Reads, contest: Json, asked: Asked) -> bool:
    try:
        _must_be_impartial(docs, contest, asked)
    except Forbidden:
        return False
    return True


def _may_contest(person: str, community: str, asked: Asked) -> bool:
    """One contests for oneself and one's guests, or as a community worker of the place."""
    return asked.actor.id == principal(person) or asked.actor.covers(
        "community_worker", community
    )


def _must_be_in_time(session: Json, asked: Asked) -> None:
    ends = datetime.fromisoformat(session["ends_at"])
    if session["state"] == "cancelled" or asked.now < ends:
        left = (
            f"，离结束还有 {how_long(ends - asked.now)}"
            if session["state"] != "cancelled"
            else ""
        )
        raise Refused(
            "not_over_yet", f"活动结束后才能对时长提出异议{left}", path="session"
        )
    if asked.now > ends + WINDOW:
        raise Refused(
            "too_late_to_contest",
            f"活动结束已超过 {WINDOW.days} 天，不能再提出异议",
            path="session",
        )


def _must_not_be_too_many(docs: Reads, person: str, asked: Asked) -> None:
    """Whoever raises them for somebody: each is work for the host, and in the end for the street."""
    tally = docs.get("tallies", contesting_tally(person, asked.actor.id))
    if times_on(tally, local_day(asked.now)) >= MOST_A_DAY:
        raise Refused(
            "too_many_today", f"今天已经提出 {MOST_A_DAY} 次时长异议，请明天再提"
        )


def _moved(type: str, contest: Json) -> Fact:
    return fact(
        type, {"id": contest["activity"]}, {**_about(contest), "contest": contest["id"]}
    )


def _about(contest: Json) -> Json:
    return {name: contest[name] for name in ("session", "person")}


def _named(docs: Reads, contest: Json) -> str:
    session = docs.get("sessions", contest["session"]) or {}
    return f"《{session['title']}》的时长异议"
